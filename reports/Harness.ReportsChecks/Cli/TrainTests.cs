using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>train: the snapshot has the documented arrays, and a plain evaluation of the paper's formulas on them agrees with what the core computed.</summary>
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
            Assert.That(arrays.Keys, Is.EquivalentTo(new[] { "A", "W1", "W1_init", "gradW1", "W2", "W2_init", "gradW2", "B", "X", "Y", "outputs", "loss", "rate", "batch", "loss_function", "network", "K" }));
            Assert.That(arrays["A"].Shape, Is.EqualTo(new[] { Width, Inputs }));
            Assert.That(arrays["W2"].Shape, Is.EqualTo(new[] { Width, Width }));
            Assert.That(arrays["B"].Shape, Is.EqualTo(new[] { Classes, Width }));
            Assert.That(arrays["outputs"].Shape, Is.EqualTo(new[] { Samples, Classes }));
            Assert.That(arrays["loss"].Shape, Is.EqualTo(new[] { Steps + 1 }));
            Assert.That(arrays["K"].Shape, Is.EqualTo(new[] { Samples * Classes, Samples * Classes }));
            Assert.That(arrays["batch"].Values.Single(), Is.EqualTo(Samples));
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

    [Test]
    public void Train_ConvolutionWithBatches_HasItsGridItsBatchAndAllGradients()
    {
        var arrays = Train("double", "--network", "convolutional", "--positions", "2x1", "--batch", "4", "--train-all", "--rate", "0.25d/m");
        Assert.Multiple(() =>
        {
            Assert.That(arrays["network"].Values.Single(), Is.EqualTo(1));
            Assert.That(arrays["positions"].Values, Is.EqualTo(new[] { 2, 1 }));
            Assert.That(arrays["filter"].Values, Is.EqualTo(new[] { 2, 1 }));
            Assert.That(arrays["batch"].Values.Single(), Is.EqualTo(4));
            Assert.That(arrays["rate"].Values.Single(), Is.EqualTo(0.25 * Classes / Width));
            Assert.That(arrays.Keys, Is.SupersetOf(new[] { "A_init", "gradA", "B_init", "gradB" }));
            Assert.That(arrays["A"].Shape, Is.EqualTo(new[] { Width, 2 * 2 }));
        });

        // One channel of features and a constant one, of norm one together; 2⁻⁵⁰ is above the 24 roundings of normalisation and of this sum.
        for (var i = 0; i < Samples; i++)
        {
            Assert.That(Enumerable.Range(0, 4).Sum(k => arrays["X"][i, k] * arrays["X"][i, k]), Is.EqualTo(1).Within(Math.ScaleB(1, -50)));
            Assert.That(arrays["X"][i, 2], Is.EqualTo(arrays["X"][i, 3]));
        }
    }

    [Test]
    public void Train_AutomaticRate_IsTheInverseOfTheLargestEigenvalueAtInitialisation()
    {
        // With so small a step the weights, and so K, are the initial ones to all digits; η is from above, so λ_max·η ≤ 1, and within the bound's 10⁻³ of it.
        var rate = Train("double")["rate"].Values.Single();
        var kernel = Train("double", "--steps", "1", "--rate", "1e-300")["K"];
        var (v, λ) = (Enumerable.Repeat(1.0, kernel.Shape[0]).ToArray(), 0.0);
        for (var step = 0; step < 200; step++)
        {
            var image = Times(kernel, v);
            λ = Math.Sqrt(image.Sum(x => x * x));
            v = [.. image.Select(x => x / λ)];
        }

        Assert.That(rate * λ, Is.GreaterThan(1 - 2e-3).And.LessThanOrEqualTo(1 + 1e-12));
    }

    [Test]
    public void Train_UntilAGoal_StopsAStepAfterTheFirstWeightsThatReachIt()
    {
        var losses = Train("double", "--steps", "5000", "--until-loss", "1.5")["loss"].Values;
        Assert.Multiple(() =>
        {
            Assert.That(losses, Has.Length.LessThan(5001));
            Assert.That(losses[^1], Is.LessThanOrEqualTo(1.5));
            Assert.That(losses[..^2], Has.All.GreaterThan(1.5), "a step has its loss before it moves");
            Assert.That(losses[^2], Is.LessThanOrEqualTo(1.5));
        });
    }

    [TestCase("expected fully-connected, convolutional or residual", "--network", "recurrent")]
    [TestCase("such as 8x8", "--network", "convolutional", "--positions", "8")]
    [TestCase("for the 2 features", "--network", "convolutional", "--positions", "2x2")]
    [TestCase("larger than the grid of 1x2", "--network", "convolutional", "--filter", "1x3")]
    [TestCase("belongs to --network convolutional", "--filter", "1x1")]
    [TestCase("belongs to --network residual", "--step", "0.5")]
    [TestCase("expected a positive number", "--network", "residual", "--step", "0")]
    [TestCase("there are 6 samples", "--batch", "7")]
    [TestCase("a multiple of d/m", "--rate", "d/m")]
    [TestCase("a fraction between 0 and 1", "--until-accuracy", "99")]
    [TestCase("are numbers, not classes", "--label", "x", "--loss", "cross-entropy")]
    [TestCase("nothing is classified", "--label", "x", "--until-accuracy", "1")]
    public void Train_WhatDoesNotFit_IsRefusedWithWhatToDo(string message, params string[] options)
    {
        // With x as the label there is a column of text among the features: another table.
        var table = options.Contains("--label") ? "numbers.csv" : "points.csv";
        File.WriteAllText(Path.Combine(Folder, "numbers.csv"), "x,y,z\n0.1,1,2\n1.2,0.5,3\n-1.3,2,1\n0.35,0.3,0\n");
        var finished = Run(["train", "--data", table, "--snapshot", "net.npz", .. options]);
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error, Does.Contain(message));
        Assert.That(File.Exists(Path.Combine(Folder, "net.npz")), Is.False);
    }

    private static double[] Times(NpyArray matrix, double[] vector) =>
        [.. Enumerable.Range(0, matrix.Shape[0]).Select(r => Enumerable.Range(0, matrix.Shape[1]).Sum(k => matrix[r, k] * vector[k]))];

    private static double[] Rectified(double[] vector) => [.. vector.Select(v => Math.Max(v, 0))];

    private IReadOnlyDictionary<string, NpyArray> Train(string precision, params string[] options)
    {
        string[] steps = options.Contains("--steps") ? [] : ["--steps", $"{Steps}"];
        var finished = Run(["train", "--data", "points.csv", "--width", $"{Width}", "--depth", "2", .. steps, "--precision", precision, "--snapshot", "net.npz", .. options]);
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        return NpzFile.Read(Path.Combine(Folder, "net.npz"));
    }
}
