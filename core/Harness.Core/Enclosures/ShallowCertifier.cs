using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Core.Enclosures;

/// <summary>Evaluates the hypotheses of the convergence certificate (<see cref="ShallowCertificate"/>) on a two-layer network as it was initialised. Nothing is trained.</summary>
/// <remarks>Cost: that of the kernel and one more pass; scratch of a block of neurons. Derivation: docs/derivations.md, "Certificate of convergence".</remarks>
public static class ShallowCertifier
{
    /// <summary>Distance to λ_min(H_0), relative to it, at which its lower bound is good enough.</summary>
    private const double RelativeGap = 1e-6;

    /// <summary>Outweighs what underflow adds to an error in as many operations as any machine performs: 2⁶⁴ smallest numbers, times magnitudes up to 10⁷⁰.</summary>
    private const double Underflow = 1e-230;

    /// <summary>Evaluates the certificate.</summary>
    /// <param name="network">At initialisation.</param>
    /// <param name="inputs">x_i, n × 𝔡, exact.</param>
    /// <param name="targets">y, n numbers, exact.</param>
    /// <param name="steps">Steps of descent in floating point to cover; 0 for exact arithmetic alone, which is then covered for ever.</param>
    /// <param name="learningRate">η; left out, 1/Λ.</param>
    /// <exception cref="ArgumentException">The spans do not fit the network or each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of steps, or a rate that is not positive and finite.</exception>
    public static ShallowCertificate Evaluate(ShallowNetwork<double> network, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, int steps = 0, double? learningRate = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (learningRate is { } given && !(given > 0 && double.IsFinite(given)))
        {
            throw new ArgumentOutOfRangeException(nameof(learningRate), $"A learning rate is positive and finite; got {given}.");
        }

        var state = new ShallowState<double>(network, targets.Length);
        network.Forward(inputs, state);
        var (λ, Λ) = Eigenvalues(network, inputs, state);
        var η = learningRate ?? 1 / Λ;
        var norms = new double[targets.Length];
        CertifiedShallowKernel.InputNorms(inputs, targets.Length, norms);
        var rounding = new ShallowRounding(network, norms, η);
        var residual = RoundedUp.Add(Distance(state.Output, targets), rounding.OutputError(0, Distance(state.Output, targets)));
        var radius = λ > 0 ? QuotientAbove(RoundedUp.Multiply(2, RoundedUp.Multiply(rounding.Reach, residual)), RoundedUp.SqrtDown(network.Width) * λ) : double.PositiveInfinity;
        var (movement, slack, error) = (radius, 0.0, 0.0);
        if (steps > 0 && λ > 0)
        {
            (slack, error, var drift) = rounding.OfSteps(λ, residual, 2 * radius);
            movement = RoundedUp.Add(radius, RoundedUp.Multiply(steps, drift));
        }

        var near = double.IsFinite(movement) ? CountNear(network, inputs, state, norms, movement) : [];
        return new()
        {
            SmallestEigenvalue = λ,
            LargestEigenvalue = Λ,
            LearningRate = η,
            InitialResidual = residual,
            Radius = radius,
            MovementBound = movement,
            NeuronsNear = [.. near],
            FlipRatio = near.Length == 0 ? double.PositiveInfinity : FlipRatio(network, rounding.Reach, norms, near, λ),
            StepRatio = RoundedUp.Multiply(η, RoundedUp.Add(λ, Λ)) / 2,
            Steps = steps,
            Slack = slack,
            OutputError = error,
            IsRoundingSmall = movement <= 2 * radius && RoundedUp.Add(slack, error) <= residual,
        };
    }

