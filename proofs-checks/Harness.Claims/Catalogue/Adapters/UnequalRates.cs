using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>The toy model of LoRA+, f = b·aᵀx on one sample: what a step changes, exactly, and how its parts depend on the width n.</summary>
public static class UnequalRates
{
    private static readonly Domain Small = Domain.Filling(
        cells: (20, 40, 120), trials: (2, 4, 8), new VariableRange("n", 1, (6, 10, 20), IsInteger: true), new VariableRange("log₂ 1/η_a", 1, 5, IsInteger: true), new VariableRange("log₂ 1/η_b", 1, 5, IsInteger: true));

    private static readonly Domain Widths = Domain.Climbing("n", rungs: (5, 5, 6), trials: 1, new VariableRange("n", 4096, (65536, 65536, 131072), IsInteger: true));

    /// <summary>The three parts of a step.</summary>
    public static Claim Decomposition { get; } = Claim
        .Named("hgy.step-decomposition")
        .From(Papers.HayouGhoshYu, "Section 3 (toy model)", "L17")
        .States("Δf = −η_a b²U‖x‖² − η_b (aᵀx)²U + η_a η_b U² b (aᵀx)‖x‖²,   U = f − y")
        .Given(new Generator<Trial>(Small, "whole numbers −2…2 in a, b, x, y; rates powers of two", takesData: false, trial => trial))
        .Observes("Δf − the three parts, in rational arithmetic", trial => Residual(trial, third: 1, equal: false))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the product of both steps is left out", trial => Residual(trial, third: 0, equal: false))
        .RefutedWhen("it is subtracted", trial => Residual(trial, third: -1, equal: false))
        .RefutedWhen("b learns at the rate of a", trial => Residual(trial, third: 1, equal: true))
        .Build();

    /// <summary>Equal rates of order n^{−½}, the largest stable ones: the output learns slowly through a.</summary>
    public static Claim EqualRatesFirst { get; } = Exponent("equal-rates-first", "η_a = η_b = n^{−½}:   δ_1 = Θ(n^{−½})", Part.First, (-0.5, -0.5), -0.5, (-1, 0));

    /// <summary>The same through b.</summary>
    public static Claim EqualRatesSecond { get; } = Exponent("equal-rates-second", "η_a = η_b = n^{−½}:   δ_2 = Θ(n^{−½})", Part.Second, (-0.5, -0.5), -0.5, (-1, 0));

    /// <summary>Rates 1/n and 1: both parts are of order one.</summary>
    public static Claim EfficientFirst { get; } = Exponent("efficient-first", "η_a = 1/n, η_b = 1:   δ_1 = Θ(1)", Part.First, (-1, 0), 0, (-1, -1));

    /// <summary>The same through b.</summary>
    public static Claim EfficientSecond { get; } = Exponent("efficient-second", "η_a = 1/n, η_b = 1:   δ_2 = Θ(1)", Part.Second, (-1, 0), 0, (-1, -1));

    /// <summary>Both rates 1/n.</summary>
    public static Claim SmallRatesFirst { get; } = Exponent("small-rates-first", "η_a = η_b = 1/n:   δ_1 = Θ(n^{−2})", Part.First, (-1, -1), -2, (-1, 0));

    /// <summary>The same through b.</summary>
    public static Claim SmallRatesSecond { get; } = Exponent("small-rates-second", "η_a = η_b = 1/n:   δ_2 = Θ(1/n)", Part.Second, (-1, -1), -1, (-1, 0));

    private enum Part
    {
        First,
        Second,
    }

