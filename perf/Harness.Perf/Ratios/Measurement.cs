using System.Globalization;
using System.Runtime.Intrinsics;

namespace Harness.Perf.Ratios;

/// <summary>Measures rows one by one, each beside a loop of multiply-adds that says what the core gives at that moment.</summary>
internal sealed class Measurement(double secondsEach)
{
    private const long UsualCache = 32 << 20;

    private double read, rewrite;
    private readonly Dictionary<string, List<double>> rates = new() { ["float"] = [], ["double"] = [] };

    /// <summary>Size of the last-level cache, or 32 MiB where the system does not tell it.</summary>
    public static long LastLevelCache { get; } = ReadLastLevelCache();

    /// <summary>Measures the bandwidth of main memory.</summary>
    public void MeasureMemory()
    {
        var sweep = new MemorySweep();
        Contender[] sweeps = [new("read", () => sweep.Read()), new("read and write", sweep.Scale)];
        Contest.Run(sweeps, 1, secondsEach);
        (read, rewrite) = (MemorySweep.Bytes / sweeps[0].Seconds, 2 * MemorySweep.Bytes / sweeps[1].Seconds);
    }

    /// <summary>Measures a row.</summary>
    /// <param name="workload">What is done.</param>
    /// <param name="elsewhere">Peers that were timed in processes of their own: name and seconds.</param>
    public Row Measure(Workload workload, params ReadOnlySpan<(string Name, double Seconds)> elsewhere)
    {
        using var field = workload.Open();
        var isFloat = workload.Type == "float";
        var loop = isFloat ? new Contender("multiply-adds", () => MultiplyAddLoop<float>.Run()) : new("multiply-adds", () => MultiplyAddLoop<double>.Run());
        Contest.Run([.. field.Contenders, loop], workload.Threads, secondsEach);
        var rate = (isFloat ? MultiplyAddLoop<float>.Operations : MultiplyAddLoop<double>.Operations) / loop.Seconds;
        rates[isFloat ? "float" : "double"].Add(rate);

        var ours = field.Contenders[0];
        var (thread, process) = ours.Allocation();
        var peers = field.Contenders.Skip(1).Select(peer => (peer.Name, peer.Seconds)).Concat(elsewhere.ToArray())
            .Select(peer => new Peer(peer.Name, 1e3 * peer.Seconds, peer.Seconds / ours.Seconds)).ToArray();

        // Two threads double the multiply-adds; one core draws nearly all that main memory gives.
        var limit = Math.Max(workload.Operations / (rate * workload.Threads), (workload.MemoryRead / read) + (2 * workload.MemoryRewritten / rewrite));
        var (share, ratio) = (limit / ours.Seconds, peers.Length == 0 ? double.NaN : peers.Min(peer => peer.Ratio));
        bool? met = workload.Target.LeastShare > share || thread > 0 ? false
            : workload.Target.LeastRatio == 0 ? true
            : double.IsNaN(ratio) ? null : ratio >= workload.Target.LeastRatio;
        return new(
            workload.Name, workload.Type, workload.Threads, 1e3 * ours.Seconds, workload.Operations > 0 ? workload.Operations / ours.Seconds / 1e9 : null,
            limit > 0 ? 1e3 * limit : null, limit > 0 ? share : null, peers, workload.Target.ToString(), met, thread, process);
    }

    /// <summary>What the rows were measured against: medians over all of them.</summary>
    public Machine Machine(OpenBlas? blas) => new(
        Median(rates["float"]) / 1e9, Median(rates["double"]) / 1e9, read / 1e9, rewrite / 1e9, LastLevelCache,
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128, blas?.Description);

    private static double? Median(List<double> values) => values.Count == 0 ? null : values.Order().ElementAt(values.Count / 2);

    private static long ReadLastLevelCache()
    {
        for (var level = 4; level >= 0; level--)
        {
            var path = $"/sys/devices/system/cpu/cpu0/cache/index{level}/size";
            if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 1 } text && text[^1] == 'K'
                && long.TryParse(text[..^1], CultureInfo.InvariantCulture, out var kibibytes))
            {
                return kibibytes << 10;
            }
        }

        return UsualCache;
    }
}
