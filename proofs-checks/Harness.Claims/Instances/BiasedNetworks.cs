using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Claims.Instances;

/// <summary>Inputs x̃ = (x, 1) and an activation, without any network.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Inputs">x̃, n × (𝔡 + 1).</param>
/// <param name="Dimension">𝔡 + 1.</param>
/// <param name="Activation">Slopes α and β on the two sides of zero.</param>
public sealed record BiasedCloud(Trial Trial, double[] Inputs, int Dimension, PiecewiseAffine Activation);

/// <summary>Generators of inputs with a bias, and of two-layer networks with piecewise affine activations on them.</summary>
public static class BiasedNetworks
{
    /// <summary>Unit x at separation √2·δ, x̃ = (x, 1), and one of the activations max(z, 0), max(z, z/10), |z|; α and β are recorded.</summary>
    /// <param name="domain">Needs n; δ where there is one.</param>
    public static Generator<BiasedCloud> Clouds(Domain domain) => new(
        domain,
        "unit inputs with a bias; slopes (0, 1), (0.1, 1) or (−1, 1)",
        takesData: false,
        trial => Cloud(trial, activation: null));

    /// <summary>A network with weights N(0, I), in mirrored pairs, on such inputs; targets are normal, of norm |y|.</summary>
    /// <param name="domain">Needs n, m and |y|; an odd m is made even.</param>
    /// <param name="activation">The activation of every trial, for ladders whose rungs differ in nothing else; left out, one of the three.</param>
    public static Generator<ShallowInstance> Mirrored(Domain domain, PiecewiseAffine? activation = null) => new(
        domain,
        $"unit inputs with a bias; slopes {(activation is null ? "(0, 1), (0.1, 1) or (−1, 1)" : FormattableString.Invariant($"({activation.Slopes[0]}, {activation.Slopes[1]})"))}; mirrored pairs of neurons w_r ~ N(0, I); targets of norm |y|",
        takesData: false,
        trial => Network(trial, trial.Variables["|y|"], activation));

    /// <summary>The same with |y| divided by 4 until the convergence certificate for the given number of steps is active: it always is for small targets, as λ_min(H_0) &gt; 0.</summary>
    /// <param name="domain">Needs n, m and |y|, the norm to begin with.</param>
    /// <param name="steps">Steps in floating point that the certificate is to cover.</param>
    public static Generator<ShallowInstance> Certified(Domain domain, int steps) => Mirrored(domain).Changed("|y| divided by 4 until the certificate is active", instance =>
    {
        while (!Certificate(instance, steps).IsActive)
        {
            instance.Trial.Measure("|y|", instance.Trial.Variables["|y|"] / 4);
            if (instance.Trial.Variables["|y|"] < 1e-9)
            {
                throw new InvalidOperationException($"No target is small enough for a certificate at {instance.Trial.Variables}: rounding outweighs it. Give a wider network or inputs farther apart.");
            }

            for (var i = 0; i < instance.Targets.Length; i++)
            {
                instance.Targets[i] /= 4;
            }
        }

        return instance;
    });

    /// <summary>The certificate of an instance as it is.</summary>
    public static ShallowCertificate Certificate(ShallowInstance instance, int steps, double? learningRate = null) =>
        ShallowCertifier.Evaluate(instance.Network, instance.Inputs, instance.Targets, steps, learningRate);

    private static BiasedCloud Cloud(Trial trial, PiecewiseAffine? activation)
    {
        // Rows of norm one whose last coordinate is 1/√2, times √2.
        var (inputs, dimension, _) = Inputs.Draw(trial);
        for (var k = 0; k < inputs.Length; k++)
        {
            inputs[k] = (k + 1) % dimension == 0 ? 1 : Math.Sqrt(2) * inputs[k];
        }

        activation ??= trial.Random("activation").Integer(0, 3) switch { 0 => PiecewiseAffine.Rectifier, 1 => PiecewiseAffine.WithSlopes(0.1, 1), _ => PiecewiseAffine.AbsoluteValue };
        trial.Measure("α", activation.Slopes[0]);
        trial.Measure("β", activation.Slopes[1]);
        return new(trial, inputs, dimension, activation);
    }

    private static ShallowInstance Network(Trial trial, double norm, PiecewiseAffine? activation)
    {
        var cloud = Cloud(trial, activation);
        var targets = new double[trial.n];
        trial.Random("targets").FillGaussian<double>(targets, 1);
        var factor = norm / Math.Sqrt(targets.Sum(y => y * y));
        var network = new ShallowNetwork<double>(cloud.Dimension, trial.m + (trial.m % 2), cloud.Activation);
        trial.Measure("m", network.Width);
        network.InitialiseMirrored(trial.Random("weights"));
        return new(trial, cloud.Inputs, Array.ConvertAll(targets, y => factor * y), network);
    }
}