    // Margin: U_1 = b_1 aᵀx − y is y(n^{−½}s² − 1) at equal rates; for s ≤ 2 it changes by less than a factor 1.05 from n = 4096 on, an exponent of 0.02.
    private static Claim Exponent(string id, string statement, Part part, (double Down, double Up) rates, double exponent, (double Down, double Up) others) => Claim
        .Named($"hgy.{id}")
        .DerivedFrom(Papers.HayouGhoshYu, part == Part.First ? "Propositions 1 and 2 (δ_1)" : "Propositions 1 and 2 (δ_2)", "Widths and rates of adapters", "L18")
        .States($"{statement} in the second step from b = 0, aᵀx = Θ(1), ‖x‖² = n")
        .Given(new Generator<Trial>(Widths, "b = 0, y = 1, x = (1, …, 1), aᵀx = ½ and 2", takesData: false, trial => trial))
        .Observes(part == Part.First ? "|δ_1|, geometric mean" : "|δ_2|, geometric mean", trial => SecondStep(trial, part, rates))
        .Against("a power of n", v => Math.Pow(v.n, exponent))
        .DecidedBy(Decisions.Exponent.EqualTo(exponent, within: 0.05, "n"))
        .RefutedWhen("the rates are others", trial => SecondStep(trial, part, others))
        .Build();

    private static Measurement Residual(Trial trial, int third, bool equal)
    {
        var (n, stream) = (trial.n, trial.Random("whole"));
        var (downRate, upRate) = (Math.ScaleB(1, -(int)trial.Variables["log₂ 1/η_a"]), Math.ScaleB(1, -(int)trial.Variables["log₂ 1/η_b"]));
        var (adapter, x) = (new LowRankAdapter<double>(1, n, 1, 1), IntegerNetworks.Whole(stream.Derive("x"), n));
        IntegerNetworks.Fill(adapter.Down, stream.Derive("a"));
        IntegerNetworks.Fill(adapter.Up, stream.Derive("b"));
        var y = IntegerNetworks.Whole(stream.Derive("y"), 1)[0];
        var (s, b) = (BigRational.Exactly(Enumerable.Range(0, n).Sum(i => adapter.Down[0, i] * x[i])), BigRational.Exactly(adapter.Up[0, 0]));
        var (squares, u) = (BigRational.Exactly(x.Sum(v => v * v)), (b * s) - BigRational.Exactly(y));
        adapter.AddGradients([u.ToDouble()], x, 1, 1, -downRate, equal ? -downRate : -upRate, adapter.Down, adapter.Up, new double[adapter.WorkspaceLength(1)]);
        BigRational after = 0;
        for (var i = 0; i < n; i++)
        {
            after += BigRational.Exactly(adapter.Up[0, 0]) * BigRational.Exactly(adapter.Down[0, i]) * BigRational.Exactly(x[i]);
        }

        var (ηa, ηb) = (BigRational.Exactly(downRate), BigRational.Exactly(upRate));
        var parts = -(ηa * b * b * u * squares) - (ηb * s * s * u) + (third * ηa * ηb * u * u * b * s * squares);
        return new(TransferProblem.Enclosed(after - (b * s) - parts)) { Bound = Ball.Exactly(0) };
    }

    private static Measurement SecondStep(Trial trial, Part part, (double Down, double Up) exponents)
    {
        var (n, product) = (trial.n, 1.0);
        var (downRate, upRate) = (Math.Pow(n, exponents.Down), Math.Pow(n, exponents.Up));
        var adapter = new LowRankAdapter<double>(1, n, 1, 1);
        var (x, workspace, output) = (new double[n], new double[adapter.WorkspaceLength(1)], new double[1]);
        Array.Fill(x, 1);
        foreach (var inner in (double[])[0.5, 2])
        {
            adapter.Up[0, 0] = 0;
            for (var i = 0; i < n; i++)
            {
                adapter.Down[0, i] = inner / n;
            }

            adapter.AddGradients([-1], x, 1, 1, -downRate, -upRate, adapter.Down, adapter.Up, workspace);
            output[0] = 0;
            adapter.AddProduct(x, output, 1, 1, workspace);
            var (b, u) = (adapter.Up[0, 0], output[0] - 1);
            var s = output[0] / b;
            product *= Math.Abs(part == Part.First ? downRate * b * b * u * n : upRate * s * s * u);
        }

        return Math.Sqrt(product);
    }
}
