using System.Numerics;
using Harness.Perf.Ratios;

namespace Harness.Perf;

/// <summary>
/// The multiply-add rate of one core in 10⁹ operations a second, measured once in this process, when a table first asks for it: after the benchmarks' own processes have ended.
/// </summary>
internal static class MultiplyAddPeak
{
    private static readonly Lazy<double> Single = new(Measure<float>), Double = new(Measure<double>);

    /// <summary>The rate in numbers of <paramref name="type"/>, float or double.</summary>
    public static double Of(Type type) => (type == typeof(float) ? Single : Double).Value;

    /// <summary>Both rates in words.</summary>
    public static string Describe() => FormattableString.Invariant($"{Single.Value:F1} GF/s in float, {Double.Value:F1} in double");

    private static double Measure<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var loop = new Contender("multiply-adds", () => MultiplyAddLoop<T>.Run());
        Contest.Run([loop], threads: 1, secondsEach: 0.2);
        return MultiplyAddLoop<T>.Operations / loop.Seconds / 1e9;
    }
}
