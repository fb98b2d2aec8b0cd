using FsCheck;
using FsCheck.Fluent;
using Harness.Claims;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using Harness.ProofsChecks.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Instances;

/// <summary>What claims enclose beyond the core holds what exact arithmetic says at the same weights.</summary>
public sealed class EnclosedQuantitiesTests
{
    private static Config Cases => Config.QuickThrowOnFailure.WithMaxTest(300);

    [TestCase(Arithmetic.Double)]
    [TestCase(Arithmetic.DoubleDouble)]
    public void DistanceToLine_HardNetwork_HoldsExactDistance(Arithmetic arithmetic) => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (instance, exact) = Instance(draw with { Samples = 2 });
        instance.EncloseForward(arithmetic);
        return Enumerable.Range(0, draw.Depth + 1).All(l =>
        {
            var (x, h) = (Array.ConvertAll(exact.Values[0][l], DyadicNetwork.Rectified), Array.ConvertAll(exact.Values[1][l], DyadicNetwork.Rectified));
            var (xx, xh, hh) = (Dot(x, x).ToRational(), Dot(x, h).ToRational(), Dot(h, h).ToRational());
            var distance = EnclosedVector.Feature(instance, l, 0).DistanceToLineThrough(EnclosedVector.Feature(instance, l, 1));
            return hh.Sign == 0 || !distance.IsRigorous || HoldsRoot(distance, xx - (xh * xh / hh));
        });
    }));

    [TestCase(Arithmetic.Double)]
    [TestCase(Arithmetic.DoubleDouble)]
    public void DerivativeOfLoss_HardNetwork_HoldsExactDerivative(Arithmetic arithmetic) => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (instance, exact) = Instance(draw);
        var direction = Perturbation.Gaussian(instance.Network, RandomStream.FromSeed(7), 0.3);
        instance.EncloseLoss(arithmetic);
        Dyadic sum = default;
        for (var l = 1; l <= draw.Depth; l++)
        {
            sum += Dot(Dyadic.Exactly(DyadicNetwork.RowMajor(direction.Layer(l))), exact.LossDerivative(l));
        }

        var derivative = direction.EnclosedDerivativeOfLoss(instance);
        return !derivative.IsRigorous || HardNumbers.Holds(derivative.Midpoint, derivative.Radius, sum);
    }));

    /// <summary>Two passes of the first output, at W and at the weights that W + W′ was rounded to: how its gradient changed, and how large the pre-activations are whose signs did.</summary>
    [TestCase(Arithmetic.Double)]
    [TestCase(Arithmetic.DoubleDouble)]
    public void PassesAtTwoWeights_HardNetwork_HoldExactChanges(Arithmetic arithmetic) => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (instance, before) = Instance(draw);
        var direction = Perturbation.Gaussian(instance.Network, RandomStream.FromSeed(7), 0.5);
        var after = instance.At(direction, () => draw.Exact(instance.Network));
        var original = EnclosedPass.Of(instance, arithmetic);
        var moved = EnclosedPass.Of(instance, direction, arithmetic);
        var gradients = Enumerable.Range(1, draw.Depth).Select(l => (Before: before.OutputDerivatives(l), After: after.OutputDerivatives(l))).ToArray();
        return Enumerable.Range(0, draw.Samples).All(i =>
        {
            Dyadic change = default;
            foreach (var (from, to) in gradients)
            {
                var difference = Difference(to[i * draw.Outputs], from[i * draw.Outputs]);
                change += Dot(difference, difference);
            }

            var squaredChange = moved.SquaredGradientChange(original, i);
            return (!squaredChange.IsRigorous || HardNumbers.Holds(squaredChange.Midpoint, squaredChange.Radius, change))
                && Enumerable.Range(1, draw.Depth).All(l =>
                {
                    var (from, to) = (before.Values[i][l], after.Values[i][l]);
                    Dyadic[] flipped = [.. from.Zip(to, (g, moved) => (g.Sign >= 0) != (moved.Sign >= 0) ? g : default)];
                    var norm = moved.Flipped(original, l, i).Norm();
                    return !norm.IsRigorous || HoldsRoot(norm, Dot(flipped, flipped).ToRational());
                });
        });
    }));

    [TestCase(Arithmetic.Double)]
    [TestCase(Arithmetic.DoubleDouble)]
    public void LayerGradient_HardNetwork_HoldsExactSquaredNorm(Arithmetic arithmetic) => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (instance, exact) = Instance(draw);
        instance.EncloseLossAndGradient(arithmetic);
        return Enumerable.Range(1, draw.Depth).All(l =>
        {
            var (derivative, norm) = (exact.LossDerivative(l), instance.EnclosedSquaredGradientNorm(l));
            return !norm.IsRigorous || HardNumbers.Holds(norm.Midpoint, norm.Radius, Dot(derivative, derivative));
        });
    }));

    [Test]
    public void SpectralNorm_OneColumnThroughAHardNetwork_HoldsExactNorm() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (instance, exact) = Instance(draw with { Outputs = 1, Samples = 1 });
        instance.EncloseForward(Arithmetic.Double);
        var back = EnclosedBatch.OutputRows(instance.Network).GatedBySample(instance, draw.Depth, 0).BackThrough(instance.Network.Hidden(draw.Depth)).SpectralNorm();
        var signs = exact.Values[0][draw.Depth];
        Dyadic squared = default;
        for (var c = 0; c < draw.Width; c++)
        {
            Dyadic entry = default;
            for (var k = 0; k < draw.Width; k++)
            {
                entry += signs[k].Sign >= 0 ? Dyadic.Exactly(instance.Network.Output[0, k]) * Dyadic.Exactly(instance.Network.Hidden(draw.Depth)[k, c]) : default;
            }

            squared += entry * entry;
        }

        return !back.IsRigorous || HoldsRoot(back, squared.ToRational());
    }));

    [Test]
    public void Movement_OfAHardNetwork_HoldsExactNorm() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (network, other) = (draw.Create<double>(), (draw with { Seed = draw.Seed ^ 1 }).Create<double>());
        Dyadic squared = default;
        for (var l = 1; l <= draw.Depth; l++)
        {
            var difference = Difference(Dyadic.Exactly(DyadicNetwork.RowMajor(network.Hidden(l))), Dyadic.Exactly(DyadicNetwork.RowMajor(other.Hidden(l))));
            squared += Dot(difference, difference);
        }

        var movement = Descent.Movement(network, other);
        return !movement.IsRigorous || HoldsRoot(movement, squared.ToRational());
    }));

    private static (NetworkInstance Instance, ExactPasses Exact) Instance(HardNetwork draw)
    {
        var network = draw.Create<double>();
        var variables = Variables.None.With("n", draw.Samples).With("m", draw.Width).With("L", draw.Depth).With("d", draw.Outputs);
        return (new(new(variables, RandomStream.FromSeed(1), null, Profile.Gate), draw.Inputs<double>(), draw.Targets<double>(), network), draw.Exact(network));
    }

    private static Dyadic Dot(Dyadic[] x, Dyadic[] y) => x.Zip(y, (a, b) => a * b).Aggregate(default(Dyadic), (sum, term) => sum + term);

    private static Dyadic[] Difference(Dyadic[] x, Dyadic[] y) => [.. x.Zip(y, (a, b) => a - b)];

    /// <summary>a ≤ √s ≤ b exactly when a² ≤ s ≤ b².</summary>
    private static bool HoldsRoot(Harness.Core.Enclosures.Ball ball, BigRational square)
    {
        var (lower, upper) = (BigRational.Exactly(ball.Midpoint) - BigRational.Exactly(ball.Radius), BigRational.Exactly(ball.Midpoint) + BigRational.Exactly(ball.Radius));
        return (lower.Sign <= 0 || lower * lower <= square) && upper.Sign >= 0 && upper * upper >= square;
    }
}
