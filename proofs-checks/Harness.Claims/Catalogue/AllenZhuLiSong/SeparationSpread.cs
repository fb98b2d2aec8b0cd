using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemma 7.5 at finite width: the orthogonal part of a pair scatters about its limit by O(1/√m), so that falling below δ/2 becomes rare as m grows.</summary>
public static class SeparationSpread
{
    private static readonly Domain Ladder = Domain.Climbing(
        "m", rungs: (6, 6, 8), trials: (8, 8, 30), m(48, (384, 768, 4096)), n(2), L(2), d(1), δ(0.3));

    /// <summary>Relative deviation from the limit against m.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.separation-spread")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.5 (finite width)", "Separation at finite width", "C41")
        .States("‖(I − h_{i,L}h_{i,L}ᵀ/‖h_{i,L}‖²) h_{j,L}‖ = sin θ_L · (1 + O(1/√m)),   cos θ_l = κ₁(cos θ_{l−1}),   cos θ_{−1} = ⟨x_i, x_j⟩,   sin θ_L > δ/2 while (L+1)δ < 9")
        .Given(Networks.AtInitialisation(Ladder).GeneratedOnly())
        .Observes("root mean square of the relative deviation over initialisations", instance => Deviation(instance, 1))
        .Against("1/√m", v => 1 / Math.Sqrt(v.m))
        .DecidedBy(Exponent.EqualTo(-0.5, within: 0.25, ladder: "m"))
        .RefutedWhen("the limit is twice as large", Networks.AtInitialisation(Ladder.Reduced(cells: 6, trials: 4)), instance => Deviation(instance, 2))
        .Build();

    private static double Deviation(NetworkInstance instance, double limitFactor)
    {
        const int Initialisations = 12;
        var (L, state) = (instance.Trial.L, instance.State);
        var cosine = FixedOrder.Dot<double>(instance.Inputs.AsSpan(0, instance.Network.InputDimension), instance.Inputs.AsSpan(instance.Network.InputDimension));
        for (var l = 0; l <= L; l++)
        {
            cosine = LimitKernel.Kappa1(cosine);
        }

        var limit = limitFactor * Math.Sqrt(1 - (cosine * cosine));
        double squares = 0;
        for (var k = 0; k < Initialisations; k++)
        {
            instance.Network.Initialise(instance.Trial.Random("weights").Derive((ulong)k));
            instance.Network.Forward(instance.Inputs, state);
            squares += Math.Pow((OrthogonalPart(instance, L) / limit) - 1, 2);
        }

        return Math.Sqrt(squares / Initialisations);
    }

    /// <summary>‖h₂ − h₁⟨h₁, h₂⟩/‖h₁‖²‖, taken off the difference h₂ − h₁, where the digits are.</summary>
    private static double OrthogonalPart(NetworkInstance instance, int layer)
    {
        var h = instance.Column(instance.State.Features(layer), 0);
        var difference = OutputPass.Difference(instance.Column(instance.State.Features(layer), 1), h);
        var along = FixedOrder.Dot<double>(h, difference) / FixedOrder.SumOfSquares<double>(h);
        return Math.Sqrt(FixedOrder.SumOfSquares<double>(difference.Zip(h, (x, y) => x - (along * y)).ToArray()));
    }
}
