using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>train: the snapshot has the documented arrays, and a plain evaluation of the paper's formulas on them agrees with what the core computed.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class TrainTests : CliFixture
{
    private const int Samples = 6, Width = 24, Steps = 5, Classes = 3, Inputs = 4;

    [SetUp]
    public void WriteSamples() => File.WriteAllText(Path.Combine(Folder, "points.csv"), "x,y,kind\n0,1,a\n1,0.5,b\n-1,2,c\n0.3,0.3,a\n2,-1,b\n-2,-2,c\n");

    [Test]
    public void Train_Snapshot_HasTheDocumentedArrays()
    {
        var arrays = Train("double");
        Assert.Multiple(() =>
        {
            Assert.That(arrays.Keys, Is.EquivalentTo(new[] { "A", "W1", "W1_init", "gradW1", "W2", "W2_init", "gradW2", "B", "X", "Y", "outputs", "loss", "rate", "K" }));
            Assert.That(arrays["A"].Shape, Is.EqualTo(new[] { Width, Inputs }));
            Assert.That(arrays["W2"].Shape, Is.EqualTo(new[] { Width, Width }));
            Assert.That(arrays["B"].Shape, Is.EqualTo(new[] { Classes, Width }));
            Assert.That(arrays["outputs"].Shape, Is.EqualTo(new[] { Samples, Classes }));
            Assert.That(arrays["loss"].Shape, Is.EqualTo(new[] { Steps + 1 }));
            Assert.That(arrays["K"].Shape, Is.EqualTo(new[] { Samples * Classes, Samples * Classes }));
            Assert.That(arrays["rate"].Values.Single(), Is.EqualTo(Classes / (double)(Samples * 2 * Width)));
        });
    }

    // 1e-12 and 1e-5 are what the project promises to independent implementations. An output is sums of at most 24 products through four layers of
    // norm about 1, so its rounding is about 4·24·u: 1e-14 in double and 6e-6 in float. ‖∇F‖² and vᵀKv are quadratic and sum over 1152 entries.
    [TestCase("double", 1e-12)]
    [TestCase("float", 1e-5)]
    public void Train_Snapshot_AgreesWithThePapersFormulas(string precision, double tolerance)
    {
        var arrays = Train(precision);
        var (loss, kernelForm, gradient) = (0.0, 0.0, 0.0);
        var residual = new double[Samples * Classes];
        for (var i = 0; i < Samples; i++)
        {
            var x = Enumerable.Range(0, Inputs).Select(k => arrays["X"][i, k]).ToArray();
            var y = Times(arrays["B"], Rectified(Times(arrays["W2"], Rectified(Times(arrays["W1"], Rectified(Times(arrays["A"], x)))))));
            for (var j = 0; j < Classes; j++)
            {
                Assert.That(arrays["outputs"][i, j], Is.EqualTo(y[j]).Within(tolerance * Math.Max(1, Math.Abs(y[j]))));
                residual[(i * Classes) + j] = y[j] - arrays["Y"][i, j];
                loss += 0.5 * residual[(i * Classes) + j] * residual[(i * Classes) + j];
            }
        }

        for (var p = 0; p < residual.Length; p++)
        {
            for (var q = 0; q < residual.Length; q++)
            {
                kernelForm += residual[p] * arrays["K"][p, q] * residual[q];
            }
        }

        gradient = arrays["gradW1"].Values.Concat(arrays["gradW2"].Values).Sum(g => g * g);
        Assert.That(arrays["loss"].Values[^1], Is.EqualTo(loss).Within(tolerance * loss));
        Assert.That(gradient, Is.EqualTo(kernelForm).Within(10 * tolerance * kernelForm), "‖∇F‖² = vᵀKv");
    }

    [Test]
    public void Train_LossCurve_FallsFromTheInitialWeights()
    {
        var losses = Train("double")["loss"].Values;
        Assert.That(losses, Is.Ordered.Descending);
    }

    [Test]
    public void Train_RateTooLarge_SaysSoAndWritesNothing()
    {
        var finished = Run("train", "--data", "points.csv", "--width", "24", "--steps", "60", "--rate", "1e200", "--snapshot", "net.npz");
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error, Does.Contain("the rate is too large"));
        Assert.That(File.Exists(Path.Combine(Folder, "net.npz")), Is.False);
    }

    private static double[] Times(NpyArray matrix, double[] vector) =>
        [.. Enumerable.Range(0, matrix.Shape[0]).Select(r => Enumerable.Range(0, matrix.Shape[1]).Sum(k => matrix[r, k] * vector[k]))];

    private static double[] Rectified(double[] vector) => [.. vector.Select(v => Math.Max(v, 0))];

    private IReadOnlyDictionary<string, NpyArray> Train(string precision)
    {
        var finished = Run("train", "--data", "points.csv", "--width", $"{Width}", "--depth", "2", "--steps", $"{Steps}", "--precision", precision, "--snapshot", "net.npz");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        return NpzFile.Read(Path.Combine(Folder, "net.npz"));
    }
}
