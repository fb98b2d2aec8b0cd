using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Core.Costs;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>Section 4.1, no additional inference latency: counted. Merged, a layer costs what it costs without an adapter; side by side it costs r(d + k) more a sample.</summary>
public static class ServingCost
{
    private static readonly Domain Shapes = Domain.Lines(
        4, new VariableRange("d", 2, 5, IsInteger: true), new VariableRange("k", 2, 5, IsInteger: true), new VariableRange("r", 1, 4, IsInteger: true), new VariableRange("n", 1, 4, IsInteger: true));

    private static readonly Generator<Trial> Instances = new(Shapes, "Gaussian W, A, B and x", takesData: false, trial => trial);

    /// <summary>Merged.</summary>
    public static Claim Merged { get; } = Claim
        .Named("lora.merged-operations")
        .DerivedFrom(Papers.HuEtAl, "Section 4.1 (no additional inference latency) and table 1", "Low-rank adapters", "L19")
        .States("multiply-adds of (W_0 + s·BA)x for n samples, merged once = n·d·k, whatever r")
        .Given(Instances)
        .Observes("multiply-adds counted", trial => Counted(trial, merged: true))
        .Against("n·d·k", v => Costs(v).MergedForward((int)v.n))
        .DecidedBy(CostCount.OfDegree(("d", 1), ("k", 1), ("r", 0), ("n", 1)).AsStated)
        .RefutedWhen("the adapter is never merged", trial => Counted(trial, merged: false))
        .Build();

    /// <summary>Side by side.</summary>
    public static Claim SideBySide { get; } = Claim
        .Named("lora.unmerged-operations")
        .DerivedFrom(Papers.HuEtAl, "Section 4.1 (forward pass)", "Low-rank adapters", "L19")
        .States("multiply-adds of W_0x + s·B(Ax) for n samples = n(dk + r(d + k) + d): 1 + r(d + k)/(dk) times the base, and the sum")
        .Given(Instances)
        .Observes("multiply-adds counted", trial => Counted(trial, merged: false))
        .Against("n(dk + r(d + k) + d)", v => Costs(v).UnmergedForward((int)v.n))
        .DecidedBy(CostCount.OfDegree(("d", 1), ("k", 1), ("r", 1), ("n", 1)).AsStated)
        .RefutedWhen("the product BA is formed for every sample", trial => Ball.Exactly(Counted(trial, merged: false).Value.Midpoint + (trial.n * trial.Variables["r"] * trial.Variables["d"] * trial.Variables["k"])))
        .Build();

    private static AdapterCosts Costs(Variables v) => new((int)v["d"], (int)v["k"], (int)v["r"]);

    /// <summary>Counts in loops whose results are the core's, bit for bit.</summary>
    private static Measurement Counted(Trial trial, bool merged)
    {
        var (d, k, n, s) = ((int)trial.Variables["d"], (int)trial.Variables["k"], trial.n, 0.75);
        var (adapter, weights, x) = (new LowRankAdapter<double>(d, k, (int)trial.Variables["r"], s), new Weights<double>(d, k), new double[k * n]);
        weights.FillGaussian(trial.Random("W"), 1.0);
        adapter.Down.FillGaussian(trial.Random("A"), 1.0);
        adapter.Up.FillGaussian(trial.Random("B"), 1.0);
        trial.Random("x").FillGaussian<double>(x, 1.0);
        var core = new double[d * n];
        if (merged)
        {
            adapter.Merge(weights);
        }

        weights.Multiply(x, core, n, n);
        var loops = new CountingLoops();
        var columns = CountingLoops.Fill(k, n, (i, j) => x[(i * n) + j]);
        var counted = loops.Product(Elements(weights), columns);
        if (!merged)
        {
            adapter.AddProduct(x, core, n, n, new double[adapter.WorkspaceLength(n)]);
            var update = loops.Product(Elements(adapter.Up), loops.Product(Elements(adapter.Down), columns));
            counted = CountingLoops.Fill(d, n, (i, j) => loops.MultiplyAdd(update[i, j], s, counted[i, j]));
        }

        for (var i = 0; i < core.Length; i++)
        {
            if (core[i] != counted[i / n, i % n])
            {
                throw new InvalidOperationException($"The counted product differs from the core's at entry {i}: the count would not be of the core's computation.");
            }
        }

        return Ball.Exactly(loops.Count);
    }

    private static double[,] Elements(Weights<double> matrix) => CountingLoops.Fill(matrix.Rows, matrix.Columns, (i, j) => matrix[i, j]);
}
