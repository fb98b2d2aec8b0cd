using System.Text.Json.Nodes;
using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>certify: what is true of a snapshot is proved, what is false is refuted, what is neither is left open, and nothing damaged or changed is certified.</summary>
public sealed class CertifyTests : CliFixture
{
    private const string Snapshot = "net.npz", Certificate = "net.certificate.json";

    [SetUp]
    public void Train()
    {
        File.WriteAllText(Path.Combine(Folder, "points.csv"), "x,y,kind\n0,1,a\n1,0.5,b\n-1,2,c\n0.3,0.3,a\n2,-1,b\n-2,-2,c\n");
        var finished = Run("train", "--data", "points.csv", "--width", "40", "--depth", "2", "--steps", "30", "--snapshot", Snapshot);
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
    }

    [Test]
    public void Certify_TrueStatements_WritesACertificateThatChecks()
    {
        var loss = NpzFile.Read(Path.Combine(Folder, Snapshot))["loss"].Values[^1];
        var finished = Run("certify", Snapshot, "--loss-below", $"{1.000001 * loss:R}", "--accuracy", "0");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        var certificate = Read();
        Assert.Multiple(() =>
        {
            Assert.That((double)certificate["loss"]!["atLeast"]!, Is.LessThanOrEqualTo(loss));
            Assert.That((double)certificate["loss"]!["atMost"]!, Is.GreaterThanOrEqualTo(loss));
            Assert.That((double)certificate["kernel"]!["smallestAtLeast"]!, Is.Positive, "the kernel of six different samples");
            Assert.That(certificate["distances"]!.AsArray(), Has.Count.EqualTo(2));
        });

        var check = Run("certify", "--check", Certificate, Snapshot);
        Assert.That(check.ExitCode, Is.Zero, check.Output + check.Error);
        Assert.That(check.Output, Does.Not.Contain("undecided").And.Not.Contain("REFUTED"));
    }

    [Test]
    public void Certify_FalseStatement_IsRefutedAndWritesNothing()
    {
        Assert.That(Run("certify", Snapshot).ExitCode, Is.Zero);
        var lower = (double)Read()["loss"]!["atLeast"]!;
        File.Delete(Path.Combine(Folder, Certificate));

        // One unit in the last place below what is proved to be exceeded.
        var finished = Run("certify", Snapshot, "--loss-below", $"{double.BitDecrement(lower):R}");
        Assert.That(finished.ExitCode, Is.EqualTo(10), finished.Output);
        Assert.That(finished.Output, Does.Contain("REFUTED"));
        Assert.That(File.Exists(Path.Combine(Folder, Certificate)), Is.False);
    }

    [Test]
    public void Certify_StatementWithinTheRadius_IsDecidedByTheRetry()
    {
        Assert.That(Run("certify", Snapshot).ExitCode, Is.Zero);
        Assert.That((string?)Read()["precisions"]!["loss"], Is.EqualTo("double"));
        var upper = (double)Read()["loss"]!["atMost"]!;
        var finished = Run("certify", Snapshot, "--loss-below", $"{double.BitDecrement(upper):R}");
        Assert.That(finished.ExitCode, Is.Zero, finished.Output);
        Assert.That(finished.Output, Does.Contain("double-double"));
        Assert.That((string?)Read()["precisions"]!["loss"], Is.EqualTo("double-double"));
        Assert.That(Run("certify", "--check", Certificate, Snapshot).ExitCode, Is.Zero);

        // Between its ends nothing more is known.
        var lower = (double)Read()["loss"]!["atLeast"]!;
        File.Delete(Path.Combine(Folder, Certificate));
        finished = Run("certify", Snapshot, "--loss-below", $"{lower:R}");
        Assert.That(finished.ExitCode, Is.EqualTo(20), finished.Output);
        Assert.That(File.Exists(Path.Combine(Folder, Certificate)), Is.False);
    }

    [Test]
    public void Certify_SnapshotOfAnotherProgram_NeedsOnlyWeightsAndSamples()
    {
        // One hidden neuron pair: y = φ(φ(x₁)) − φ(φ(x₂)), known in the head. Loss ½((1 − 1)² + (−1 + 0.5)²) = 1/8, both signs right.
        NpzFile.Write(Path.Combine(Folder, "other.npz"), archive =>
        {
            archive.Add<float>("A", [1, 0, 0, 1], 2, 2);
            archive.Add<float>("W1", [1, 0, 0, 1], 2, 2);
            archive.Add<float>("B", [1, -1], 1, 2);
            archive.Add<float>("X", [1, 0, 0, 1], 2, 2);
            archive.Add<double>("Y", [1, -0.5], 2, 1);
        });
        var finished = Run("certify", "other.npz", "--loss-below", "0.125000001", "--accuracy", "1.0", "--out", "proof.json");
        Assert.That(finished.ExitCode, Is.Zero, finished.Output + finished.Error);
        Assert.That(Run("certify", "--check", "proof.json", "other.npz").ExitCode, Is.Zero);
    }

