using FsCheck;
using FsCheck.Fluent;
using Harness.Claims;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using Harness.ProofsChecks.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Instances;

/// <summary>What claims enclose beyond the core holds what rational arithmetic says at the same weights.</summary>
public sealed class EnclosedQuantitiesTests
{
    private static Config Cases => Config.QuickThrowOnFailure.WithMaxTest(300);

    [TestCase(Arithmetic.Double)]
    [TestCase(Arithmetic.DoubleDouble)]
    public void DistanceToLine_HardNetwork_HoldsExactDistance(Arithmetic arithmetic) => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (instance, oracle) = Instance(draw with { Samples = 2 });
        instance.EncloseForward(arithmetic);
        return Enumerable.Range(0, draw.Depth + 1).All(l =>
        {
            var (x, h) = (Feature(oracle, instance, l, 0), Feature(oracle, instance, l, 1));
            var (xx, xh, hh) = (Dot(x, x), Dot(x, h), Dot(h, h));
            var distance = EnclosedVector.Feature(instance, l, 0).DistanceToLineThrough(EnclosedVector.Feature(instance, l, 1));
            return hh.Sign == 0 || !distance.IsRigorous || HoldsRoot(distance, xx - (xh * xh / hh));
        });
    }));

    [TestCase(Arithmetic.Double)]
    [TestCase(Arithmetic.DoubleDouble)]
    public void DerivativeOfLoss_HardNetwork_HoldsExactDerivative(Arithmetic arithmetic) => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (instance, oracle) = Instance(draw);
        var direction = Perturbation.Gaussian(instance.Network, RandomStream.FromSeed(7), 0.3);
        instance.EncloseLoss(arithmetic);
        BigRational exact = 0;
        foreach (var (l, r, c) in from l in Enumerable.Range(1, draw.Depth) from r in Enumerable.Range(0, draw.Width) from c in Enumerable.Range(0, draw.Width) select (l, r, c))
        {
            exact += BigRational.Exactly(direction.Layer(l)[r, c]) * oracle.LossDerivative(instance.Inputs, instance.Targets, draw.Samples, l, r, c);
        }

        var derivative = direction.EnclosedDerivativeOfLoss(instance);
        return !derivative.IsRigorous || HardNumbers.Holds(derivative.Midpoint, derivative.Radius, exact);
    }));

    /// <summary>Two passes of the first output, at W and at the weights that W + W′ was rounded to: how its gradient changed, and how large the pre-activations are whose signs did.</summary>
    [TestCase(Arithmetic.Double)]
    [TestCase(Arithmetic.DoubleDouble)]
    public void PassesAtTwoWeights_HardNetwork_HoldExactChanges(Arithmetic arithmetic) => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (instance, before) = Instance(draw);
        var direction = Perturbation.Gaussian(instance.Network, RandomStream.FromSeed(7), 0.5);
        var after = instance.At(direction, () => new RationalNetwork(instance.Network));
        var original = EnclosedPass.Of(instance, arithmetic);
        var moved = EnclosedPass.Of(instance, direction, arithmetic);
        return Enumerable.Range(0, draw.Samples).All(i =>
        {
            var input = instance.Inputs.AsSpan(i * draw.InputDimension, draw.InputDimension).ToArray();
            BigRational change = 0;
            foreach (var (l, r, c) in from l in Enumerable.Range(1, draw.Depth) from r in Enumerable.Range(0, draw.Width) from c in Enumerable.Range(0, draw.Width) select (l, r, c))
            {
                var difference = after.OutputDerivative(input, l, r, c)[0] - before.OutputDerivative(input, l, r, c)[0];
                change += difference * difference;
            }

            var squaredChange = moved.SquaredGradientChange(original, i);
            var (from, to) = (before.Evaluate(input), after.Evaluate(input));
            return (!squaredChange.IsRigorous || HardNumbers.Holds(squaredChange.Midpoint, squaredChange.Radius, change))
                && Enumerable.Range(1, draw.Depth).All(l =>
                {
                    BigRational flipped = 0;
                    for (var k = 0; k < draw.Width; k++)
                    {
                        flipped += (from[l][k].Sign >= 0) != (to[l][k].Sign >= 0) ? from[l][k] * from[l][k] : 0;
                    }

                    var norm = moved.Flipped(original, l, i).Norm();
                    return !norm.IsRigorous || HoldsRoot(norm, flipped);
                });
        });
    }));

    [TestCase(Arithmetic.Double)]
    [TestCase(Arithmetic.DoubleDouble)]
    public void LayerGradient_HardNetwork_HoldsExactSquaredNorm(Arithmetic arithmetic) => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (instance, oracle) = Instance(draw);
        instance.EncloseLossAndGradient(arithmetic);
        return Enumerable.Range(1, draw.Depth).All(l =>
        {
            BigRational exact = 0;
            foreach (var (r, c) in from r in Enumerable.Range(0, draw.Width) from c in Enumerable.Range(0, draw.Width) select (r, c))
            {
                var derivative = oracle.LossDerivative(instance.Inputs, instance.Targets, draw.Samples, l, r, c);
                exact += derivative * derivative;
            }

            var norm = instance.EnclosedSquaredGradientNorm(l);
            return !norm.IsRigorous || HardNumbers.Holds(norm.Midpoint, norm.Radius, exact);
        });
    }));

    [Test]
    public void SpectralNorm_OneColumnThroughAHardNetwork_HoldsExactNorm() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (instance, oracle) = Instance(draw with { Outputs = 1, Samples = 1 });
        instance.EncloseForward(Arithmetic.Double);
        var back = EnclosedBatch.OutputRows(instance.Network).GatedBySample(instance, draw.Depth, 0).BackThrough(instance.Network.Hidden(draw.Depth)).SpectralNorm();
        var signs = oracle.Evaluate(instance.Inputs)[draw.Depth];
        BigRational squared = 0;
        for (var c = 0; c < draw.Width; c++)
        {
            BigRational entry = 0;
            for (var k = 0; k < draw.Width; k++)
            {
                entry += signs[k].Sign >= 0 ? BigRational.Exactly(instance.Network.Output[0, k]) * BigRational.Exactly(instance.Network.Hidden(draw.Depth)[k, c]) : 0;
            }

            squared += entry * entry;
        }

        return !back.IsRigorous || HoldsRoot(back, squared);
    }));

    [Test]
    public void Movement_OfAHardNetwork_HoldsExactNorm() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (network, other) = (draw.Create<double>().Network, (draw with { Seed = draw.Seed ^ 1 }).Create<double>().Network);
        BigRational squared = 0;
        foreach (var (l, r, c) in from l in Enumerable.Range(1, draw.Depth) from r in Enumerable.Range(0, draw.Width) from c in Enumerable.Range(0, draw.Width) select (l, r, c))
        {
            var difference = BigRational.Exactly(network.Hidden(l)[r, c]) - BigRational.Exactly(other.Hidden(l)[r, c]);
            squared += difference * difference;
        }

        var movement = Descent.Movement(network, other);
        return !movement.IsRigorous || HoldsRoot(movement, squared);
    }));

    private static (NetworkInstance Instance, RationalNetwork Oracle) Instance(HardNetwork draw)
    {
        var (network, oracle) = draw.Create<double>();
        var variables = Variables.None.With("n", draw.Samples).With("m", draw.Width).With("L", draw.Depth).With("d", draw.Outputs);
        return (new(new(variables, RandomStream.FromSeed(1), null, Profile.Gate), draw.Inputs<double>(), draw.Targets<double>(), network), oracle);
    }

    private static BigRational[] Feature(RationalNetwork oracle, NetworkInstance instance, int layer, int sample)
    {
        var dimension = instance.Network.InputDimension;
        return Array.ConvertAll(oracle.Evaluate(instance.Inputs.AsSpan(sample * dimension, dimension))[layer], g => BigRational.Max(g, 0));
    }

    private static BigRational Dot(BigRational[] x, BigRational[] y) => x.Zip(y, (a, b) => a * b).Aggregate((BigRational)0, (sum, term) => sum + term);

    /// <summary>a ≤ √s ≤ b exactly when a² ≤ s ≤ b².</summary>
    private static bool HoldsRoot(Harness.Core.Enclosures.Ball ball, BigRational square)
    {
        var (lower, upper) = (BigRational.Exactly(ball.Midpoint) - BigRational.Exactly(ball.Radius), BigRational.Exactly(ball.Midpoint) + BigRational.Exactly(ball.Radius));
        return (lower.Sign <= 0 || lower * lower <= square) && upper.Sign >= 0 && upper * upper >= square;
    }
}
