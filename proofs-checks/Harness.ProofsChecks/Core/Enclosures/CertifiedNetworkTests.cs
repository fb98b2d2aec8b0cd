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

    /// <summary>F is the sum of what the loss encloses sample by sample, and so are the derivatives; a float keeps of them what it can, and says how far that is away.</summary>
    [Test]
    public void Loss_OfAnyKind_IsTheSumOverSamples([ValueSource(typeof(Loss), nameof(Loss.All))] Loss loss)
    {
        const int Samples = 3, Outputs = 2;
        var network = new HardNetwork(NumberKind.Ordinary, Samples, 2, 3, 1, Outputs, 1).Create<T>();
        var (state, targets) = (new BatchState<T>(network, Samples), new T[Samples * Outputs]);
        var radii = new BatchRadii<T>(network, state);
        for (var e = 0; e < targets.Length; e++)
        {
            // One class of two, which every loss takes; a score, with a radius that the gradient has to carry.
            var (i, j) = (e / Outputs, e % Outputs);
            targets[e] = i % Outputs == j ? T.One : T.Zero;
            var at = (j * state.Stride) + i;
            (state.Output[at], radii.Output[at]) = (T.CreateTruncating(0.1 + (0.3 * e)), T.CreateTruncating(0.001 * (e + 1)));
        }

        var total = CertifiedLoss.Evaluate<T>(state, radii, targets, loss);
        var sum = Ball.Exactly(0);
        for (var i = 0; i < Samples; i++)
        {
            var (z, y, gradient) = (new Ball[Outputs], new double[Outputs], new Ball[Outputs]);
            for (var j = 0; j < Outputs; j++)
            {
                z[j] = At(state.Output, radii.Output, i, j);
                y[j] = double.CreateTruncating(targets[(i * Outputs) + j]);
            }

            sum += loss.Enclose(z, y, gradient);
            for (var j = 0; j < Outputs; j++)
            {
                var kept = At(state.OutputSignal, radii.OutputSignal, i, j);
                Assert.That(kept.Midpoint, Is.EqualTo(double.CreateTruncating(T.CreateTruncating(gradient[j].Midpoint))));
                Assert.That(kept.Radius, Is.InRange(gradient[j].Radius + Math.Abs(kept.Midpoint - gradient[j].Midpoint), (gradient[j].Radius * (1 + 1e-6)) + Math.Abs(kept.Midpoint - gradient[j].Midpoint)));
            }
        }

        Assert.That(total, Is.EqualTo(sum));

        Ball At(T[] midpoints, T[] bounds, int i, int j) => new(double.CreateTruncating(midpoints[(j * state.Stride) + i]), double.CreateTruncating(bounds[(j * state.Stride) + i]));
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