    [Test]
    public void Check_ChangedSnapshot_IsRefused()
    {
        Assert.That(Run("certify", Snapshot).ExitCode, Is.Zero);
        Rewrite((name, values) => values[0] = name == "W1" ? double.BitIncrement(values[0]) : values[0]);
        var check = Run("certify", "--check", Certificate, Snapshot);
        Assert.That(check.ExitCode, Is.EqualTo(1));
        Assert.That(check.Error, Does.Contain("is not about"));
    }

    // Each claims a little more than is true, or than can be proved; none may pass.
    [TestCase("loss", "atMost", 0.5)]
    [TestCase("gradientNorm", "atMost", 0.9)]
    [TestCase("kernel", "smallestAtLeast", 1.5)]
    [TestCase("classification", "leastMargin", double.NaN)]
    public void Check_ChangedCertificate_IsNotProved(string part, string bound, double factor)
    {
        Assert.That(Run("certify", Snapshot).ExitCode, Is.Zero);
        var certificate = Read();
        certificate[part]![bound] = double.IsNaN(factor) ? 1e3 : factor * (double)certificate[part]![bound]!;
        File.WriteAllText(Path.Combine(Folder, Certificate), certificate.ToJsonString());
        Assert.That(Run("certify", "--check", Certificate, Snapshot).ExitCode, Is.AnyOf(10, 20));
    }

    [Test]
    public void Certify_NumberThatIsNone_IsRefusedWithItsPlace()
    {
        Rewrite((name, values) => values[41] = name == "W2" ? double.NaN : values[41]);
        var finished = Run("certify", Snapshot);
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error, Does.Contain("NaN in W2[1, 1]"));
    }

    // y = 1.5·10³⁰⁸ + 1 − 1.5·10³⁰⁸ = 1, so F = ½; in double precision the 1 is lost and F is 0 with a radius that overflows. That zero must not be taken for a proof.
    [Test]
    public void Certify_RadiusThatOverflows_IsRefused()
    {
        NpzFile.Write(Path.Combine(Folder, "huge.npz"), archive =>
        {
            archive.Add<double>("A", [1, 0, 0, 0, 1, 0, 0, 0, 1], 3, 3);
            archive.Add<double>("W1", [1e308, 1, -1e308, 0, 0, 0, 0, 0, 0], 3, 3);
            archive.Add<double>("B", [1, 0, 0], 1, 3);
            archive.Add<double>("X", [1.5, 1, 1.5], 1, 3);
            archive.Add<double>("Y", [0], 1, 1);
        });
        var finished = Run("certify", "huge.npz", "--loss-below", "0.1");
        Assert.That(finished.ExitCode, Is.EqualTo(1), finished.Output + finished.Error);
        Assert.That(finished.Error, Does.Contain("overflows"));
        Assert.That(File.Exists(Path.Combine(Folder, "huge.certificate.json")), Is.False);
    }

    [Test]
    public void Certify_ShapeThatDoesNotFit_IsRefused()
    {
        NpzFile.Write(Path.Combine(Folder, "odd.npz"), archive =>
        {
            archive.Add<double>("A", new double[6], 2, 3);
            archive.Add<double>("W1", new double[6], 3, 2);
            archive.Add<double>("B", new double[2], 1, 2);
            archive.Add<double>("X", new double[3], 1, 3);
            archive.Add<double>("Y", new double[1], 1, 1);
        });
        var finished = Run("certify", "odd.npz");
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error, Does.Contain("W1 of shape (3, 2)").And.Contain("(2, 2)"));
    }

    [Test]
    public void Certify_TruncatedOrMissingFile_IsRefused()
    {
        var whole = File.ReadAllBytes(Path.Combine(Folder, Snapshot));
        File.WriteAllBytes(Path.Combine(Folder, "cut.npz"), whole[..(whole.Length / 2)]);
        foreach (var file in new[] { "cut.npz", "nowhere.npz" })
        {
            var finished = Run("certify", file);
            Assert.That(finished.ExitCode, Is.EqualTo(1), finished.Output);
            Assert.That(finished.Error, Does.Contain(file));
        }
    }

    private JsonNode Read() => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, Certificate)))!;

    /// <summary>Writes the snapshot again with changed numbers.</summary>
    private void Rewrite(Action<string, double[]> change)
    {
        var path = Path.Combine(Folder, Snapshot);
        var arrays = NpzFile.Read(path);
        NpzFile.Write(path, archive =>
        {
            foreach (var (name, array) in arrays.Where(a => a.Value.Values.Length > 41))
            {
                var values = (double[])array.Values.Clone();
                change(name, values);
                archive.Add<double>(name, values, array.Shape.AsSpan());
            }

            foreach (var (name, array) in arrays.Where(a => a.Value.Values.Length <= 41))
            {
                archive.Add<double>(name, array.Values, array.Shape.AsSpan());
            }
        });
    }
}
