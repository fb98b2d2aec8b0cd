using Harness.Core.Data;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>kernel: the matrix in the file is the core's, a finite network's is near its limit, and bad input is refused before anything is written.</summary>
public sealed class KernelTests : CliFixture
{
    [SetUp]
    public void WriteSamples() => File.WriteAllText(Path.Combine(Folder, "points.csv"), "a,b,c,d,y\n0,1,2,1,5\n1,0.5,-1,0,3\n-1,2,0,0.5,1\n0.3,-0.3,0.7,-2,2\n");

    [Test]
    public void Kernel_FullyConnectedLimit_IsTheClosedForm()
    {
        var (raw, kernel) = (DelimitedFile.Read(Path.Combine(Folder, "points.csv"), new()), Written("--kind", "ntk", "--depth", "2"));
        var samples = UnitNormalisation.Apply(raw);
        var process = Written("--kind", "nngp", "--depth", "2");
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                // Unit inputs: the cosine is off by some u, which next to the diagonal costs its root.
                var cosine = i == j ? 1 : FixedOrder.Dot(samples.Input(i), samples.Input(j));
                Assert.That(kernel[i, j], Is.EqualTo(LimitKernel.Value(cosine, 2)).Within(1e-13), $"{i}, {j}");
                Assert.That(process[i, j], Is.EqualTo(LimitKernel.Kappa1(LimitKernel.Kappa1(LimitKernel.Kappa1(cosine)))).Within(1e-13), $"{i}, {j}");
            }
        }
    }

    /// <summary>Deviations of entries are of the order √(L/m) = 0.04 of the diagonal at m = 2,048; a wrong scale or depth is off by a third and more. The seed is fixed.</summary>
    [TestCase("fc")]
    [TestCase("conv")]
    public void Kernel_EmpiricalOfAWideNetwork_IsNearItsLimit(string architecture)
    {
        var limit = Written("--arch", architecture, "--depth", "2");
        var empirical = Written("--arch", architecture, "--depth", "2", "--kind", "empirical", "--width", "2048", "--seed", "3");
        Assert.That(empirical.Values, Is.Not.EqualTo(limit.Values));
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                Assert.That(empirical[i, j], Is.EqualTo(limit[i, j]).Within(0.2 * Math.Sqrt(limit[i, i] * limit[j, j])), $"{i}, {j}");
                Assert.That(empirical[i, j], Is.EqualTo(empirical[j, i]));
            }
        }
    }

    [Test]
    public void Kernel_OfEveryKindAndNetwork_IsSymmetricWithADominantDiagonal([Values("ntk", "nngp", "empirical")] string kind, [Values("fc", "conv", "res")] string architecture)
    {
        var kernel = Written("--kind", kind, "--arch", architecture, "--depth", "3");
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                Assert.That(kernel[i, j], Is.EqualTo(kernel[j, i]));
                Assert.That(i == j || kernel[i, j] * kernel[i, j] < kernel[i, i] * kernel[j, j], $"Cauchy and Schwarz, strictly for different inputs: {i}, {j}");
            }
        }
    }

    [TestCase("--kind cosine", "expected ntk, nngp or empirical")]
    [TestCase("--arch rnn", "expected fc, conv or res")]
    [TestCase("--depth 0", "expected a whole number of at least 1")]
    [TestCase("--width 64", "--width belongs to --kind empirical")]
    [TestCase("--filter 2x2", "--filter belongs to --arch conv")]
    [TestCase("--arch conv --positions 3x2", "6 positions for the 4 features")]
    public void Kernel_WhatDoesNotFit_IsRefusedAndNothingIsWritten(string options, string complaint)
    {
        var finished = Run(["kernel", "points.csv", "--out", "K.npy", .. options.Split(' ')]);
        Assert.That((finished.ExitCode, finished.Error.Contains(complaint, StringComparison.Ordinal)), Is.EqualTo((1, true)), finished.Error);
        Assert.That(Path.Combine(Folder, "K.npy"), Does.Not.Exist);
    }

    [Test]
    public void Kernel_NoSuchFolder_IsRefused()
    {
        var finished = Run("kernel", "points.csv", "--out", Path.Combine("missing", "K.npy"));
        Assert.That((finished.ExitCode, finished.Error.Contains("no such folder", StringComparison.Ordinal)), Is.EqualTo((1, true)), finished.Error);
    }

    private NpyArray Written(params string[] options)
    {
        var finished = Run(["kernel", "points.csv", "--out", "K.npy", .. options]);
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        var array = NpyArray.Read(Path.Combine(Folder, "K.npy"));
        Assert.That(array.Shape, Is.EqualTo(new[] { 4, 4 }));
        return array;
    }
}
