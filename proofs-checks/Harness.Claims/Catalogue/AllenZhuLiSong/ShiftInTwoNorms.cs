using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using MathNet.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Claim 8.3 with both of its shifts: a short one in the Euclidean norm and a flat one in the largest entry.</summary>
public static class ShiftInTwoNorms
{
    private static readonly double[] h = [0.6, 0.8];

    private static readonly Domain Flat = Domain.Filling(cells: (6, 8, 16), trials: (24, 30, 200), m(256, (4096, 16384, 262144)), new VariableRange("δ∞√m", 0.25, 0.05, IsInteger: false));

    // δ_∞ climbs to the 1/(4√m) that the claim allows.
    private static readonly Domain Both = Domain.Filling(
        cells: (24, 28, 60), trials: (6, 6, 20), m(256, (4096, 16384, 262144)), new VariableRange("δ₂", 0.3, (0.001, 0.0005, 0.0001), IsInteger: false), new VariableRange("δ∞√m", 0.1, 0.25, IsInteger: false));

    /// <summary>How many signs a flat shift can flip, in the mean.</summary>
    public static Claim FlatMean { get; } = Claim
        .Named("azls.flat-shift-flips")
        .DerivedFrom(Papers.AllenZhuLiSong, "Claim 8.3 (largest entry, exact mean)", "Shift in two norms", "C31")
        .States("E max over ‖g′‖_∞ ≤ δ_∞ of ‖D′‖₀ = m·erf(δ_∞√m/2) = m^{3/2}δ_∞/√π·(1 − O(δ_∞²m))   for one fixed unit h")
        .Given(Layers(Flat, variance: 1))
        .Observes("mean of #{k : |g_k| ≤ δ_∞} over initialisations", MeanFlips)
        .Against("m·erf(δ_∞√m/2)", v => v.m * SpecialFunctions.Erf(v["δ∞√m"] / 2))
        .DecidedBy(Moment.Equals(resolution: 0.2))
        .RefutedWhen("m in place of m^{3/2}", v => v.m * SpecialFunctions.Erf(v["δ∞√m"] / (2 * Math.Sqrt(v.m))))
        .RefutedWhen("the variance is 1/m in place of 2/m", Layers(Flat, variance: 0.5))
        .Build();

    /// <summary>How many signs both shifts together can flip.</summary>
    public static Claim Flips { get; } = Claim
        .Named("azls.two-shifts-flips")
        .DerivedFrom(Papers.AllenZhuLiSong, "Claim 8.3 (number of flips)", "Shift in two norms", "C31")
        .States("‖D′‖₀ ≤ C · (m δ₂^{2/3} + m^{3/2} δ_∞)   for g′ = g′₁ + g′₂, ‖g′₁‖₂ ≤ δ₂, ‖g′₂‖_∞ ≤ δ_∞ ≤ 1/(4√m)")
        .Given(Layers(Both, variance: 1))
        .Observes("flips by the best pair of shifts", (layer, _) => BestCount(layer))
        .Against("m δ₂^{2/3} + m^{3/2} δ_∞", v => v.m * (Math.Pow(v["δ₂"], 2.0 / 3) + v["δ∞√m"]))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("the flat part is left out", v => v.m * Math.Pow(v["δ₂"], 2.0 / 3))
        .RefutedWhen("m δ_∞ in place of m^{3/2} δ_∞", v => (v.m * Math.Pow(v["δ₂"], 2.0 / 3)) + (Math.Sqrt(v.m) * v["δ∞√m"]))
        .Build();

    /// <summary>How much the flipped neurons carry.</summary>
    public static Claim Carried { get; } = Claim
        .Named("azls.two-shifts-norm")
        .DerivedFrom(Papers.AllenZhuLiSong, "Claim 8.3 (norm)", "Shift in two norms", "C31")
        .States("‖D′(Wh + g′)‖₂ ≤ C · (δ₂ + δ_∞^{3/2} m^{3/4})   for the same shifts")
        .Given(Layers(Both, variance: 1))
        .Observes("‖D′(Wh + g′)‖₂ for the flat shift and δ₂ along what it leaves", (layer, _) => MostCarried(layer))
        .Against("δ₂ + δ_∞^{3/2} m^{3/4}", v => v["δ₂"] + Math.Pow(v["δ∞√m"], 1.5))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("the flat part is left out", v => v["δ₂"])
        .RefutedWhen("the bound falls like 1/√m", v => (v["δ₂"] + Math.Pow(v["δ∞√m"], 1.5)) / Math.Sqrt(v.m))
        .Build();

