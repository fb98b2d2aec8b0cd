using System.Collections.Immutable;

namespace Harness.Claims;

/// <summary>A fitted number with its confidence interval.</summary>
/// <param name="Name">What it is: "C", "slope in m", "exponent", "failure rate".</param>
/// <param name="Value">Point estimate.</param>
/// <param name="Lower">Lower confidence limit (or the value itself where it is not statistical).</param>
/// <param name="Upper">Upper confidence limit.</param>
public sealed record Estimate(string Name, double Value, double Lower, double Upper);

/// <summary>A verdict with its reasons.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Because">One sentence: what decided it.</param>
public sealed record Decision(Verdict Verdict, string Because)
{
    /// <summary>
    /// True when rigorous radii decided every trial, so that no rounding error can overturn it. Where <see cref="Level"/> has a value this is said of the inequality alone, with the constant that it was held
    /// against; what the verdict says of trends is statistical.
    /// </summary>
    public bool IsCertified { get; init; }

    /// <summary>The level of the statistical test that had a part in the verdict; null where none had.</summary>
    public double? Level { get; init; }

    /// <summary>How tight the enclosures were; null where an observed value has none.</summary>
    public Tightness? Tightness { get; init; }

    /// <summary>Fitted constants, exponents, rates.</summary>
    public ImmutableArray<Estimate> Estimates { get; init; } = [];

    /// <summary>
    /// How loose the bound is: the factor between bound and observation (median over trials, ≥ 1 where it holds), or null where there is none.
    /// </summary>
    public double? Looseness { get; init; }

    /// <summary>The slope of log(observation/bound) left over against the log of each variable: zero where the bound has the right exponent.</summary>
    public ImmutableArray<Estimate> LooseExponents { get; init; } = [];

    /// <summary>Proved beside measured exponents, variable by variable; empty where nothing is said of any, or nothing was swept.</summary>
    public ImmutableArray<ComparedExponent> Exponents { get; init; } = [];

    /// <summary>For undecided: about how many more trials a cell would decide; null where more trials would not help.</summary>
    public int? TrialsNeeded { get; init; }
}

/// <summary>How tight the enclosures behind a decision are: radius over |midpoint| of the observed values.</summary>
/// <param name="Median">The median over trials.</param>
/// <param name="Largest">The largest.</param>
public sealed record Tightness(double Median, double Largest)
{
    /// <summary>The tightness of values; null where there are none or one of them has no rigorous radius.</summary>
    public static Tightness? Of(IReadOnlyList<Observation> observations)
    {
        if (observations.Count == 0 || !observations.All(o => o.Value.IsRigorous))
        {
            return null;
        }

        double[] radii = [.. observations.Select(o => o.Value.RelativeRadius).Order()];
        return new(radii[(radii.Length - 1) / 2], radii[^1]);
    }
}

/// <summary>A variable that varies over the cells, and where its limit lies.</summary>
/// <param name="Symbol">The paper's symbol.</param>
/// <param name="TowardsZero">
/// True when the theorem is asymptotic towards zero in it (δ, ω, ε): a bound that fails there drifts against the <em>falling</em> variable.
/// </param>
public readonly record struct SweptVariable(string Symbol, bool TowardsZero);

/// <summary>The observations a procedure decides on.</summary>
/// <param name="Calibration">Where hidden constants are fitted. Empty for procedures without any.</param>
/// <param name="HeldOut">Where the claim is decided.</param>
/// <param name="Swept">Variables that vary over the domain and whose drift can be tested; empty on real data, which sweep nothing by design.</param>
public sealed record Evidence(IReadOnlyList<Observation> Calibration, IReadOnlyList<Observation> HeldOut, ImmutableArray<SweptVariable> Swept)
{
    /// <summary>The variables in which exponents are stated (<see cref="Domain.Stated"/>); those that were swept where nothing else is said.</summary>
    public ImmutableArray<SweptVariable> Stated { get; init; } = Swept;
}

/// <summary>A rule that turns observations into a verdict, with a stated level.</summary>
public interface IDecisionProcedure
{
    /// <summary>"hidden constant".</summary>
    string Name { get; }

    /// <summary>The rule in words, for <c>explain</c> and the report.</summary>
    string InWords { get; }

    /// <summary>Whether constants are fitted on calibration cells first; otherwise every cell decides.</summary>
    bool Calibrates { get; }

    /// <summary>
    /// Whether this procedure can decide on an observation as tight as this one. One that it can't is made again at higher precision where the measurement has a <see cref="Measurement.Retry"/>.
    /// </summary>
    bool Settles(Observation observation) => true;

    /// <summary>Decides.</summary>
    /// <param name="evidence">What was observed.</param>
    /// <param name="falseAlarm">Highest permitted probability of <see cref="Verdict.Violated"/> when the claim is true.</param>
    Decision Decide(Evidence evidence, double falseAlarm);
}
