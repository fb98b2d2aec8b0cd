using Harness.Claims;
using MathNet.Numerics;

namespace Harness.ProofsChecks.Decisions;

/// <summary>How often something happened in independent simulations, against a probability, by the exact binomial test.</summary>
/// <param name="Count">Times it happened.</param>
/// <param name="Runs">Simulations.</param>
internal readonly record struct Frequency(int Count, int Runs)
{
    /// <summary>Level of both tests: a correct procedure fails a check once in a million seeds.</summary>
    private const double Level = 1e-6;

    /// <summary>Counts a verdict over simulations numbered from 0.</summary>
    public static Frequency Of(Verdict verdict, int runs, Func<ulong, Decision> simulate) =>
        new(Enumerable.Range(0, runs).Count(run => simulate((ulong)run).Verdict == verdict), runs);

    /// <summary>Not so often that a probability of at most <paramref name="p"/> is refuted: P(Bin(runs, p) ≥ count) ≥ 10⁻⁶.</summary>
    public bool IsConsistentWithAtMost(double p) => Count == 0 || SpecialFunctions.BetaRegularized(Count, Runs - Count + 1, p) >= Level;

    /// <summary>Not so seldom that a probability of at least <paramref name="p"/> is refuted.</summary>
    public bool IsConsistentWithAtLeast(double p) => new Frequency(Runs - Count, Runs).IsConsistentWithAtMost(1 - p);

    public override string ToString() => $"{Count} of {Runs}";
}
