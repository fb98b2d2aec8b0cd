using Harness.Claims;
using Harness.Claims.Exact;
using Harness.Core.Training;
using Harness.Reports.Certificates;
using Harness.Reports.Runs;
using Harness.ReportsChecks.Files;
using Harness.ReportsChecks.Runs;
using NUnit.Framework;

namespace Harness.ReportsChecks.Certificates;

/// <summary>
/// From training to a certificate and back for every network, every loss, the paper's layers trained or all of them: what is enclosed is so in both precisions, the check by other means and the script in another language confirm it, and
/// neither believes a bound that is moved by what double precision leaves open.
/// </summary>
public sealed class EveryArchitectureTests
{
    private const string Python = "/usr/bin/python3";

    private static readonly Architecture[] Architectures =
        [new Architecture.FullyConnected(), new Architecture.Convolutional(SmallSnapshots.Height, SmallSnapshots.Width, 2, 3), new Architecture.Residual(), new Architecture.Residual(0.7)];

    private static IEnumerable<TestCaseData> Runs() =>
        from architecture in Architectures
        from loss in Loss.All
        from trainsAll in new[] { false, true }
        select new TestCaseData(new TrainingSettings(architecture, Width: 4, Depth: 3, trainsAll, loss, Batch: null, Rate: 0.02, Seed: 7))
            .SetArgDisplayNames(architecture.ToString(), loss.Name, trainsAll ? "all layers" : "hidden layers");

    /// <summary>Exact arithmetic takes its time: smaller networks, and A and B trained with every other loss.</summary>
    private static IEnumerable<TestCaseData> RunsForTheScript() =>
        from architecture in Architectures
        from loss in Loss.All.Index()
        let settings = new TrainingSettings(architecture, Width: 3, Depth: 2, TrainsAllLayers: loss.Index % 2 == 1, loss.Item, Batch: null, Rate: 0.02, Seed: 7)
        select new TestCaseData(settings).SetArgDisplayNames(architecture.ToString(), loss.Item.Name);

    [TestCaseSource(nameof(Runs))]
    public void Check_CertificateOfEitherPrecision_ConfirmsEveryStatement(TrainingSettings settings)
    {
        using var folder = new TemporaryFolder();
        var trained = Train(folder, settings);
        var plain = Certifier.Enclose(trained);
        Assert.That(plain.Subject, Has.Property(nameof(Subject.Loss)).EqualTo(settings.Loss.Name).And.Property(nameof(Subject.TrainsAllLayers)).EqualTo(settings.TrainsAllLayers));
        Assert.That(plain.Distances, Has.Count.EqualTo(settings.TrainsAllLayers ? 5 : 3));
        Assert.That(plain.Kernel, Is.Not.Null);
        Assert.That(CertificateCheck.Check(plain, trained).Where(s => s.Verdict != Verdict.Holds), Is.Empty);

        // Asked for what double precision leaves open, the retry decides; it lies within what was known before.
        var asked = Certifier.Enclose(trained, plain.Loss.AtLeast);
        Assert.That(asked.Precisions.Loss, Is.EqualTo(ProofPrecision.DoubleDouble));
        Assert.That(asked.Loss.AtMost - asked.Loss.AtLeast, Is.LessThanOrEqualTo(plain.Loss.AtMost - plain.Loss.AtLeast));
        Assert.That(CertificateCheck.Check(asked, trained).Where(s => s.Verdict != Verdict.Holds), Is.Empty);
    }

    [TestCaseSource(nameof(Runs))]
    public void Check_LossBeyondItsRadius_IsRefuted(TrainingSettings settings)
    {
        using var folder = new TemporaryFolder();
        var trained = Train(folder, settings);
        var certificate = Certifier.Enclose(trained);
        foreach (var forged in new[] { new Harness.Reports.Certificates.Range(0, double.BitDecrement(certificate.Loss.AtLeast)), new(double.BitIncrement(certificate.Loss.AtMost), double.MaxValue) })
        {
            Assert.That(CertificateCheck.Check(certificate with { Loss = forged }, trained)[0].Verdict, Is.EqualTo(Verdict.Violated));
        }
    }

    [TestCaseSource(nameof(Runs))]
    public void Enclose_SquaredLoss_HoldsTheExactValues(TrainingSettings settings)
    {
        using var folder = new TemporaryFolder();
        var trained = Train(folder, settings with { Loss = Loss.Squared, Width = 3, Depth = 2 });
        var (truth, certificate) = (new ExactTruth(trained), Certifier.Enclose(trained));
        Assert.That(truth.Loss, Is.InRange(BigRational.Exactly(certificate.Loss.AtLeast), BigRational.Exactly(certificate.Loss.AtMost)));
        Assert.That(truth.SquaredGradientNorm, Is.InRange(Square(certificate.GradientNorm!.AtLeast), Square(certificate.GradientNorm.AtMost)));

        static BigRational Square(double x) => BigRational.Exactly(x) * BigRational.Exactly(x);
    }

    [RequiredPackage("python3", Python)]
    [TestCaseSource(nameof(RunsForTheScript))]
    public void Recheck_ByTheScript_FindsEveryStatementTrue(TrainingSettings settings)
    {
        using var folder = new TemporaryFolder();
        var trained = Train(folder, settings);
        Certifier.Enclose(trained).Write(folder["c.json"]);
        var (exitCode, output) = RecheckScriptTests.Recheck(folder["c.json"], trained.Path);
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain($"{settings.Loss.Name} loss").And.Contain("true: F(W)").And.Contain("true: the gradient's norm").And.Contain("true: no eigenvalue").And.Not.Contain("FALSE"));
    }

    [RequiredPackage("python3", Python)]
    [Test]
    public void Recheck_BoundsMovedByTheirRadius_FindsThemFalse([Values("squared", "cross-entropy", "logistic", "gradient-dominant", "bounded")] string loss)
    {
        using var folder = new TemporaryFolder();
        var trained = Train(folder, new(new Architecture.Residual(), Width: 3, Depth: 2, TrainsAllLayers: true, Loss.All.First(l => l.Name == loss), Batch: null, Rate: 0.02, Seed: 7));
        var certificate = Certifier.Enclose(trained);
        var forged = certificate with
        {
            Loss = certificate.Loss with { AtLeast = 0, AtMost = double.BitDecrement(certificate.Loss.AtLeast) }, GradientNorm = certificate.GradientNorm! with { AtMost = certificate.GradientNorm.AtLeast },
        };
        forged.Write(folder["c.json"]);
        var (exitCode, output) = RecheckScriptTests.Recheck(folder["c.json"], trained.Path);
        Assert.That(exitCode, Is.EqualTo(10), output);
        Assert.That(output, Does.Contain("FALSE: F(W)").And.Contain("FALSE: the gradient's norm"));
    }

    private static TrainedNetwork Train(TemporaryFolder folder, TrainingSettings settings)
    {
        SmallSnapshots.Write<double>(folder["net.npz"], settings);
        return TrainedNetwork.Read(folder["net.npz"]);
    }
}
