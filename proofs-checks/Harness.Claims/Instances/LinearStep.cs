using Harness.Core.Enclosures;
using Harness.Core.Training;

namespace Harness.Claims.Instances;

/// <summary>One step of gradient descent on a two-layer network beside the linear step of its tangent kernel: e = r₊ − (I − ηH)r.</summary>
/// <param name="Remainder">|e|, with the rounding of step, residuals and kernel in its radius.</param>
/// <param name="Bound">ηcΔ√P·Q|r|/m, Q = (Σ_i ‖x_i‖² s_i²)^½ and s_i the neurons that change piece on sample i.</param>
/// <param name="Crossings">Σ_i s_i as counted.</param>
public sealed record LinearStep(Ball Remainder, Ball Bound, int Crossings)
{
    /// <summary>Takes the step.</summary>
    /// <param name="instance">Its network is moved.</param>
    /// <param name="η">Learning rate.</param>
    /// <param name="kernelFactor">Factor of the kernel in e; 1 but for mutants.</param>
    public static LinearStep Take(ShallowInstance instance, double η, double kernelFactor = 1)
    {
        var (network, state, n) = (instance.Network, instance.State, instance.Trial.n);
        var certificate = BiasedNetworks.Certificate(instance, steps: 1, η);
        var (kernel, radii, counts) = (new double[n * n], new double[n * n], new int[n]);
        CertifiedShallowKernel.Compute(network, instance.Inputs, state, kernel, radii, new double[CertifiedShallowKernel.WorkspaceLength(state)]);
        network.Forward(instance.Inputs, state);
        Ball[] before = Residuals(instance);
        ShallowDescent.Step<double>(network, instance.Targets, η, state, counts);
        Ball[] after = Residuals(instance);
        var e = new Ball[n];
        for (var i = 0; i < n; i++)
        {
            var pull = Ball.Exactly(0);
            for (var j = 0; j < n; j++)
            {
                pull += new Ball(kernel[(i * n) + j], radii[(i * n) + j]) * before[j];
            }

            e[i] = after[i] - before[i] + (Ball.Exactly(η * kernelFactor) * pull);
        }

        var (c, Δ) = (Ball.Exactly(network.Activation.LargestSlope), Ball.Exactly(network.Activation.SlopeRange));
        double[] squares = [.. Enumerable.Range(0, n).Select(i => SquaredNorm(instance, i))];
        var (P, Q) = (Ball.Exactly(0), Ball.Exactly(0));
        for (var i = 0; i < n; i++)
        {
            var squared = new Ball(squares[i], 2 * Rounding.Gamma(network.InputDimension) * squares[i]);
            (P, Q) = (P + squared, Q + (squared * Ball.Square(Ball.Exactly(counts[i]))));
        }

        // In the notation of the derivation: ζ from the rounding of the weights; E enters r, r₊ and the gradient, and as much as twice for crossings that rounding hides.
        var (E, ηP) = (certificate.OutputError, Ball.Exactly(η) * P);
        var τ = Ball.Exactly(certificate.Slack) * Ball.Exactly(η) * Ball.Exactly(certificate.SmallestEigenvalue) / Ball.Exactly(2);
        var rounding = τ + (Ball.Exactly(E) * (Ball.Exactly(4) + (ηP * c * ((Ball.Exactly(2) * c) + Δ))));
        var bound = Ball.Exactly(η) * c * Δ * Ball.Sqrt(P * Q) * (Norm(before) + new Ball(0, E)) / Ball.Exactly(network.Width);
        return new(Norm(e) + new Ball(0, rounding.Upper), bound, counts.Sum());
    }

    /// <summary>û − y of the outputs that the state holds, each exactly but for one rounding.</summary>
    public static Ball[] Residuals(ShallowInstance instance) =>
        [.. Enumerable.Range(0, instance.Targets.Length).Select(i => Ball.Exactly(instance.State.Output[i]) - Ball.Exactly(instance.Targets[i]))];

    /// <summary>The Euclidean norm.</summary>
    public static Ball Norm(ReadOnlySpan<Ball> vector)
    {
        var sum = Ball.Exactly(0);
        foreach (var coordinate in vector)
        {
            sum += Ball.Square(coordinate);
        }

        return Ball.Sqrt(sum);
    }

    private static double SquaredNorm(ShallowInstance instance, int sample)
    {
        double sum = 0;
        foreach (var x in instance.Inputs.AsSpan(sample * instance.Network.InputDimension, instance.Network.InputDimension))
        {
            sum += x * x;
        }

        return sum;
    }
}
