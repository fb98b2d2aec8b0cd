using System.CommandLine;
using System.IO.Enumeration;
using System.Text.Json;

namespace Harness.Perf.Ratios;

/// <summary>`ratios`: our kernels against what the machine allows and against peers, all in one process and in turns.</summary>
internal static class RatiosCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var format = new Option<string>("--format") { Description = "table, markdown or json.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "markdown", "json");
        var only = new Option<string>("--only") { Description = "Rows whose name matches, as in --only '*step*'.", DefaultValueFactory = _ => "*" };
        var threads = new Option<string>("--threads") { Description = "Rows of 1 thread, of 2, or both.", DefaultValueFactory = _ => "both" };
        threads.AcceptOnlyFromAmong("1", "2", "both");
        var seconds = new Option<double>("--seconds") { Description = "Time for the samples of each contender of a row.", DefaultValueFactory = _ => 0.12 };
        seconds.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() > 0))
            {
                result.AddError("--seconds needs a positive number, such as 0.5.");
            }
        });
        var command = new Command(
            "ratios",
            "Times our kernels beside peers (OpenBLAS where libopenblas0-pthread is installed, PyTorch where python3-torch is, NumPy where python3-numpy is, MathNet, plain TensorPrimitives loops) and beside the machine's own limits. "
            + "Medians of interleaved samples; one thread by its processor time, two by wall time with pauses. Example: ratios --only '*step*' --format markdown")
        {
            format, only, threads, seconds,
        };
        command.SetAction(result => Run(result.GetValue(format)!, result.GetValue(only)!, result.GetValue(threads)!, result.GetValue(seconds)));
        return command;
    }

    private static int Run(string format, string only, string threads, double seconds)
    {
        var blas = OpenBlas.TryLoad();
        var workloads = Table(blas).Where(w => FileSystemName.MatchesSimpleExpression(only, w.Name) && (threads == "both" || threads == $"{w.Threads}")).ToArray();
        if (workloads.Length == 0)
        {
            Console.Error.WriteLine($"No row matches --only '{only}' with --threads {threads}. The rows are:\n{string.Join('\n', Table(blas).Select(w => $"  {w.Name}").Distinct())}");
            return 1;
        }

        if (blas is null)
        {
            Console.Error.WriteLine("OpenBLAS is missing: its columns stay empty. Install Debian's libopenblas0-pthread for them.");
        }

        List<(PythonPeer Peer, int Threads, IReadOnlyDictionary<string, double>? Times)> python = [.. PythonPeer.All.SelectMany(peer =>
            workloads.Where(w => w.Name.StartsWith(peer.Rows, StringComparison.Ordinal)).Select(w => w.Threads).Distinct().Select(count => (peer, count, peer.TryMeasure(count))))];
        foreach (var peer in python.Where(measured => measured.Times is null).Select(measured => measured.Peer).Distinct())
        {
            Console.Error.WriteLine($"{peer.Name} is missing: rows of '{peer.Rows}' do without it. Install Debian's {peer.Package} for it.");
        }

        var measurement = new Measurement(seconds);
        measurement.MeasureMemory();
        List<Row> rows = [];
        foreach (var workload in workloads)
        {
            Console.Error.WriteLine($"{rows.Count + 1}/{workloads.Length} {workload.Name}, {workload.Type}, {workload.Threads} thread{(workload.Threads > 1 ? "s" : "")}");
            blas?.SetThreads(workload.Threads);
            rows.Add(measurement.Measure(workload, [.. python.Where(measured => measured.Threads == workload.Threads && measured.Times?.ContainsKey(PythonPeer.Key(workload)) == true)
                .Select(measured => ($"{measured.Peer.Name}, its own process", measured.Times![PythonPeer.Key(workload)]))]));
            GC.Collect();
        }

        var machine = measurement.Machine(blas);
        Console.WriteLine(format == "json" ? JsonSerializer.Serialize(new { machine, rows }, Json) : RowTable.Write(machine, rows, markdown: format == "markdown"));
        return 0;
    }

    private static IEnumerable<Workload> Table(OpenBlas? blas)
    {
        var cache = Measurement.LastLevelCache;
        yield return NetworkWorkloads.Product<float>("forward", 64, 1024, new(0.95), blas, cache);
        yield return NetworkWorkloads.Product<double>("forward", 64, 1024, new(0.95), blas, cache);
        yield return NetworkWorkloads.Product<float>("forward", 16, 4096, new(0.80), blas, cache);
        yield return NetworkWorkloads.Product<double>("forward", 16, 4096, new(0.80), blas, cache);
        yield return NetworkWorkloads.Product<float>("general product", 256, 1024, new(0.93, 1), blas, cache);
        yield return NetworkWorkloads.Product<double>("general product", 256, 1024, new(0.93, 1), blas, cache);
        yield return NetworkWorkloads.Merged<float>(64, 1024, 8);
        yield return NetworkWorkloads.Merged<double>(64, 1024, 8);
        foreach (var threads in Environment.ProcessorCount > 1 ? new[] { 1, 2 } : [1])
        {
            foreach (var (n, m, depth) in new[] { (64, 1024, 3), (256, 2048, 2), (16, 4096, 2), (64, 256, 5) })
            {
                yield return NetworkWorkloads.Step<float>(n, m, depth, threads, threads == 1 ? 1.12 : 1.15, blas, cache);
            }

            yield return NetworkWorkloads.Step<double>(64, 1024, 3, threads, 1.15, blas, cache);
        }

        foreach (var threads in Environment.ProcessorCount > 1 ? new[] { 1, 2 } : [1])
        {
            yield return OtherWorkloads.InfiniteWidth(2000, 64, 8, threads);
        }

        yield return NetworkWorkloads.Kernel<float>(64, 1024, 3, 1.2, blas, cache);
        yield return NetworkWorkloads.Kernel<float>(512, 2048, 3, 1.2, blas, cache);
        foreach (var n in new[] { 512, 1024, 2048 })
        {
            yield return SymmetricWorkloads.Eigen(n, vectors: false, 1.3, blas);
        }

        foreach (var n in new[] { 512, 1024 })
        {
            yield return SymmetricWorkloads.Eigen(n, vectors: true, 1, blas);
        }

        yield return SymmetricWorkloads.Cholesky(512, blas);
        yield return SymmetricWorkloads.Cholesky(2048, blas);
        yield return OtherWorkloads.Dot();
        yield return OtherWorkloads.Draws();
        if (Environment.ProcessorCount > 1)
        {
            yield return OtherWorkloads.Dispatch();
        }
    }
}
