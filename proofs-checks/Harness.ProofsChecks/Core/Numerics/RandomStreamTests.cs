using Harness.Core.Numerics;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>Streams as pure functions of their names: what an element is does not depend on how it was asked for.</summary>
/// <remarks>Statistical assertions run on fixed seeds, so they cannot flake; their stated level is the chance that a correct generator would have failed when the seed was first chosen.</remarks>
public sealed class RandomStreamTests
{
    private static readonly RandomStream Stream = RandomStream.FromSeed(20181109);

    [Test]
    public void FillGaussian_AnyCut_SameBits([Range(0, 40)] int first, [Values(1, 2, 15, 16, 17, 33)] int length)
    {
        var whole = new double[80];
        Stream.FillGaussian<double>(whole, 1);
        var part = new double[length];
        Stream.FillGaussian<double>(part, 1, (ulong)first);
        Assert.That(part, Is.EqualTo(whole[first..(first + length)]));
    }

    [Test]
    public void FillUniform_AnyCut_EqualsUniform([Values(0, 1, 2, 7, 16)] int first, [Values(1, 2, 15, 16, 17, 33)] int length)
    {
        var draws = new double[length];
        Stream.FillUniform<double>(draws, (ulong)first);
        Assert.That(draws, Is.EqualTo(Enumerable.Range(first, length).Select(i => Stream.Uniform((ulong)i))));
    }

    [Test]
    public void FillGaussian_Float_IsRoundedDouble()
    {
        var (wide, narrow) = (new double[1000], new float[1000]);
        Stream.FillGaussian(wide, 0.1);
        Stream.FillGaussian(narrow, 0.1);
        Assert.That(narrow, Is.EqualTo(wide.Select(x => (float)x)));
    }

    [Test]
    public void FillGaussian_FloatDeviation_IsThatDeviationInDouble()
    {
        var (given, widened) = (new float[100], new float[100]);
        Stream.FillGaussian(given, 0.1f);
        Stream.FillGaussian(widened, (double)0.1f);
        Assert.That(given, Is.EqualTo(widened));
    }

    [Test]
    public void Uniform_ExtremeWords_StaysInsideTheUnitInterval()
    {
        // Every word is reachable, so the two extreme ones are checked through the arithmetic itself: cell 0 and cell 2⁵² − 1.
        var draws = Enumerable.Range(0, 100_000).Select(i => Stream.Uniform((ulong)i)).ToArray();
        Assert.That(draws, Has.All.GreaterThan(0.0).And.All.LessThan(1.0));
        Assert.That(draws.Select(u => u * Math.Pow(2, 53) % 2), Has.All.EqualTo(1.0), "every draw is an odd multiple of 2⁻⁵³");
    }

    [Test]
    public void Derive_LabelsAndDepths_AllDistinct()
    {
        var streams = Enumerable.Range(0, 1000).Select(i => Stream.Derive((ulong)i))
            .Concat(Enumerable.Range(0, 1000).Select(i => Stream.Derive(7).Derive((ulong)i)))
            .Append(Stream).ToArray();
        Assert.That(streams, Is.Unique);
        Assert.That(streams.Select(s => s.UInt64(0)), Is.Unique);
    }

    [Test]
    public void DeriveText_PublishedHash_IsFnv1a()
    {
        // FNV-1a 64 of the empty input is its offset basis; of the bytes 61 00 it follows from the definition.
        Assert.That(Stream.Derive(""), Is.EqualTo(Stream.Derive(0xcbf29ce484222325)));
        var a = unchecked((0xcbf29ce484222325 ^ 0x61) * 0x100000001b3);
        Assert.That(Stream.Derive("a"), Is.EqualTo(Stream.Derive(unchecked(a * 0x100000001b3))));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(1000)]
    public void Integer_AnyBound_UniformByChiSquare(int bound)
    {
        const int Draws = 200_000;
        var counts = new int[bound];
        for (var i = 0; i < Draws; i++)
        {
            counts[Stream.Integer((ulong)i, bound)]++;
        }

        var expected = (double)Draws / bound;
        var statistic = counts.Sum(c => (c - expected) * (c - expected) / expected);

        // Level 10⁻⁹ of the chi-square distribution with bound − 1 degrees of freedom (expected counts of 200 and more).
        Assert.That(statistic, Is.LessThanOrEqualTo(bound == 1 ? 0 : ChiSquared.InvCDF(bound - 1, 1 - 1e-9)));
    }

    [Test]
    public void Integer_NonPositiveBound_Throws() => Assert.That(() => Stream.Integer(0, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(257)]
    public void Permutation_AnyLength_HoldsEveryIndexOnce(int length)
    {
        var permutation = new int[length];
        Stream.Permutation(permutation);
        Assert.That(permutation, Is.EquivalentTo(Enumerable.Range(0, length)));
    }

    [Test]
    public void Permutation_OfFour_AllOrdersEquallyLikely()
    {
        const int Draws = 48_000;
        var counts = new Dictionary<string, int>();
        var permutation = new int[4];
        for (var i = 0; i < Draws; i++)
        {
            Stream.Derive((ulong)i).Permutation(permutation);
            var key = string.Join(' ', permutation);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        const double Expected = Draws / 24.0;
        Assert.That(counts, Has.Count.EqualTo(24));
        Assert.That(counts.Values.Sum(c => (c - Expected) * (c - Expected) / Expected), Is.LessThan(ChiSquared.InvCDF(23, 1 - 1e-9)));
    }
}
