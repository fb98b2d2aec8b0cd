using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemma 7.5, its probability: while (L + 1)δ is small, a pair that some layer brings closer than δ/2 becomes rare as m grows.</summary>
public static class SeparationFailures
{
    /// <summary>Initialisations of one trial; at the widest rung of the gate about one in twelve fails.</summary>
    private const int Initialisations = 400;

    private static readonly Domain Ladder = Domain.Climbing("m", rungs: 8, trials: (4, 6, 12), m(24, (64, 80, 128)), n(2), L(2), d(1), δ(0.6));

    private static readonly Domain Few = Ladder.Reduced(cells: 8, trials: 2);

    /// <summary>The fraction of failures against m.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.separation-failures")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.5 (probability)", "Separation at finite width", "C41")
        .States("P(∃ l ≤ L: ‖(I − h_{i,l}h_{i,l}ᵀ/‖h_{i,l}‖²) h_{j,l}‖ < δ/2) = O(1/m)   while (L + 1)δ < 3π;   tried at (L + 1)δ = 1.8")
        .Given(Networks.AtInitialisation(Ladder).GeneratedOnly())
        .Observes("fraction of 400 initialisations that fail, (k + ½)/401", instance => Failures(instance, threshold: 0.5))
        .Against("1/m", v => 1 / v.m)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("δ in place of δ/2", Networks.AtInitialisation(Few).GeneratedOnly(), instance => Failures(instance, threshold: 1))
        .RefutedWhen("features shrink by √2 in every layer", Networks.AtInitialisation(Few).GeneratedOnly(), instance => Failures(instance, threshold: 0.5, shrink: Math.Sqrt(0.5)))
        .Build();

    private static double Failures(NetworkInstance instance, double threshold, double shrink = 1)
    {
        var (δ, failures) = (instance.Trial.Variables.δ, 0);
        for (var k = 0; k < Initialisations; k++)
        {
            instance.Network.Initialise(instance.Trial.Random("weights").Derive((ulong)k));
            instance.Network.Forward(instance.Inputs, instance.State);
            var fails = false;
            for (var l = 0; l <= instance.Trial.L && !fails; l++)
            {
                fails = OrthogonalPart(instance, l) * Math.Pow(shrink, l + 1) < threshold * δ;
            }

            failures += fails ? 1 : 0;
        }

        // A trial without a failure has a logarithm all the same; half a failure more bends the drift upwards, away from what is claimed.
        return (failures + 0.5) / (Initialisations + 1);
    }

    /// <summary>‖h₂ − h₁⟨h₁, h₂⟩/‖h₁‖²‖.</summary>
    private static double OrthogonalPart(NetworkInstance instance, int layer)
    {
        var features = instance.State.Features(layer);
        double first = 0, second = 0, product = 0;
        for (var k = 0; k < features.Length; k += instance.State.Stride)
        {
            first += features[k] * features[k];
            second += features[k + 1] * features[k + 1];
            product += features[k] * features[k + 1];
        }

        return first == 0 ? Math.Sqrt(second) : Math.Sqrt(Math.Max(0, second - (product * product / first)));
    }
}