    private static (double Smallest, double Largest) Eigenvalues(ShallowNetwork<double> network, ReadOnlySpan<double> inputs, ShallowState<double> state)
    {
        var n = state.Samples;
        var (kernel, radii, values) = (new double[n * n], new double[n * n], new double[n]);
        CertifiedShallowKernel.Compute(network, inputs, state, kernel, radii, new double[CertifiedShallowKernel.WorkspaceLength(state)]);
        SymmetricEigen.Values([.. kernel], n, values, new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
        var workspace = new double[EigenvalueBounds.WorkspaceLength(n)];
        return (EigenvalueBounds.Smallest(kernel, radii, n, values[0], RelativeGap, workspace), EigenvalueBounds.Largest(kernel, radii, n, values[^1], RelativeGap, workspace));
    }

    /// <summary>|S_i|, i = 1 … n: neurons that may have a breakpoint within <paramref name="movement"/> · ‖x_i‖, in exact arithmetic or as computed, now or after they have moved that far.</summary>
    private static int[] CountNear(ShallowNetwork<double> network, ReadOnlySpan<double> inputs, ShallowState<double> state, double[] norms, double movement)
    {
        var counts = new int[norms.Length];
        var (γ, underflow) = (CertifiedShallowKernel.PreActivationRounding(network.InputDimension), 3 * CertifiedShallowKernel.UnderflowOf(network.InputDimension));
        network.Load(inputs, state);
        for (var b = 0; b < network.Blocks; b++)
        {
            network.PreActivate(b, state);
            var rows = network.Hidden(b);
            for (var r = 0; r < rows.Rows; r++)
            {
                // |ĝ(0) − g(0)| + |g(k) − g(0)| + |ĝ(k) − g(k)| ≤ (R + γ‖w‖ + γ(‖w‖ + R))‖x‖.
                var norm = RoundedUp.Add(CertifiedShallowKernel.NeuronNorm(rows, r), movement);
                var reach = RoundedUp.Add(movement, RoundedUp.Multiply(2 * γ, norm));
                for (var i = 0; i < counts.Length; i++)
                {
                    var distance = RoundedUp.Add(RoundedUp.Multiply(reach, norms[i]), underflow);
                    counts[i] += IsNear(network.Activation.Breakpoints, state.PreActivations[(r * state.Stride) + i], distance) ? 1 : 0;
                }
            }
        }

        return counts;
    }

    private static bool IsNear(ReadOnlySpan<double> breakpoints, double g, double distance)
    {
        foreach (var t in breakpoints)
        {
            // The difference rounded towards zero is at most the distance wherever the exact one is.
            if (-RoundedUp.Add(g, -t) <= distance && -RoundedUp.Add(t, -g) <= distance)
            {
                return true;
            }
        }

        return false;
    }

    private static double FlipRatio(ShallowNetwork<double> network, double reach, double[] norms, int[] near, double λ)
    {
        double squares = 0;
        for (var i = 0; i < near.Length; i++)
        {
            var term = RoundedUp.Multiply(norms[i], near[i]);
            squares = RoundedUp.Add(squares, RoundedUp.Multiply(term, term));
        }

        var numerator = RoundedUp.Multiply(RoundedUp.Multiply(6, network.Activation.SlopeRange), RoundedUp.Multiply(reach, RoundedUp.Sqrt(squares)));
        return λ > 0 ? QuotientAbove(numerator, network.Width * λ) : double.PositiveInfinity;
    }

    /// <summary>|u − y|, rounded up.</summary>
    private static double Distance(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets)
    {
        double squares = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            var difference = Math.Max(RoundedUp.Add(outputs[i], -targets[i]), RoundedUp.Add(targets[i], -outputs[i]));
            squares = RoundedUp.Add(squares, RoundedUp.Multiply(difference, difference));
        }

        return RoundedUp.Sqrt(squares);
    }

    /// <summary>At least x/y for a positive y of which a product lost half an ulp: the quotient loses another.</summary>
    private static double QuotientAbove(double x, double y) => double.BitIncrement(x / double.BitDecrement(y));

