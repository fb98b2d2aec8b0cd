using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 2's stochastic gradient, (n/b) Σ_{i∈S} ∇F_i over a uniform batch S of b samples: unbiased, and not too large.</summary>
public static class MinibatchGradient
{
    private static readonly Domain Sizes = Domain.Filling(
            cells: (40, 40, 60), trials: (3, 4, 10), m(96, (448, 768, 4096)), new VariableRange("n/b", 1, (12, 16, 16), IsInteger: true), new VariableRange("b", 1, (3, 4, 8), IsInteger: true), L(1, (4, 6, 8)), d(1, (4, 6, 8)))
        .Computing("n", "n/b", v => v["n/b"] * v["b"]);

    private static readonly Domain Small = Domain.Filling(
        cells: (6, 12, 48), trials: (2, 4, 8), m(2, 4), L(1, 3), n(3, 5), d(1, 2), new VariableRange("b", 1, 2, IsInteger: true));

    /// <summary>The mean over all batches is the gradient, exactly.</summary>
    public static Claim Unbiased { get; } = Claim
        .Named("azls.minibatch-unbiased")
        .From(Papers.AllenZhuLiSong, "Theorem 2 (stochastic gradient)", "C40")
        .States("mean over all S ⊂ [n], #S = b, of (n/b) Σ_{i∈S} ∇F_i = ∇F")
        .Given(IntegerNetworks.On(Small))
        .Observes("‖b·#{S}·∇F − n Σ_S Σ_{i∈S} ∇F_i‖₁", instance => Bias(instance, batch => true, factor: instance.Trial.n))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the factor n/b is left out", instance => Bias(instance, batch => true, factor: (int)instance.Trial.Variables["b"]))
        .RefutedWhen("every batch has the first sample", instance => Bias(instance, batch => (batch & 1) == 1, factor: instance.Trial.n))
        .Build();

    /// <summary>Its norm, when the batch is where the loss is.</summary>
    public static Claim Norm { get; } = Claim
        .Named("azls.minibatch-gradient-bound")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 3 (minibatch)", "Minibatch gradient", "C40")
        .States("‖(n/b) Σ_{i∈S} ∇F_i(W)‖²_F ≤ C · L n² m/(b d) · F(W);   tried where the loss is on S alone, the same at every sample")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("‖(n/b) Σ_{i∈S} ∇F_i‖²_F / F", Steepness)
        .Against("L n² m/(b d)", v => v.L * v.n * v.n * v.m / (v["b"] * v.d))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("L n m/d, the bound for the full gradient", v => v.L * v.n * v.m / v.d)
        .RefutedWhen("n²/b² in place of n²/b", v => v.L * v.n * v.n * v.m / (v["b"] * v["b"] * v.d))
        .Build();

    private static Measurement Steepness(NetworkInstance instance, Arithmetic arithmetic)
    {
        var (n, b) = (instance.Trial.n, (int)instance.Trial.Variables["b"]);
        var order = new int[n];
        instance.Trial.Random("batch").Permutation(order);
        instance.EncloseForward(arithmetic);
        instance.EncloseBackward([.. order[..b].Select(i => (i, 0, 1.0))]); // y_{i,1} − y*_{i,1} = 1, so that F = b/2

        // (n/b)² / (b/2) with n a multiple of b.
        var factor = Ball.Exactly(2 * (n / b) * (n / b)) / Ball.Exactly(b);
        return factor * CertifiedGradient.SquaredFrobeniusNorm<double>(instance.State, instance.Radii, new double[CertifiedGradient.WorkspaceLength(instance.State)]);
    }

    /// <summary>b·#{S}·∇F − factor·Σ_S Σ_{i∈S} ∇F_i, entry by entry; whole numbers throughout, so without rounding.</summary>
    private static Measurement Bias(NetworkInstance instance, Func<int, bool> admits, int factor)
    {
        var (network, n, b) = (instance.Network, instance.Trial.n, (int)instance.Trial.Variables["b"]);
        int[] batches = [.. Enumerable.Range(0, 1 << n).Where(batch => int.PopCount(batch) == b && admits(batch))];
        var differences = Enumerable.Range(0, network.Depth).Select(_ => new Weights<double>(network.Width, network.Width)).ToArray();
        AddGradient((1 << n) - 1, b * batches.Length);
        foreach (var batch in batches)
        {
            AddGradient(batch, -factor);
        }

        var defect = differences.Sum(w => Enumerable.Range(0, w.Rows).Sum(r => Enumerable.Range(0, w.Columns).Sum(c => Math.Abs(w[r, c]))));
        return new(Ball.Exactly(defect)) { Bound = Ball.Exactly(0) };

        void AddGradient(int batch, double factor)
        {
            int[] samples = [.. Enumerable.Range(0, n).Where(i => (batch >> i & 1) == 1)];
            var state = new BatchState<double>(network, samples.Length);
            network.Forward(Rows(instance.Inputs, samples, network.InputDimension), state);
            SquaredLoss.Evaluate<double>(state, Rows(instance.Targets, samples, network.OutputDimension));
            network.Backward(state);
            for (var l = 1; l <= network.Depth; l++)
            {
                Gradient.AddTo(state, l, factor, differences[l - 1]);
            }
        }
    }

    private static double[] Rows(double[] matrix, int[] rows, int columns) => [.. rows.SelectMany(i => matrix.Skip(i * columns).Take(columns))];
}
