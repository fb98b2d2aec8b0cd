using Harness.Claims;
using Harness.Claims.Exact;
using Harness.Reports.Certificates;
using NUnit.Framework;

namespace Harness.ReportsChecks.Certificates;

/// <summary>
/// Certificates of adversarial networks in NumPy's own files (Snapshots/make_snapshots.py) against exact rational arithmetic: every interval holds the truth, what is false by one unit in the last place is never proved, what is true is never
/// refuted, and the check by other means confirms every certificate.
/// </summary>
public sealed class AdversarialSnapshotTests
{
    private static readonly string[] Snapshots =
    [
        "ordinary", "fortran-order", "single-precision", "graded", "exact-ties", "large", "nearly-tied-signs", "nearly-tied-outputs", "interpolated", "subnormal", "one-eighth",
    ];

    /// <summary>Not where F is all rounding error, nor where it hangs on less than the floor of a radius.</summary>
    private static IEnumerable<string> SnapshotsWithALossBeyondItsRadius => Snapshots.Except(["interpolated", "subnormal"]);

    [TestCaseSource(nameof(Snapshots))]
    public void Enclose_AdversarialNetwork_EveryIntervalHoldsTheExactValue(string name)
    {
        var trained = Read(name);
        var (truth, certificate) = (new ExactTruth(trained), Certifier.Enclose(trained));
        Assert.That(truth.Loss, Is.InRange(BigRational.Exactly(certificate.Loss.AtLeast), BigRational.Exactly(certificate.Loss.AtMost)));
        Assert.That(truth.SquaredGradientNorm, Is.InRange(Square(certificate.GradientNorm!.AtLeast), Square(certificate.GradientNorm.AtMost)));
        if (certificate.Classification is { } found)
        {
            var leads = truth.Leads().ToList();
            Assert.That(found.Correct, Is.EqualTo(leads.Count(lead => lead.Sign > 0)));
            Assert.That(found.Wrong, Is.EqualTo(leads.Count(lead => lead.Sign <= 0)));
            Assert.That(leads, Is.All.GreaterThanOrEqualTo(BigRational.Exactly(found.LeastMargin)));
        }

        static BigRational Square(double x) => BigRational.Exactly(x) * BigRational.Exactly(x);
    }

    [TestCaseSource(nameof(Snapshots))]
    public void LossBelow_FalseByOneUlp_NeverProved(string name)
    {
        var trained = Read(name);
        var ε = double.BitDecrement(new ExactTruth(trained).LossRoundedUp);
        var certificate = Certifier.Enclose(trained, ε);
        Assert.That(certificate.Loss.AtMost, Is.GreaterThan(ε));

        // Nor does the check believe who says so.
        var forged = certificate with { Loss = certificate.Loss with { AtMost = ε }, LossBelow = ε };
        Assert.That(CertificateCheck.Check(forged, trained).Where(s => s.Statement.StartsWith("F(W)", StringComparison.Ordinal)).Select(s => s.Verdict), Is.All.Not.EqualTo(Verdict.Holds));
        Assert.That(CertificateCheck.Check(forged, trained).Select(s => s.Verdict), Has.Some.Not.EqualTo(Verdict.Holds));
    }

    [TestCaseSource(nameof(Snapshots))]
    public void LossBelow_True_NeverRefuted(string name)
    {
        var trained = Read(name);
        var ε = new ExactTruth(trained).LossRoundedUp;
        Assert.That(Certifier.Enclose(trained, ε).Loss.AtLeast, Is.LessThanOrEqualTo(ε));
    }

    [TestCaseSource(nameof(SnapshotsWithALossBeyondItsRadius))]
    public void LossBelow_TrueByOneUlp_ProvedByTheRetry(string name)
    {
        var trained = Read(name);
        var ε = double.BitIncrement(new ExactTruth(trained).LossRoundedUp);
        var certificate = Certifier.Enclose(trained, ε);
        Assert.That(certificate.Precisions.Loss, Is.EqualTo(ProofPrecision.DoubleDouble));
        Assert.That(certificate.Loss.AtMost, Is.LessThanOrEqualTo(ε));
        Assert.That(CertificateCheck.Check(certificate with { LossBelow = ε }, trained).Select(s => s.Verdict), Is.All.EqualTo(Verdict.Holds));
    }

    [TestCase("exact-ties")]
    [TestCase("one-eighth")]
    public void LossBelow_EqualToALossWithoutRounding_Proved(string name)
    {
        var trained = Read(name);
        var truth = new ExactTruth(trained);
        Assert.That(BigRational.Exactly(truth.LossRoundedUp), Is.EqualTo(truth.Loss), "the loss is a number in double precision");
        var certificate = Certifier.Enclose(trained, truth.LossRoundedUp);
        Assert.That(certificate.Loss, Is.EqualTo(new Harness.Reports.Certificates.Range(truth.LossRoundedUp, truth.LossRoundedUp)));
        Assert.That(certificate.OpenSigns, Is.Zero, "a tie without rounding is certain");
    }

    [TestCaseSource(nameof(Snapshots))]
    public void Check_CertificateOfEitherPrecision_ConfirmsEveryStatement(string name)
    {
        var trained = Read(name);
        var plain = Certifier.Enclose(trained);
        var asked = Certifier.Enclose(trained, plain.Loss.AtLeast);
        Assert.That(asked.Precisions.Loss, Is.EqualTo(ProofPrecision.DoubleDouble));
        Assert.That(CertificateCheck.Check(plain, trained).Concat(CertificateCheck.Check(asked, trained)).Where(s => s.Verdict != Verdict.Holds), Is.Empty);
    }

    [Test]
    public void Enclose_SinglePrecisionWeights_EvaluatedInDouble()
    {
        // A pass in single precision has radii of 2⁻²⁴ a rounding at the very least.
        var certificate = Certifier.Enclose(Read("single-precision"));
        Assert.That(certificate.Loss.AtMost - certificate.Loss.AtLeast, Is.LessThan(Math.ScaleB(certificate.Loss.AtMost, -40)));
    }

    [Test]
    public void Enclose_FortranOrder_TheSameStatements()
    {
        var (one, other) = (Certifier.Enclose(Read("ordinary")), Certifier.Enclose(Read("fortran-order")));
        Assert.That(other with { Subject = one.Subject, Distances = one.Distances }, Is.EqualTo(one));
        Assert.That(other.Distances, Is.EqualTo(one.Distances));
    }

    private static TrainedNetwork Read(string name) => TrainedNetwork.Read(SnapshotFiles.Path(name));
}
