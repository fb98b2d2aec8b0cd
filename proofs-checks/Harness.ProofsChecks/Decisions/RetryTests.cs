using FsCheck;
using FsCheck.Fluent;
using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using Harness.ProofsChecks.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>What double precision leaves open is measured again in double-double, and only that; and no precision certifies what is false.</summary>
public sealed class RetryTests
{
    private static readonly Paper Paper = new("planted", "Nobody", "On planted overlaps", "none");

    [Test]
    public void Observe_PlantedOverlap_IsUndecidedInDoubleAndDecidedByTheRetry()
    {
        var plain = Execute(Planted("F ≤ ε", (instance, _) => Against(instance, Arithmetic.Double)));
        var retried = Execute(Planted("F ≤ ε", Against));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plain.Findings[0].Decision.Verdict, Is.EqualTo(Verdict.Undecided), plain.Findings[0].Decision.Because);
            Assert.That(plain.Findings[0].Decision.Because, Does.StartWith("2 of 2 overlap, smallest radius"));
            Assert.That((retried.Findings[0].Decision.Verdict, retried.Findings[0].Decision.IsCertified), Is.EqualTo((Verdict.Holds, true)), retried.Findings[0].Decision.Because);
            Assert.That(retried.SenseOf(retried.Findings[0]), Is.EqualTo("certified on 2 instances"));
            Assert.That(retried.Findings[0].Scope, Does.EndWith("2 measured again at higher precision"));
        }
    }

    [Test]
    public void Observe_DecidedInDouble_IsNotMeasuredAgain()
    {
        var claim = Planted("F ≤ 2F", (instance, arithmetic) => arithmetic == Arithmetic.Double
            ? new(instance.EncloseLoss(arithmetic)) { Bound = Ball.Exactly(2 * instance.Loss()) }
            : throw new InvalidOperationException("a decided trial was measured again"));
        Assert.That(Execute(claim).Findings[0].Decision.IsCertified, Is.True);
    }

    [Test]
    public void Observe_StatementFalseByOneUlp_IsNeverCertified() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(HardNetwork.Any, draw =>
    {
        var network = draw.Create<double>();
        var (inputs, targets, exact) = (draw.Inputs<double>(), draw.Targets<double>(), draw.Exact(network).Loss().ToRational());
        var ε = exact.ToDouble();
        while (double.IsFinite(ε) && BigRational.Exactly(ε) >= exact)
        {
            ε = Math.BitDecrement(ε);
        }

        var variables = Variables.None.With("n", draw.Samples).With("m", draw.Width).With("L", draw.Depth).With("d", draw.Outputs);
        var claim = Planted("F ≤ ε", new(Cell, "one hard network", false, trial => new(new(variables, RandomStream.FromSeed(1), null, Profile.Gate), inputs, targets, network)),
            (instance, arithmetic) => new(instance.EncloseLoss(arithmetic)) { Bound = Ball.Exactly(ε) });
        var decision = Execute(claim).Findings[0].Decision;
        return !double.IsFinite(ε) || decision is not { Verdict: Verdict.Holds, IsCertified: true };
    }));

    private static Domain Cell => Domain.Filling(1, 2, Ranges.n(2, 3), Ranges.m(64), Ranges.L(3), Ranges.d(1));

    /// <summary>ε is above F by twice the radius that double-double needs: true, and far within what double precision can tell.</summary>
    private static Measurement Against(NetworkInstance instance, Arithmetic arithmetic)
    {
        var loss = instance.EncloseLoss(Arithmetic.DoubleDouble);
        return new(instance.EncloseLoss(arithmetic)) { Bound = Ball.Exactly(loss.Midpoint + (4 * loss.Radius)) };
    }

    private static Claim Planted(string statement, Func<NetworkInstance, Arithmetic, Measurement> measure) => Planted(statement, Networks.AtInitialisation(Cell), measure);

    private static Claim Planted(string statement, Generator<NetworkInstance> instances, Func<NetworkInstance, Arithmetic, Measurement> measure) => Claim
        .Named("planted.overlap").From(Paper, "Lemma 1").States(statement).Given(instances).Observes("F", measure).AgainstItsOwnBound("ε").DecidedBy(Inequality.AtMost)
        .RefutedWhen("F is one larger", instance => new(instance.EncloseLoss(Arithmetic.Double) + Ball.Exactly(1)) { Bound = Ball.Exactly(instance.Loss()) }).Build();

    private static Harness.Claims.Outcome Execute(Claim claim) => new ClaimRun(claim, data: null).Execute(Profile.Gate, seed: 5, falseAlarm: 1e-8);
}
