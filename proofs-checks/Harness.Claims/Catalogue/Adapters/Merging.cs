using System.Numerics;
using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>Section 4.1: merged, the adapter is gone from the forward pass; and taken out again it leaves the weights as they were, but for a proven rounding.</summary>
public static class Merging
{
    private static readonly VariableRange Rows = new("d", 1, (12, 16, 24), IsInteger: true), Columns = new("k", 1, (12, 16, 24), IsInteger: true), Rank = new("r", 1, (4, 6, 8), IsInteger: true);

    private static readonly Domain Scales = Domain.Filling(
        cells: (24, 40, 120), trials: (1, 2, 4), new VariableRange("ΔW/W", 1e-8, 1e8, IsInteger: false), Rows, Columns, Rank, new VariableRange("precision", 1, 2, IsInteger: true));

    private static readonly Domain Batches = Domain.Filling(cells: (24, 40, 120), trials: (2, 4, 8), Rows, Columns, Rank, Ranges.n(1, 6));

    /// <summary>The round trip.</summary>
    public static Claim RoundTrip { get; } = Claim
        .Named("lora.merge-round-trip")
        .DerivedFrom(Papers.HuEtAl, "Section 4.1 (no additional inference latency)", "Low-rank adapters", "L2")
        .States("|fl(fl(W + D) − D) − W| ≤ 2u(1 + u)(|W| + |D|) entry by entry,   D = s·BA as computed, u = 2⁻⁵³ or 2⁻²⁴")
        .Given(new Generator<Trial>(Scales, "Gaussian W, A and B, s that makes ΔW as large as the cell says; precision 1: double, 2: float", takesData: false, trial => trial))
        .Observes("largest |W″ − W|/(2u(1 + u)(|W| + |D|))", trial => RoundTripOf(trial, withUpdate: true))
        .AgainstItsOwnBound("1")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("the update is left out of the bound: 2u(1 + u)|W|", trial => RoundTripOf(trial, withUpdate: false))
        .Build();

    /// <summary>Both forward passes, on whole numbers.</summary>
    public static Claim Forward { get; } = Claim
        .Named("lora.merged-forward")
        .From(Papers.HuEtAl, "Equation 3", "L3")
        .States("(W_0 + s·BA)x = W_0x + s·B(Ax)")
        .Given(new Generator<Trial>(Batches, "whole numbers −2…2, s = ½", takesData: false, trial => trial))
        .Observes("max |merged − side by side|", trial => ForwardDifference(trial, scale: 1))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("merged without its scale", trial => ForwardDifference(trial, scale: 2))
        .Build();

    /// <summary>Both forward passes, on real numbers.</summary>
    public static Claim ForwardRounding { get; } = Claim
        .Named("lora.merged-forward-rounding")
        .DerivedFrom(Papers.HuEtAl, "Equation 3 (in floating point)", "Low-rank adapters", "L3")
        .States("|merged − side by side| ≤ 2γ_{k+r+1}(|W_0||x| + |s||B||A||x|)")
        .Given(new Generator<Trial>(Batches, "Gaussian W, A, B and x, s = ½", takesData: false, trial => trial))
        .Observes("largest |merged − side by side|/(2γ_{k+r+1}(…))", trial => ForwardRatio(trial, roundings: v => (int)(v["k"] + v["r"] + 1)))
        .AgainstItsOwnBound("1")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("the passes agree to the last bit", trial => ForwardRatio(trial, roundings: _ => 0))
        .Build();

    private static Measurement RoundTripOf(Trial trial, bool withUpdate) =>
        new(TransferProblem.Enclosed(trial.Variables["precision"] == 1 ? Worst<double>(trial, withUpdate, 53) : Worst<float>(trial, withUpdate, 24))) { Bound = Ball.Exactly(1) };

    private static BigRational Worst<T>(Trial trial, bool withUpdate, int digits)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (adapter, weights) = Draw<T>(trial, trial.Variables["ΔW/W"]);
        var (update, there) = (new Weights<T>(weights.Rows, weights.Columns), new Weights<T>(weights.Rows, weights.Columns));
        var unscaled = new LowRankAdapter<T>(weights.Rows, weights.Columns, adapter.Rank, 1);
        unscaled.Down.CopyFrom(adapter.Down);
        unscaled.Up.CopyFrom(adapter.Up);
        unscaled.Merge(update);
        there.CopyFrom(weights);
        adapter.Merge(there);
        adapter.Unmerge(there);
        BigRational u = new(1, BigInteger.One << digits), worst = 0, scale = Exactly(adapter.Scale);
        for (var i = 0; i < weights.Rows; i++)
        {
            for (var j = 0; j < weights.Columns; j++)
            {
                var magnitude = BigRational.Abs(Exactly(weights[i, j])) + (withUpdate ? BigRational.Abs(scale * Exactly(update[i, j])) : 0);
                worst = BigRational.Max(worst, BigRational.Abs(Exactly(there[i, j]) - Exactly(weights[i, j])) / (2 * u * (1 + u) * magnitude));
            }
        }

