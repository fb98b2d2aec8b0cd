using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Fact 2.6 in every architecture, with the paper's layers trained or all of them: gradient, tangent kernel and the steps of Algorithms 1 and 2, without rounding.</summary>
public static class ArchitectureGradients
{
    private const double LearningRate = 0.5; // a power of two: W − η∇F is then exact as well

    private static readonly Domain Sizes = Domain.Filling(cells: (32, 40, 96), trials: (1, 2, 4), IntegerNetworks.Architecture, IntegerNetworks.Trained, m(2, 3), L(2, 3), n(1, 3), d(1, 2));

    private static readonly Domain Batches = Domain.Filling(
        cells: (32, 40, 96), trials: (1, 2, 4), IntegerNetworks.Architecture, IntegerNetworks.Trained, m(2, 3), L(2, 3), new VariableRange("b", 1, 2, IsInteger: true), n(4), d(1, 2));

    /// <summary>The gradient, entry by entry.</summary>
    public static Claim Gradients { get; } = Claim
        .Named("azls.architecture-gradients")
        .DerivedFrom(Papers.AllenZhuLiSong, "Fact 2.6 and appendices B and C (gradient)", "Convolution and residual layers", "C01")
        .States("∇_{W_l}F = Σ_{i,j} τ_l D_{i,l} (∂F/∂h_{i,l}) (P_l h_{i,l−1})_jᵀ over samples i and positions j, P_l the patches that a filter reads, τ_l the residual step (1 elsewhere)")
        .Given(IntegerNetworks.OfEveryArchitecture(Sizes))
        .Observes("max |core − exact| over F and all entries of all trained layers, and beyond the radii of F and ‖∇F‖² where they are enclosed", instance => Gradient(instance, (state, l, sum) => Core.Training.Gradient.AddTo(state, l, 1, sum)))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("positions after the first are left out", instance => Gradient(instance, FirstPosition))
        .RefutedWhen("the factor ½ of the loss is forgotten", instance => Gradient(instance, (state, l, sum) => Core.Training.Gradient.AddTo(state, l, 2, sum)))
        .Build();

    /// <summary>The tangent kernel, entry by entry, plain and enclosed.</summary>
    public static Claim Kernel { get; } = Claim
        .Named("azls.architecture-kernels")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5 (kernel) and appendices B and C", "Convolution and residual layers", "C05")
        .States("K[(i,j),(i′,j′)] = ⟨∇_W y_{i,j}, ∇_W y_{i′,j′}⟩ over all trained layers,   ‖∇_W Σ_i y_{i,1}‖²_F = Σ_{i,i′} K[(i,1),(i′,1)]")
        .Given(IntegerNetworks.OfEveryArchitecture(Sizes))
        .Observes("max |K − exact|, plain and enclosed, and of the gradient's norm", instance => KernelDifference(instance, factor: 1))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the kernel is doubled", instance => KernelDifference(instance, factor: 2))
        .Build();

    /// <summary>A step of gradient descent.</summary>
    public static Claim Step { get; } = Claim
        .Named("azls.gradient-step")
        .From(Papers.AllenZhuLiSong, "Algorithm 1", "C01")
        .States("W_l ← W_l − η ∇_{W_l}F for the trained layers, no other weight moves; the step returns F before it")
        .Given(IntegerNetworks.OfEveryArchitecture(Sizes))
        .Observes("max |core − exact| over F and all weights", instance => Moved(instance, Everything(instance), [.. Enumerable.Range(0, instance.Trial.n)], factor: 1))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the gradient is added", instance => Moved(instance, Everything(instance), [.. Enumerable.Range(0, instance.Trial.n)], factor: -1))
        .Build();

    /// <summary>A step of stochastic gradient descent.</summary>
    public static Claim StochasticStep { get; } = Claim
        .Named("azls.stochastic-step")
        .From(Papers.AllenZhuLiSong, "Algorithm 2", "C40")
        .States("W_l ← W_l − η (n/b) Σ_{i∈S} ∇_{W_l}F_i for the trained layers, S the b samples of the batch; the step returns (n/b) Σ_{i∈S} F_i")
        .Given(IntegerNetworks.OfEveryArchitecture(Batches))
        .Observes("max |core − exact| over the loss and all weights", instance => StepOnBatch(instance, instance.Trial.n / instance.Trial.Variables["b"]))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the factor n/b is left out", instance => StepOnBatch(instance, factor: 1))
        .Build();

