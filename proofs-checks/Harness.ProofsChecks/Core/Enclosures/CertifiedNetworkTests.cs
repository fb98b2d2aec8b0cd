using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Fuzzing;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>The midpoints of certified passes are the plain passes, bit for bit. What the balls hold is fuzzed.</summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class CertifiedNetworkTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static Config Cases => PropertyCases.Of(300);

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
        var network = draw.Create<T>();
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
        var network = new HardNetwork(NumberKind.Ordinary, 1, 2, 3, 1, 1, 1).Create<T>();
        var (state, other) = (new BatchState<T>(network, 1), new BatchState<T>(network, 100));
        Assert.That(() => CertifiedForward.Run<T>(network, new T[2], state, new BatchRadii<T>(network, other)), Throws.ArgumentException.With.Message.Contains("another state"));
    }

    /// <summary>A certified forward pass and loss.</summary>
    private sealed class Certified
    {
        public Certified(HardNetwork draw)
        {
            Network = draw.Create<T>();
            State = new(Network, draw.Samples);
            Radii = new(Network, State);
            CertifiedForward.Run<T>(Network, draw.Inputs<T>(), State, Radii);
            Loss = CertifiedLoss.Evaluate<T>(State, Radii, draw.Targets<T>());
        }

        public FullyConnected<T> Network { get; }

        public BatchState<T> State { get; }

        public BatchRadii<T> Radii { get; }

        public Ball Loss { get; }
    }
}