    /// <summary>One layer on a fixed unit vector of the plane: g = Wh depends on it through its length alone.</summary>
    private static Generator<(Trial Trial, double Variance)> Layers(Domain domain, double variance) => new(
        domain, FormattableString.Invariant($"one unit h; W ~ N(0, {2 * variance}/m)"), takesData: false, trial => (trial, variance));

    private static (Weights<double> W, double[] PreActivations) Layer((Trial Trial, double Variance) layer, ulong draw)
    {
        var (m, stream) = (layer.Trial.m, layer.Trial.Random("weights").Derive(draw));
        var (w, g) = (new Weights<double>(m, 2), new double[m]);
        w.FillGaussian(stream, Math.Sqrt(2 * layer.Variance / m));
        w.Multiply(h, g, 1, 1);
        return (w, g);
    }

    private static Measurement MeanFlips((Trial Trial, double Variance) layer)
    {
        const int Draws = 8;
        var height = layer.Trial.Variables["δ∞√m"] / Math.Sqrt(layer.Trial.m);
        return Enumerable.Range(0, Draws).Average(draw => Layer(layer, (ulong)draw).PreActivations.Count(g => Math.Abs(g) <= height));
    }

    /// <summary>The flat shift takes δ_∞ off every |g_k|; what is left is paid for out of δ₂, cheapest first. Sums that rounding cannot tell from the budget leave the count open.</summary>
    private static Measurement BestCount((Trial Trial, double Variance) layer)
    {
        var (flat, budget) = (FlatHeight(layer), Ball.Square(Ball.Exactly(layer.Trial.Variables["δ₂"])));
        var (least, most, spent) = (0, 0, Ball.Exactly(0));
        foreach (var size in Sizes(layer))
        {
            spent += Ball.Square(Ball.Max(Ball.Exactly(0), size - flat));
            if (spent.Lower > budget.Upper)
            {
                break;
            }

            most++;
            least = spent.Upper <= budget.Lower ? most : least;
        }

        return new Ball(least, most - least);
    }

    /// <summary>The flat shift alone carries those below δ_∞ to the other side, where δ₂ pushes them on.</summary>
    private static Measurement MostCarried((Trial Trial, double Variance) layer)
    {
        var (flat, squared) = (FlatHeight(layer), Ball.Exactly(0));
        foreach (var size in Sizes(layer).TakeWhile(size => size.Lower < flat.Upper))
        {
            squared += Ball.Square(Ball.Max(Ball.Exactly(0), flat - size));
        }

        return Ball.Sqrt(squared) + Ball.Exactly(layer.Trial.Variables["δ₂"]);
    }

    private static Ball FlatHeight((Trial Trial, double Variance) layer) => Ball.Exactly(layer.Trial.Variables["δ∞√m"]) / Ball.Sqrt(Ball.Exactly(layer.Trial.m));

    /// <summary>|g_k| in ascending order. Sorting moves no entry by more than the largest error; that of w₁h₁ + w₂h₂ is at most γ₂(|w₁h₁| + |w₂h₂|) ≤ γ₂‖w‖‖h‖, w any row, so that ‖W‖_F serves for ‖w‖.</summary>
    private static Ball[] Sizes((Trial Trial, double Variance) layer)
    {
        var (w, g) = Layer(layer, 0);
        var radius = RoundedUp.Add(RoundedUp.Multiply(Rounding.Gamma(2), RoundedUp.Multiply(EnclosedNorms.Above(h), Ball.Sqrt(EnclosedNorms.SquaredFrobenius(w)).Upper)), 2 * double.Epsilon);
        double[] sizes = Array.ConvertAll(g, Math.Abs);
        Array.Sort(sizes);
        return Array.ConvertAll(sizes, size => new Ball(size, radius));
    }
}
