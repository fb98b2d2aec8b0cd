using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Transfer;

namespace Harness.Claims.Catalogue.Transfer;

/// <summary>The constant 0.4795 of the impossibility with two sources: the largest Bayes risk of two points, over their distance.</summary>
public static class TwoPointConstant
{
    private const double From = 0.05, To = 12;

    private static readonly VariableRange Distances = new("u", From, To, IsInteger: false);

    /// <summary>Pieces that cover the range, evenly in the logarithm.</summary>
    private static readonly ByProfile Pieces = (48, 120, 400);

    /// <summary>No distance gives more: on each piece of the range.</summary>
    public static Claim Supremum { get; } = Claim
        .Named("ms.two-point-supremum")
        .DerivedFrom(Papers.ChakrabortyMaity, "Two sources (constant)", "Two points", "MS7")
        .States("B(u) = ¼u² e^{−u²/8} ∫ φ(y)/cosh(uy/2) dy ≤ 0.4796   for every u > 0")
        .Given(new Generator<Trial>(Domain.Climbing("u", Pieces, trials: 1, Distances), "pieces of 0.05 ≤ u ≤ 12; beyond, B(u) ≤ ¼u² min(1, e^{−u²/8})", takesData: false, trial => trial))
        .Observes("sup B on a piece", trial => SupremumFrom(trial))
        .Against("0.4796", _ => 0.4796)
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("Le Cam's constant ½ max u²Φ(−u/2) = 0.3314", _ => 0.3314)
        .Build();

    /// <summary>At 2.456 it is at least what the bound says.</summary>
    public static Claim Attained { get; } = Claim
        .Named("ms.two-point-attained")
        .DerivedFrom(Papers.ChakrabortyMaity, "Two sources (constant)", "Two points", "MS7")
        .States("B(u) ≥ 0.4795   for |u − 2.456| ≤ 0.005")
        .Given(new Generator<Trial>(Domain.Climbing("u", rungs: 11, trials: 1, new VariableRange("u", 2.451, 2.461, IsInteger: false)), "eleven distances", takesData: false, trial => trial))
        .Observes("B(u)", trial => TwoPointRisk.At(trial.Variables["u"]))
        .Against("0.4795", _ => 0.4795)
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("at 2, nearer to where Le Cam's bound is largest", _ => TwoPointRisk.At(2))
        .RefutedWhen("0.48", _ => 0.48)
        .Build();

    /// <summary>From the cell's distance to the next: halved until the supremum is known to half of what is left to 0.4796, or to half of what it leaves at its largest.</summary>
    private static Measurement SupremumFrom(Trial trial)
    {
        var from = trial.Variables["u"];
        return Bound(from, Math.Min(To, from * 1.0001 * Math.Pow(To / From, 1 / (Pieces.In(trial.Profile) - 1))));
    }

    private static Ball Bound(double from, double to)
    {
        var (least, most) = (Math.Max(TwoPointRisk.At(from).Lower, TwoPointRisk.At(to).Lower), TwoPointRisk.UpperBound(from, to));
        if (most - least <= Math.Max(4e-5, (0.4796 - most) / 2))
        {
            return Ball.Between(Math.Min(least, most), most);
        }

        var middle = from + ((to - from) / 2);
        return Ball.Max(Bound(from, middle), Bound(middle, to));
    }
}