    /// <summary>What rounding does to a step, in the notation of the derivation: E to the residuals, ε to a neuron, τ to |r|.</summary>
    private readonly ref struct ShallowRounding
    {
        private readonly ShallowNetwork<double> network;
        private readonly double rootP, rootM, meanNorm, η;
        private readonly int n;

        public ShallowRounding(ShallowNetwork<double> network, ReadOnlySpan<double> norms, double η)
        {
            (this.network, this.η, n, rootM) = (network, η, norms.Length, RoundedUp.Sqrt(network.Width));
            double squares = 0;
            foreach (var norm in norms)
            {
                squares = RoundedUp.Add(squares, RoundedUp.Multiply(norm, norm));
            }

            rootP = RoundedUp.Sqrt(squares);
            squares = 0;
            for (var b = 0; b < network.Blocks; b++)
            {
                for (var r = 0; r < network.Hidden(b).Rows; r++)
                {
                    var norm = CertifiedShallowKernel.NeuronNorm(network.Hidden(b), r);
                    squares = RoundedUp.Add(squares, RoundedUp.Multiply(norm, norm));
                }
            }

            meanNorm = RoundedUp.Sqrt(QuotientAbove(squares, network.Width));
        }

        /// <summary>c√P.</summary>
        public double Reach => RoundedUp.Multiply(network.Activation.LargestSlope, rootP);

        /// <summary>E at weights within <paramref name="movement"/> of the initial ones, for residuals of at most <paramref name="residual"/>.</summary>
        public double OutputError(double movement, double residual)
        {
            // Roundings of a term: 𝔡 of the inner product, one of φ, those of a block's sum and of the sum of blocks, one of the scale and its own two; one to spare.
            var γ = Rounding.Gamma(network.InputDimension + Math.Min(network.Width, ShallowNetwork<double>.BlockWidth) + network.Blocks + 5L);
            var sizes = RoundedUp.Add(RoundedUp.Multiply(Reach, RoundedUp.Add(meanNorm, movement)), RoundedUp.Multiply(RoundedUp.Sqrt(n), network.Activation.LargestIntercept));
            var intercepts = RoundedUp.Multiply(RoundedUp.Multiply(2, RoundedUp.Sqrt(n)), network.Activation.InterceptError);
            var output = RoundedUp.Multiply(rootM, RoundedUp.Add(RoundedUp.Multiply(γ, sizes), intercepts));
            return RoundedUp.Add(RoundedUp.Add(output, RoundedUp.Multiply(2 * Rounding.Unit, residual)), Underflow);
        }

        /// <summary>Slack 2τ/(ηλ), E, and what a step may add to the movement of a neuron.</summary>
        public (double Slack, double OutputError, double Drift) OfSteps(double λ, double residual, double movement)
        {
            var E = OutputError(movement, 2 * residual);
            var gradient = QuotientAbove(RoundedUp.Multiply(RoundedUp.Multiply(η, Reach), RoundedUp.Multiply(2, residual)), RoundedUp.SqrtDown(network.Width));
            var common = RoundedUp.Add(RoundedUp.Multiply(Rounding.Gamma(n + 6L), gradient), Underflow);
            var mean = RoundedUp.Add(common, RoundedUp.Multiply(2 * Rounding.Unit, RoundedUp.Add(meanNorm, movement)));
            var most = RoundedUp.Add(common, RoundedUp.Multiply(2 * Rounding.Unit, RoundedUp.Add(RoundedUp.Multiply(rootM, meanNorm), movement)));
            var slopes = RoundedUp.Add(network.Activation.LargestSlope, network.Activation.SlopeRange);
            var τ = RoundedUp.Add(RoundedUp.Multiply(3, E), RoundedUp.Multiply(RoundedUp.Multiply(slopes, rootP), RoundedUp.Multiply(rootM, mean)));
            var slack = QuotientAbove(2 * τ, double.BitDecrement(η * λ));
            var drift = QuotientAbove(RoundedUp.Multiply(RoundedUp.Multiply(η, Reach), RoundedUp.Add(E, slack)), RoundedUp.SqrtDown(network.Width));
            return (slack, E, RoundedUp.Add(drift, most));
        }
    }
}