    private static Measurement Gradient(NetworkInstance instance, Action<BatchState<double>, int, Weights<double>> addGradient)
    {
        var exact = ExactPasses.Of(instance);
        var worst = new Largest(instance.LossAndGradient(), exact.Loss());
        Dyadic squares = default;
        for (var l = instance.Network.FirstTrained; l <= instance.Network.LastTrained; l++)
        {
            var layer = instance.Network.Layer(l);
            var gradient = new Weights<double>(layer.Rows, layer.Columns);
            addGradient(instance.State, l, gradient);
            var derivative = exact.LossDerivative(l);
            worst.Add(gradient, derivative);
            squares = derivative.Aggregate(squares, (sum, entry) => sum + (entry * entry));
        }

        var (loss, squaredNorm) = instance.EncloseLossAndGradient(Arithmetic.Double);
        worst.Add(loss, exact.Loss());
        worst.Add(squaredNorm, squares);

        return worst.Measured;
    }

    private static void FirstPosition(BatchState<double> state, int layer, Weights<double> sum) =>
        sum.AddOuterProduct(1, state.Signals(layer), state.Arguments(layer), state.Samples, state.ColumnStride(layer));

    private static Measurement KernelDifference(NetworkInstance instance, double factor)
    {
        var (network, exact, d) = (instance.Network, ExactPasses.Of(instance), instance.Trial.d);
        var (n, state) = (instance.Trial.n * d, new BatchState<double>(network, instance.Trial.n * d));
        var (plain, kernel, bounds) = (new double[n * n], new double[n * n], new double[n * n]);
        var workspace = new double[CertifiedGradient.WorkspaceLength(state)];
        Core.Tangents.TangentKernel.Compute<double>(network, instance.Inputs, state, plain, workspace);
        CertifiedTangentKernel.Compute<double>(network, instance.Inputs, state, new(network, state), kernel, bounds, workspace);

        var jacobians = Enumerable.Range(network.FirstTrained, network.LastTrained - network.FirstTrained + 1).Select(exact.OutputDerivatives).ToArray();
        Dyadic ofFirstOutputs = default;
        var worst = new Largest(0, default);
        for (var e = 0; e < plain.Length; e++)
        {
            Dyadic entry = default;
            foreach (var jacobian in jacobians)
            {
                for (var w = 0; w < jacobian[0].Length; w++)
                {
                    entry += jacobian[e / n][w] * jacobian[e % n][w];
                }
            }

            worst.Add(factor * plain[e], entry);
            worst.Add(new Ball(factor * kernel[e], bounds[e]), entry);
            ofFirstOutputs += e / n % d == 0 && e % n % d == 0 ? entry : default;
        }

        network.Forward(instance.Inputs, instance.State);
        Array.Clear(instance.State.OutputSignal);
        instance.State.OutputSignal.AsSpan(0, instance.Trial.n).Fill(1);
        network.Backward(instance.State);
        worst.Add(factor * instance.SquaredGradientNorm(), ofFirstOutputs);
        return worst.Measured;
    }

    private static Func<double> Everything(NetworkInstance instance) =>
        () => GradientDescent.Step(instance.Network, instance.Inputs, instance.Targets, LearningRate, instance.State);

    private static Measurement StepOnBatch(NetworkInstance instance, double factor)
    {
        // Which samples are chosen is a function of the stream alone, so the batch is drawn once to know it and again by the step.
        var batch = new MiniBatch<double>(instance.Network, instance.Trial.n, (int)instance.Trial.Variables["b"]);
        var stream = instance.Trial.Random("batch");
        batch.Draw(stream, instance.Inputs, instance.Targets);
        return Moved(instance, () => StochasticGradientDescent.Step(instance.Network, instance.Inputs, instance.Targets, LearningRate, Loss.Squared, batch, stream), batch.Chosen.ToArray(), factor);
    }

    /// <summary>What a step does to the weights against W − η · factor · Σ_{i∈S} ∇F_i, and what it returns against factor · Σ_{i∈S} F_i.</summary>
    private static Measurement Moved(NetworkInstance instance, Func<double> step, int[] samples, double factor)
    {
        var (network, exact) = (instance.Network, ExactPasses.Of(instance, samples));
        var moved = Enumerable.Range(0, network.Depth + 2).Select(l => l >= network.FirstTrained && l <= network.LastTrained ? exact.LossDerivative(l) : null).ToArray();
        var before = Enumerable.Range(0, network.Depth + 2).Select(l => DyadicNetwork.RowMajor(network.Layer(l))).ToArray();
        var worst = new Largest(step(), Dyadic.Exactly(Math.Abs(factor)) * exact.Loss());
        var by = Dyadic.Exactly(-LearningRate * factor);
        for (var l = 0; l < before.Length; l++)
        {
            worst.Add(network.Layer(l), [.. before[l].Select((w, at) => Dyadic.Exactly(w) + (moved[l] is { } gradient ? by * gradient[at] : default))]);
        }

        return worst.Measured;
    }
}
