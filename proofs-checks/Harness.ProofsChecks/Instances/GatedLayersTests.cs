using Harness.Claims;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Instances;

/// <summary>Products of layers that are applied without being formed, against products that are formed entry by entry.</summary>
public sealed class GatedLayersTests
{
    private const int Width = 24, Depth = 3;

    // Two products of length 24 and a gate: some fifty roundings of a sum of magnitudes of order one.
    private const double Rounding = 1e-13;

    [Test]
    public void Apply_ToTheIdentity_IsTheProductFormed()
    {
        var (instance, layers) = Draw(seed: 1);
        var product = Formed(instance, GatedLayers.GatesOf(instance, 0), from: 1, to: Depth);
        Assert.That(layers.Apply(1, Depth, Identity(), Width), Is.EqualTo(product).Within(Rounding));
    }

    [Test]
    public void ApplyTransposed_ToTheIdentity_IsTheProductTransposed()
    {
        var (instance, layers) = Draw(seed: 2);
        var product = Formed(instance, GatedLayers.GatesOf(instance, 0), from: 2, to: Depth);
        var transposed = layers.ApplyTransposed(2, Depth, Identity(), Width);
        Assert.That(from r in Enumerable.Range(0, Width) from c in Enumerable.Range(0, Width) select transposed[(c * Width) + r], Is.EqualTo(product).Within(Rounding));
    }

    [Test]
    public void Apply_ToOwnFeatures_IsOwnPreActivations()
    {
        var (instance, layers) = Draw(seed: 3);
        var g = layers.Apply(1, Depth, instance.Column(instance.State.Features(0), 0));
        Assert.That(g, Is.EqualTo(instance.Column(instance.State.PreActivations(Depth), 0)).Within(Rounding));
    }

    [Test]
    public void SpectralNorm_ByThePowerMethod_IsWithinItsEnclosure()
    {
        var (instance, layers) = Draw(seed: 4);
        var norm = SpectralNorm.Enclose(instance.Network.Hidden(2), RandomStream.FromSeed(5));

        // From below, and twelve steps on 24 singular values leave less than a tenth.
        Assert.That(layers.SpectralNorm(2, 2, RandomStream.FromSeed(6)), Is.InRange(0.9 * norm.Lower, norm.Upper * (1 + Rounding)));
    }

    [Test]
    public void SpectralNorm_OfTwoColumns_IsThatOfTheMatrix()
    {
        double[] columns = [3, 0, 0, -4, 0, 0];
        Assert.That(GatedLayers.SpectralNorm(columns, 2), Is.EqualTo(4).Within(1e-14));
    }

    private static (NetworkInstance Instance, GatedLayers Layers) Draw(ulong seed)
    {
        var instance = Networks.AtInitialisation(Domain.Filling(1, 1, Ranges.m(Width))).Sample(new(
            Variables.None.With("n", 1).With("m", Width).With("L", Depth).With("d", 1), RandomStream.FromSeed(seed), null, Profile.Gate));
        instance.Loss();
        return (instance, new(instance.Network, GatedLayers.GatesOf(instance, 0)));
    }

    private static double[] Identity() => [.. from r in Enumerable.Range(0, Width) from c in Enumerable.Range(0, Width) select r == c ? 1.0 : 0.0];

    private static double[] Formed(NetworkInstance instance, double[][] gates, int from, int to)
    {
        var product = Identity();
        for (var l = from; l <= to; l++)
        {
            var next = new double[Width * Width];
            for (var r = 0; r < Width; r++)
            {
                for (var c = 0; c < Width; c++)
                {
                    for (var k = 0; k < Width; k++)
                    {
                        next[(r * Width) + c] += instance.Network.Hidden(l)[r, k] * (l == from ? 1 : gates[l - 1][k]) * product[(k * Width) + c];
                    }
                }
            }

            product = next;
        }

        return product;
    }
}
