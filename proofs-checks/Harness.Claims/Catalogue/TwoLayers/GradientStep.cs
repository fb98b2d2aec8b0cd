using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.TwoLayers;

/// <summary>The step that all statements on two layers are about, and the kernel of its gradient, without rounding.</summary>
public static class GradientStep
{
    private const int InputDimension = 3;

    private const double LearningRate = 0.5; // a power of two, as 1/√m is where m is a power of four: nothing here is rounded

    private static readonly Domain Sizes = Domain.Filling(cells: (10, 15, 40), trials: (1, 2, 4), new VariableRange("log₄ m", 1, 5, IsInteger: true), n(1, 4)).Computing("m", "log₄ m", v => Math.Pow(4, v["log₄ m"]));

    /// <summary>Outputs, loss, weights after the step, and ‖∂Φ/∂W‖² as a form of the kernel. Entries of m·H are whole, and so is m times the squared norm.</summary>
    public static Claim Claim { get; } = Claim
        .Named("dzps.gradient-step")
        .From(Papers.DuZhaiPoczosSingh, "Section 3 (gradient descent)")
        .BeyondTheList("the update that every statement on training is about, held against the program")
        .States("w_r ← w_r − η (a_r/√m) Σ_i (u_i − y_i) 1{⟨w_r, x_i⟩ ≥ 0} x_i,   u_i = (1/√m) Σ_r a_r φ(⟨w_r, x_i⟩),   Φ = ½ Σ_i (u_i − y_i)²,   ‖∂Φ/∂W‖² = (u − y)ᵀ H (u − y)")
        .Given(new Generator<Trial>(Sizes, "weights, inputs and targets drawn from the whole numbers −2…2 (ties at zero included), signs drawn", takesData: false, trial => trial))
        .Observes("max |core − formula| over all of them", trial => Difference(trial, g => g >= 0))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("1{⟨w_r, x_i⟩ > 0}: a tie is closed", trial => Difference(trial, g => g > 0))
        .RefutedWhen("all gates are open", trial => Difference(trial, _ => true))
        .Build();

    private static Measurement Difference(Trial trial, Func<double, bool> isOpen)
    {
        var (n, m) = (trial.n, trial.m);
        var network = new ShallowNetwork<double>(InputDimension, m);
        network.Initialise(trial.Random("signs"));
        for (var b = 0; b < network.Blocks; b++)
        {
            IntegerNetworks.Fill(network.Hidden(b), trial.Random("weights").Derive((ulong)b));
        }

        var (x, y) = (IntegerNetworks.Whole(trial.Random("inputs"), n * InputDimension), IntegerNetworks.Whole(trial.Random("targets"), n));
        var (before, scale) = (Neurons(network), 1 / Math.Sqrt(m));
        var gates = before.Select(neuron => Enumerable.Range(0, n).Select(i => Inner(neuron.Weights, Input(i))).ToArray()).ToArray();
        double[] outputs = [.. Enumerable.Range(0, n).Select(i => scale * Enumerable.Range(0, m).Sum(r => before[r].Sign * Math.Max(gates[r][i], 0)))];
        double[] residuals = [.. outputs.Zip(y, (u, target) => u - target)];
        double[][] gradient = [.. Enumerable.Range(0, m).Select(r => (double[])[.. Enumerable.Range(0, InputDimension).Select(k =>
            Enumerable.Range(0, n).Sum(i => isOpen(gates[r][i]) ? scale * before[r].Sign * residuals[i] * Input(i)[k] : 0))])];

        var (state, kernel) = (new ShallowState<double>(network, n), new double[n * n]);
        ShallowKernel.Compute(network, x, state, kernel, new double[ShallowKernel.WorkspaceLength(n)]);
        var form = Enumerable.Range(0, n * n).Sum(e => residuals[e / n] * kernel[e] * residuals[e % n]);
        network.Forward(x, state);
        var worst = Enumerable.Range(0, n).Max(i => Math.Abs(state.Output[i] - outputs[i]));
        Compare(ShallowDescent.Step<double>(network, y, LearningRate, state), residuals.Sum(r => r * r) / 2);
        Compare(form, gradient.Sum(row => Inner(row, row)));
        var after = Neurons(network);
        for (var r = 0; r < m; r++)
        {
            for (var k = 0; k < InputDimension; k++)
            {
                Compare(after[r].Weights[k], before[r].Weights[k] - (LearningRate * gradient[r][k]));
            }
        }

        return new(Ball.Exactly(worst)) { Bound = Ball.Exactly(0) };

        double[] Input(int i) => x[(i * InputDimension)..((i + 1) * InputDimension)];

        void Compare(double core, double exact) => worst = Math.Max(worst, Math.Abs(core - exact));
    }

    private static double Inner(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    private static (double[] Weights, double Sign)[] Neurons(ShallowNetwork<double> network) =>
        [.. Enumerable.Range(0, network.Width).Select(r => (r / ShallowNetwork<double>.BlockWidth, r % ShallowNetwork<double>.BlockWidth) is var (b, row)
            ? ((double[])[.. Enumerable.Range(0, InputDimension).Select(k => network.Hidden(b)[row, k])], network.Output(b)[row, 0])
            : default)];
}
