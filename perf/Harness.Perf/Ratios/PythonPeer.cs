using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Harness.Perf.Ratios;

/// <summary>A Python library doing the same work, in a process of its own: not in turns with the others, so its ratios are rougher than theirs.</summary>
/// <param name="Name">The library.</param>
/// <param name="Package">Debian's package of it.</param>
/// <param name="Script">Its script under peers/.</param>
/// <param name="Rows">How the names of its rows begin.</param>
internal sealed record PythonPeer(string Name, string Package, string Script, string Rows)
{
    /// <summary>All of them.</summary>
    public static readonly PythonPeer[] All = [new("PyTorch", "python3-torch", "torch_step.py", "GD step"), new("NumPy", "python3-numpy", "numpy_kernel.py", "infinite-width kernel")];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The first on the path, and Debian's own, which is the one that Debian's packages are for.</summary>
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3"];

    /// <summary>Seconds of its step for the rows it has, by <see cref="Key"/>; null where it is not installed or does not answer.</summary>
    /// <param name="threads">Threads it may use.</param>
    public IReadOnlyDictionary<string, double>? TryMeasure(int threads) =>
        Interpreters.Select(interpreter => TryMeasure(interpreter, threads)).FirstOrDefault(times => times is not null);

    private Dictionary<string, double>? TryMeasure(string interpreter, int threads)
    {
        var start = new ProcessStartInfo(interpreter, [Path.Combine(AppContext.BaseDirectory, "peers", Script), $"{threads}"]) { RedirectStandardOutput = true, RedirectStandardError = true };

        // Its products may be OpenBLAS's, which an inherited core type would hold back.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = $"{threads}";
        try
        {
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            _ = errors.Result;
            return process.ExitCode == 0 ? JsonSerializer.Deserialize<Dictionary<string, double>>(output.Result) : null;
        }
        catch (Exception exception) when (exception is Win32Exception or JsonException)
        {
            // No Python, or something else that answers to its name.
            return null;
        }
    }

    /// <summary>The script's name of a row.</summary>
    public static string Key(Workload workload) => $"{workload.Name}|{workload.Type}|{workload.Threads}";
}
