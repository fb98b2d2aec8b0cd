using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Certified passes against the network over rationals: every ball holds the exact value, every certain sign is the exact one, and midpoints are the plain passes.</summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class CertifiedNetworkTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static Config Cases => Config.QuickThrowOnFailure.WithMaxTest(300);

    [Test]
    public void Forward_HardNetwork_HoldsEveryExactValueAndSign() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var run = new Certified(draw);
        var inputs = HardNetwork.Widened(draw.Inputs<T>());
        for (var i = 0; i < draw.Samples; i++)
        {
            var exact = run.Oracle.Evaluate(inputs.AsSpan(i * draw.InputDimension, draw.InputDimension));
            for (var l = 0; l <= draw.Depth + 1; l++)
            {
                var (m, r) = l <= draw.Depth ? (run.State.PreActivations(l).ToArray(), run.Radii.PreActivations(l).ToArray()) : (run.State.Output, run.Radii.Output);
                for (var k = 0; k < exact[l].Length; k++)
                {
                    var at = (k * run.State.Stride) + i;
                    if (!HardNumbers.Holds(m[at], r[at], exact[l][k]) || (m[at] - r[at] >= T.Zero && exact[l][k].Sign < 0) || (m[at] + r[at] < T.Zero && exact[l][k].Sign >= 0))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }));

    [Test]
    public void Loss_HardNetwork_HoldsExactLoss() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var run = new Certified(draw);
        return HardNumbers.Holds(run.Loss.Midpoint, run.Loss.Radius, run.ExactLoss);
    }));

    [Test]
    public void Loss_ThresholdOneUlpBelowTheExactLoss_NeverCertified() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        // F ≤ ε is false for ε, the largest double below the exact F; certifying it takes an upper end at or below ε.
        var run = new Certified(draw);
        var ε = run.ExactLoss.ToDouble();
        while (double.IsFinite(ε) && BigRational.Exactly(ε) >= run.ExactLoss)
        {
            ε = Math.BitDecrement(ε);
        }

        return !run.Loss.IsRigorous || !double.IsFinite(ε) || run.Loss.Upper > ε;
    }));

    [Test]
    public void Gradient_HardNetwork_HoldsEveryDerivativeAndItsNorm() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var run = new Certified(draw);
        CertifiedGradient.Backward(run.Network, run.State, run.Radii);
        var norm = CertifiedGradient.SquaredFrobeniusNorm<T>(run.State, run.Radii, new T[CertifiedGradient.WorkspaceLength(run.State)]);
        var (inputs, targets) = (HardNetwork.Widened(draw.Inputs<T>()), HardNetwork.Widened(draw.Targets<T>()));
        BigRational squares = 0;
        for (var l = 1; l <= draw.Depth; l++)
        {
            var features = run.Features(l - 1);
            for (var (at, m) = (0, draw.Width); at < m * m; at++)
            {
                var exact = run.Oracle.LossDerivative(inputs, targets, draw.Samples, l, at / m, at % m);
                var ball = Ball.Exactly(0);
                for (var i = 0; i < draw.Samples; i++)
                {
                    ball += run.BallAt(run.State.Signals(l), run.Radii.Signals(l), at / m, i) * run.BallAt(features.Midpoints, features.Radii, at % m, i);
                }

                squares += exact * exact;
                if (!HardNumbers.Holds(ball.Midpoint, ball.Radius, exact))
                {
                    return false;
                }
            }
        }

        return HardNumbers.Holds(norm.Midpoint, norm.Radius, squares);
    }));

    [Test]
    public void TangentKernel_HardNetwork_HoldsEveryExactEntry() => Check.One(Cases.WithMaxTest(150), Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (network, oracle) = draw.Create<T>();
        var n = draw.Samples * draw.Outputs;
        var state = new BatchState<T>(network, n);
        var (radii, kernel, bounds) = (new BatchRadii<T>(network, state), new T[n * n], new T[n * n]);
        CertifiedTangentKernel.Compute<T>(network, draw.Inputs<T>(), state, radii, kernel, bounds, new T[CertifiedGradient.WorkspaceLength(state)]);
        var inputs = HardNetwork.Widened(draw.Inputs<T>());
        var derivatives = new List<BigRational[]>();
        for (var l = 1; l <= draw.Depth; l++)
        {
            for (var at = 0; at < draw.Width * draw.Width; at++)
            {
                derivatives.Add([.. Enumerable.Range(0, draw.Samples).SelectMany(i =>
                    oracle.OutputDerivative(inputs.AsSpan(i * draw.InputDimension, draw.InputDimension), l, at / draw.Width, at % draw.Width))]);
            }
        }

        return Enumerable.Range(0, n * n).All(at => HardNumbers.Holds(kernel[at], bounds[at], derivatives.Aggregate((BigRational)0, (sum, d) => sum + (d[at / n] * d[at % n]))));
    }));

    [Test]
    public void Midpoints_AnyNetwork_BitsOfThePlainPasses() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var run = new Certified(draw);
        CertifiedGradient.Backward(run.Network, run.State, run.Radii);
        var plain = new BatchState<T>(run.Network, draw.Samples);
        run.Network.Forward(draw.Inputs<T>(), plain);
        var loss = SquaredLoss.Evaluate<T>(plain, draw.Targets<T>());
        run.Network.Backward(plain);
        return Enumerable.Range(0, draw.Depth + 1).All(l => plain.PreActivations(l).SequenceEqual(run.State.PreActivations(l)) && plain.Features(l).SequenceEqual(run.State.Features(l)))
            && Enumerable.Range(1, draw.Depth).All(l => plain.Signals(l).SequenceEqual(run.State.Signals(l)))
            && plain.Output.AsSpan().SequenceEqual(run.State.Output) && (typeof(T) == typeof(float) || double.CreateTruncating(loss).Equals(run.Loss.Midpoint));
    }));

    [Test]
    public void TangentKernel_Midpoints_BitsOfThePlainKernel()
    {
        var draw = new HardNetwork(NumberKind.Ordinary, 3, 3, 4, 2, 2, 1);
        var (network, _) = draw.Create<T>();
        var (state, other) = (new BatchState<T>(network, 6), new BatchState<T>(network, 6));
        var (kernel, bounds, plain) = (new T[36], new T[36], new T[36]);
        CertifiedTangentKernel.Compute<T>(network, draw.Inputs<T>(), state, new BatchRadii<T>(network, state), kernel, bounds, new T[CertifiedGradient.WorkspaceLength(state)]);
        TangentKernel.Compute<T>(network, draw.Inputs<T>(), other, plain, new T[72]);
        Assert.That(kernel, Is.EqualTo(plain));
        Assert.That(bounds, Is.All.GreaterThan(T.Zero));
    }

    [Test]
    public void Passes_RadiiOfAnotherState_Throw()
    {
        var (network, _) = new HardNetwork(NumberKind.Ordinary, 1, 2, 3, 1, 1, 1).Create<T>();
        var (state, other) = (new BatchState<T>(network, 1), new BatchState<T>(network, 100));
        Assert.That(() => CertifiedForward.Run<T>(network, new T[2], state, new BatchRadii<T>(network, other)), Throws.ArgumentException.With.Message.Contains("another state"));
    }

    /// <summary>A certified forward pass and loss beside the oracle.</summary>
    private sealed class Certified
    {
        public Certified(HardNetwork draw)
        {
            (Network, Oracle) = draw.Create<T>();
            State = new(Network, draw.Samples);
            Radii = new(Network, State);
            CertifiedForward.Run<T>(Network, draw.Inputs<T>(), State, Radii);
            Loss = CertifiedLoss.Evaluate<T>(State, Radii, draw.Targets<T>());
            ExactLoss = Oracle.Loss(HardNetwork.Widened(draw.Inputs<T>()), HardNetwork.Widened(draw.Targets<T>()), draw.Samples);
        }

        public FullyConnected<T> Network { get; }

        public RationalNetwork Oracle { get; }

        public BatchState<T> State { get; }

        public BatchRadii<T> Radii { get; }

        public Ball Loss { get; }

        public BigRational ExactLoss { get; }

        public BallSpan<T> Features(int layer)
        {
            var features = new BallSpan<T>(new T[State.Features(layer).Length], new T[State.Features(layer).Length]);
            BallVector.Rectify(new BallSpan<T>(State.PreActivations(layer), Radii.PreActivations(layer)), features);
            return features;
        }

        public Ball BallAt(ReadOnlySpan<T> midpoints, ReadOnlySpan<T> radii, int feature, int sample) =>
            new(double.CreateTruncating(midpoints[(feature * State.Stride) + sample]), double.CreateTruncating(radii[(feature * State.Stride) + sample]));
    }
}
