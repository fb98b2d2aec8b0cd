using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>What becomes of the angle between two inputs from layer to layer, in a wide network and in the limit: Lemma 7.5 with its constants.</summary>
public static class AngleMap
{
    private const double Margin = 0.15; // as for the kernel: below 1/6

    private static readonly Domain Widths = Domain.Climbing("m", rungs: (6, 6, 6), trials: (16, 14, 20), m(32, (256, 768, 8192)), L(1), n(2), d(1), δ(0.9));

    private static readonly Generator<NetworkInstance> Few = Networks.AtInitialisation(Widths.Reduced(cells: (6, 6, 6), trials: 5));

    private static readonly Domain Depths = Domain.Filling(cells: (24, 32, 60), trials: (6, 6, 10), m(32, (256, 768, 4096)), L(1, (4, 8, 30)), n(2), d(1), δ(0.9));

    // The limits are deterministic: no network is drawn and one trial tells all.
    private static readonly Domain Separations = Domain.Climbing("δ", rungs: (12, 16, 20), trials: 1, δ(0.3, (0.01, 0.003, 0.001)), n(2));

    /// <summary>Cosines follow κ₁.</summary>
    public static Claim Cosines { get; } = Claim
        .Named("azls.angle-map")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.5 (limit)", "Angle map", "C17")
        .States("⟨h_L, h′_L⟩/(‖h_L‖‖h′_L‖) = κ₁^{(L+1)}(⟨x, x′⟩) + Θ(1/√m),   κ₁(c) = (c(π − arccos c) + √(1 − c²))/π")
        .Given(Networks.AtInitialisation(Widths).GeneratedOnly())
        .Observes("|cosine − κ₁^{(L+1)}|, root mean square over 16 initialisations", instance => CosineError(instance, LimitKernel.Kappa1))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, within: Margin, ladder: "m"))
        .RefutedWhen("angles are kept, as by a linear layer", Networks.AtInitialisation(Widths), instance => CosineError(instance, cosine => cosine))
        .RefutedWhen("features of different inputs are orthogonal", Few, instance => CosineError(instance, _ => 0))
        .Build();

    /// <summary>Errors add up over the layers like independent ones, at most.</summary>
    public static Claim Depth { get; } = Claim
        .Named("azls.angle-map-depth")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.5 (error over depth)", "Angle map", "C17")
        .States("|⟨h_L, h′_L⟩/(‖h_L‖‖h′_L‖) − κ₁^{(L+1)}(⟨x, x′⟩)| ≤ C √((L + 1)/m)   in the mean square")
        .Given(Networks.AtInitialisation(Depths).GeneratedOnly())
        .Observes("|cosine − κ₁^{(L+1)}|, root mean square over 8 initialisations", instance => CosineError(instance, LimitKernel.Kappa1, initialisations: 8))
        .Against("√((L + 1)/m)", v => Math.Sqrt((v.L + 1) / v.m))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("√(L + 1)/m", v => Math.Sqrt(v.L + 1) / v.m)
        .RefutedWhen("√((L + 1)/m³)", v => Math.Sqrt((v.L + 1) / (v.m * v.m * v.m)))
        .Build();

    /// <summary>The depth at which half of the separation is lost: where Lemma 7.5 needs δ ≤ O(1/L).</summary>
    public static Claim Crossing { get; } = Claim
        .Named("azls.separation-threshold")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.5 (necessity of δ ≤ O(1/L))", "Angle map", "C21")
        .States("sin θ_l falls to δ/2 at (l + 1)δ = 3π + Θ(δ),   θ_l the angle at layer l in the limit of infinite width")
        .Given(PointClouds.Pairs(Separations))
        .Observes("|(l + 1)δ − 3π|/3π at the crossing", pair => CrossingError(pair, multiple: 3))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(1, within: 0.15, ladder: "δ"))
        .RefutedWhen("2π in place of 3π", pair => CrossingError(pair, multiple: 2))
        .RefutedWhen("4π in place of 3π", pair => CrossingError(pair, multiple: 4))
        .Build();

    private static Measurement CosineError(NetworkInstance instance, Func<double, double> map, int initialisations = 16)
    {
        var (L, δ) = (instance.Trial.L, instance.Trial.Variables.δ);
        var expected = 1 - (δ * δ / 2);
        for (var l = 0; l <= L; l++)
        {
            expected = map(expected);
        }

        double sum = 0;
        for (var k = 0; k < initialisations; k++)
        {
            instance.Network.Initialise(instance.Trial.Random("weights").Derive((ulong)k));
            instance.Loss();
            var (h, other) = (instance.Column(instance.State.Features(L), 0), instance.Column(instance.State.Features(L), 1));
            var cosine = FixedOrder.Dot<double>(h, other) / Math.Sqrt(FixedOrder.SumOfSquares<double>(h) * FixedOrder.SumOfSquares<double>(other));
            sum += (cosine - expected) * (cosine - expected);
        }

        return Math.Sqrt(sum / initialisations);
    }

    /// <summary>Between the layers on either side of the crossing l is interpolated in 1/sin θ_l, which is affine in l up to lower order.</summary>
    private static Measurement CrossingError(PointCloud pair, double multiple)
    {
        var δ = pair.Trial.Variables.δ;
        var (cosine, previous) = (CertifiedCosine.OfVersine(Ball.Exactly(δ * δ / 2)), 0.0);
        for (var l = 0; ; l++)
        {
            cosine = ArcCosineKernel.Order1(cosine);
            var inverse = 1 / Math.Sqrt(cosine.Versine.Midpoint * cosine.Vercosine.Midpoint);
            if (inverse >= 2 / δ)
            {
                var crossing = l - ((inverse - (2 / δ)) / (inverse - previous));
                return Math.Abs(((crossing + 1) * δ / (multiple * Math.PI)) - 1);
            }

            previous = inverse;
        }
    }
}