        return worst;
    }

    private static Measurement ForwardDifference(Trial trial, double scale)
    {
        var (adapter, weights) = Shapes(trial, AdaptedInstance.Scale);
        var stream = trial.Random("whole");
        IntegerNetworks.Fill(weights, stream.Derive("W"));
        IntegerNetworks.Fill(adapter.Down, stream.Derive("A"));
        IntegerNetworks.Fill(adapter.Up, stream.Derive("B"));
        var (side, merged) = Both(adapter, weights, IntegerNetworks.Whole(stream.Derive("x"), weights.Columns * trial.n), trial.n, scale);
        return new(Ball.Exactly(Enumerable.Range(0, side.Length).Max(i => Math.Abs(side[i] - merged[i])))) { Bound = Ball.Exactly(0) };
    }

    private static Measurement ForwardRatio(Trial trial, Func<Variables, int> roundings)
    {
        var (adapter, weights) = Draw<double>(trial, AdaptedInstance.Scale);
        var x = new double[weights.Columns * trial.n];
        trial.Random("inputs").FillGaussian<double>(x, 1.0);
        var (side, merged) = Both(adapter, weights, x, trial.n, scale: 1);
        var absolute = new LowRankAdapter<double>(weights.Rows, weights.Columns, adapter.Rank, adapter.Scale);
        Magnitudes(adapter.Down, absolute.Down);
        Magnitudes(adapter.Up, absolute.Up);
        var absoluteWeights = new Weights<double>(weights.Rows, weights.Columns);
        Magnitudes(weights, absoluteWeights);
        var (bound, _) = Both(absolute, absoluteWeights, Array.ConvertAll(x, Math.Abs), trial.n, scale: 1);

        // The bound is itself a sum of positive terms with at most k + r + 1 roundings: a factor 1 − 2(k + r + 1)u is on the safe side. 8u stand for a bound that allows no rounding at all.
        const double UnitRoundoff = 1.1102230246251565e-16;
        var n = roundings(trial.Variables);
        var γ = n == 0 ? UnitRoundoff / 8 : 2 * n * UnitRoundoff / (1 - (n * UnitRoundoff));
        var worst = Enumerable.Range(0, side.Length).Max(i => Math.Abs(side[i] - merged[i]) / (γ * bound[i]));
        return new(new Ball(worst, worst * 4 * (weights.Columns + adapter.Rank + 4) * UnitRoundoff)) { Bound = Ball.Exactly(1) };
    }

    /// <summary>W₀x + s·B(Ax), and (W₀ + s′·BA)x with s′ a multiple of s.</summary>
    private static (double[] Side, double[] Merged) Both(LowRankAdapter<double> adapter, Weights<double> weights, double[] x, int n, double scale)
    {
        var (side, merged, copy) = (new double[weights.Rows * n], new double[weights.Rows * n], new Weights<double>(weights.Rows, weights.Columns));
        weights.Multiply(x, side, n, n);
        adapter.AddProduct(x, side, n, n, new double[adapter.WorkspaceLength(n)]);
        copy.CopyFrom(weights);
        for (var k = 0; k < scale; k++)
        {
            adapter.Merge(copy);
        }

        copy.Multiply(x, merged, n, n);
        return (side, merged);
    }

    private static (LowRankAdapter<T> Adapter, Weights<T> Weights) Draw<T>(Trial trial, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var v = trial.Variables;
        var (adapter, weights) = (new LowRankAdapter<T>((int)v["d"], (int)v["k"], (int)v["r"], scale), new Weights<T>((int)v["d"], (int)v["k"]));
        weights.FillGaussian(trial.Random("W"), 1.0);
        adapter.Down.FillGaussian(trial.Random("A"), 1.0);
        adapter.Up.FillGaussian(trial.Random("B"), 1.0);
        return (adapter, weights);
    }

    private static (LowRankAdapter<double> Adapter, Weights<double> Weights) Shapes(Trial trial, double scale) => Draw<double>(trial, scale);

    private static void Magnitudes(Weights<double> from, Weights<double> to)
    {
        for (var i = 0; i < from.Rows; i++)
        {
            for (var j = 0; j < from.Columns; j++)
            {
                to[i, j] = Math.Abs(from[i, j]);
            }
        }
    }

    private static BigRational Exactly<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => BigRational.Exactly(double.CreateChecked(value));
}
