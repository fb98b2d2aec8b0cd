using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemma 7.5: inputs that are δ apart stay apart at every layer.</summary>
public static class SeparationThroughLayers
{
    private static readonly Domain Sizes = Domain.Filling(cells: (24, 40, 80), trials: (6, 6, 10), m(128, (512, 1024, 4096)), δ(0.3, (0.01, 0.003, 0.001)), L(1, (6, 10, 16)), n(2, (6, 8, 16)), d(1));

    /// <summary>The part of one feature vector orthogonal to another keeps the order of δ.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.separation")
        .From(Papers.AllenZhuLiSong, "Lemma 7.5", "C41")
        .States("‖(I − h_{i,l}h_{i,l}ᵀ/‖h_{i,l}‖²) h_{j,l}‖ ≥ c·δ   for all i ≠ j and l = 0…L, while δ ≤ O(1/L)")
        .Given(Networks.AtInitialisation(Sizes))
        .Observes("min over i ≠ j, l of the orthogonal part", Smallest)
        .Against("δ", v => v.δ)
        .DecidedBy(HiddenConstant.LowerBound)
        .RefutedWhen("√δ in place of δ", v => Math.Sqrt(v.δ))
        .RefutedWhen("two inputs coincide", Networks.WithDuplicate(Networks.AtInitialisation(Sizes)))
        .Build();

    private static Measurement Smallest(NetworkInstance instance, Arithmetic arithmetic)
    {
        instance.EncloseForward(arithmetic);
        var smallest = Ball.Exactly(double.PositiveInfinity);
        for (var l = 0; l <= instance.Trial.L; l++)
        {
            EnclosedVector[] features = [.. Enumerable.Range(0, instance.Trial.n).Select(i => EnclosedVector.Feature(instance, l, i))];
            for (var i = 0; i < features.Length; i++)
            {
                for (var j = 0; j < features.Length; j++)
                {
                    // Equal inputs have equal features, which enclosures of two errors that know nothing of each other cannot show.
                    smallest = i == j ? smallest : Ball.Min(smallest, instance.HasEqualInputs(i, j) ? Ball.Exactly(0) : features[j].DistanceToLineThrough(features[i]));
                }
            }
        }

        return smallest;
    }
}
