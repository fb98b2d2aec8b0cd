using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>Unit inputs without any network: what statements on limit kernels quantify over. Here the constant last coordinate is not assumed, so that inputs may be nearly antipodal.</summary>
/// <param name="Trial">The trial; δ is the measured separation.</param>
/// <param name="Inputs">n × 𝔡.</param>
/// <param name="Dimension">𝔡.</param>
/// <param name="Separation">δ, enclosed.</param>
public sealed record PointCloud(Trial Trial, double[] Inputs, int Dimension, Ball Separation);

/// <summary>Generators of unit inputs.</summary>
public static class PointClouds
{
    /// <summary>
    /// Random directions, every second of which is turned to within the cell's δ of the one before or of its antipode: separated, clustered and nearly antipodal in one set. The measured
    /// min over pairs of ‖x_i − x_j‖ and ‖x_i + x_j‖ is recorded as δ.
    /// </summary>
    /// <param name="domain">Needs n, δ and 𝔡.</param>
    public static Generator<PointCloud> WithNearParallels(Domain domain) => new(
        domain,
        "unit inputs, half of them at distance δ from another one or from its antipode",
        takesData: false,
        trial =>
        {
            var (dimension, stream) = ((int)trial.Variables["𝔡"], trial.Random("inputs"));
            var inputs = new double[trial.n * dimension];
            for (var i = 0; i < trial.n; i++)
            {
                var x = inputs.AsSpan(i * dimension, dimension);
                stream.Derive((ulong)i).FillGaussian(x, 1.0);
                Normalise(x);
                if (i % 2 == 1 && stream.Integer((ulong)i, 3) is var kind and > 0)
                {
                    Near(inputs.AsSpan((i - 1) * dimension, dimension), kind == 1 ? 1 : -1, trial.Variables.δ, x);
                }
            }

            double[] withAntipodes = [.. inputs, .. inputs.Select(x => -x)];
            return Measured(trial, inputs, dimension, CertifiedSeparation.Measure(withAntipodes, dimension)); // an input and its own antipode are at distance 2, which no pair exceeds
        });

    /// <summary>Two normalised inputs at distance δ.</summary>
    public static Generator<PointCloud> Pairs(Domain domain) => new(
        domain,
        "two unit inputs at distance δ",
        takesData: false,
        trial =>
        {
            var (inputs, dimension, _) = Instances.Inputs.Draw(trial);
            return Measured(trial, inputs, dimension, CertifiedSeparation.Measure(inputs, dimension));
        });

    /// <summary>
    /// Random directions or rows of real data with last coordinate 1/√2, the last of them replaced by a near-duplicate of the first, at the cell's δ from it in the direction of the second; the separation is that of these two.
    /// </summary>
    /// <param name="domain">Needs n and δ.</param>
    public static Generator<PointCloud> WithNearDuplicate(Domain domain) => new(
        domain,
        "unit inputs with last coordinate 1/√2, one of them at distance δ from another",
        takesData: true,
        trial =>
        {
            var δ = trial.Variables.δ;
            var (inputs, dimension, _) = trial.Data is null ? Random(trial) : Instances.Inputs.Draw(trial);
            var last = inputs.AsSpan(inputs.Length - dimension, dimension);
            inputs.AsSpan(dimension, dimension).CopyTo(last);
            Near(inputs.AsSpan(0, dimension), 1, δ, last);
            double[] pair = [.. inputs[..dimension], .. last];
            return Measured(trial, inputs, dimension, CertifiedSeparation.Measure(pair, dimension));
        });

    /// <summary>The last input replaced by the antipode of the first in all but the last coordinate, while the separation still says what it said.</summary>
    public static PointCloud MoveAway(PointCloud cloud)
    {
        var (inputs, last) = (cloud.Inputs, cloud.Inputs.Length - cloud.Dimension);
        for (var k = 0; k < cloud.Dimension; k++)
        {
            inputs[last + k] = k + 1 < cloud.Dimension ? -inputs[k] : inputs[k];
        }

        return cloud;
    }

    /// <summary>Three diameters of a circle at angles 0°, 60° and 120°: six inputs at distance at least one from each other, but not from the others' antipodes.</summary>
    public static Generator<PointCloud> Diameters { get; } = new(
        Domain.Filling(cells: 1, trials: 1, Ranges.n(6), Ranges.δ(1)),
        "the ends of three diameters of a circle at angles 0°, 60° and 120°",
        takesData: false,
        trial =>
        {
            var height = Math.Sqrt(0.75);
            double[] ends = [1, 0, 0.5, height, -0.5, height, -1, 0, -0.5, -height, 0.5, -height];
            return Measured(trial, ends, 2, CertifiedSeparation.Measure(ends, 2));
        });

    /// <summary>The second input replaced by a copy of the first, while δ still says what it said.</summary>
    public static PointCloud Coincide(PointCloud cloud)
    {
        cloud.Inputs.AsSpan(0, cloud.Dimension).CopyTo(cloud.Inputs.AsSpan(cloud.Dimension));
        return cloud;
    }

    private static (double[] Inputs, int Dimension, double[] Targets) Random(Trial trial)
    {
        var dimension = trial.n + 4;
        var inputs = new double[trial.n * dimension];
        SyntheticInputs.Random(trial.Random("inputs"), trial.n, dimension, inputs);
        return (inputs, dimension, []);
    }

    private static PointCloud Measured(Trial trial, double[] inputs, int dimension, Ball separation)
    {
        trial.Measure("δ", separation.Midpoint);
        return new(trial, inputs, dimension, separation);
    }

    /// <summary>Replaces x by sign · (a point at distance δ from the given one, in the direction of x).</summary>
    private static void Near(ReadOnlySpan<double> point, int sign, double δ, Span<double> x)
    {
        var along = FixedOrder.Dot(point, x);
        for (var k = 0; k < x.Length; k++)
        {
            x[k] -= along * point[k];
        }

        Normalise(x);
        var (towardsPoint, towardsNormal) = (-δ * δ / 2, δ * Math.Sqrt(1 - (δ * δ / 4)));
        for (var k = 0; k < x.Length; k++)
        {
            x[k] = sign * (point[k] + ((towardsPoint * point[k]) + (towardsNormal * x[k])));
        }
    }

    private static void Normalise(Span<double> x)
    {
        var norm = Math.Sqrt(FixedOrder.SumOfSquares<double>(x));
        for (var k = 0; k < x.Length; k++)
        {
            x[k] /= norm;
        }
    }
}
