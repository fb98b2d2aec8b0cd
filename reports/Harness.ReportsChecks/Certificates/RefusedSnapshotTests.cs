using Harness.ReportsChecks.Cli;
using NUnit.Framework;

namespace Harness.ReportsChecks.Certificates;

/// <summary>Snapshots of another program that nothing can be certified of: the command says what is wrong, where, and what would be right, ends with exit code 1 and writes nothing.</summary>
public sealed class RefusedSnapshotTests : CliFixture
{
    [TestCase("refused-big-endian", "[A.npy]", "'>f8'", "astype('<f8')")]
    [TestCase("refused-half-precision", "[A.npy]", "'<f2'", "astype('<f8')")]
    [TestCase("refused-objects", "[W1.npy]", "'|O'", "astype('<f8')")]
    [TestCase("refused-vector", "A of shape (6)", "must be a matrix")]
    [TestCase("refused-transposed-inputs", "X of shape (3, 4)", "must be (3, 3)")]
    [TestCase("refused-missing-outputs", "no array B", "A, W1…, B, X and Y")]
    [TestCase("refused-gap", "W3", "numbered without a gap")]
    [TestCase("refused-lonely-initial-state", "W2_init", "all of them or none")]
    [TestCase("refused-nan", "NaN in W2[3, 1]")]
    [TestCase("refused-infinity", "-Infinity in W2[3, 1]")]
    [TestCase("refused-overflow", "the loss overflows double precision")]
    [TestCase("refused-truncated", "damaged")]
    public void Certify_Unusable_IsRefusedWithPlaceAndRemedy(string name, params string[] parts)
    {
        File.Copy(SnapshotFiles.Path(name), Path.Combine(Folder, "net.npz"));
        var finished = Run("certify", "net.npz", "--loss-below", "1");
        Assert.That(finished.ExitCode, Is.EqualTo(1), finished.Output + finished.Error);
        Assert.That(finished.Error, Does.StartWith("harness: net.npz"));
        Assert.That(parts.Where(part => !finished.Error.Contains(part, StringComparison.Ordinal)), Is.Empty, finished.Error);
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(1));
    }
}
