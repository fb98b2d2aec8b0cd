using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 4: F is almost smooth although the rectifier is not.</summary>
public static class SemiSmoothness
{
    private static readonly Domain Sizes = Domain.Filling(
        cells: (48, 48, 96), trials: (4, 6, 10), m(128, (512, 1024, 4096)), ωm(2, (0.1, 0.03, 0.01)), n(2, (8, 12, 16)), L(1, (4, 6, 8)), d(1, (4, 6, 8)))
        .Computing("ω", "ω√m", v => v["ω√m"] / Math.Sqrt(v.m));

    // Where ω is tiny the linear term outweighs everything else that the bound allows.
    private static readonly Domain Tiny = Domain.Filling(cells: (12, 16, 24), trials: 2, m(96, (192, 384, 1024)), ωm(0.001, 0.0001), n(2, 8), L(1, 2), d(1))
        .Computing("ω", "ω√m", v => v["ω√m"] / Math.Sqrt(v.m));

    /// <summary>The remainder after the linear term.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.semi-smoothness")
        .From(Papers.AllenZhuLiSong, "Theorem 4", "C39")
        .States("F(W̆+W′) ≤ F(W̆) + ⟨∇F(W̆), W′⟩ + C·(√(n F(W̆)) ω^{1/3} L² √(m log m)/√d · ‖W′‖₂ + n L² m/d · ‖W′‖₂²)   for ‖W̆ − W⁽⁰⁾‖₂, ‖W′‖₂ ≤ ω")
        .Given(Networks.InBall(Networks.AtInitialisation(Sizes)))
        .Observes("max over W′ of F(W̆+W′) − F(W̆) − ⟨∇F, W′⟩", LargestRemainder)
        .Against("√(nF) ω^{4/3} L² √(m log m / d) + n L² m ω²/d", v =>
            (Math.Sqrt(v.n * v["F"]) * Math.Pow(v.ω, 4.0 / 3) * v.L * v.L * Math.Sqrt(v.m * Math.Log(v.m) / v.d)) + (v.n * v.L * v.L * v.m / v.d * v.ω * v.ω))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("the linear term is left out", Networks.InBall(Networks.AtInitialisation(Tiny)), (instance, arithmetic) => LargestRemainder(instance, arithmetic, linearTerm: 0))
        .RefutedWhen("only a cubic remainder is allowed", v => v.n * v.L * v.L * v.m / v.d * v.ω * v.ω * v.ω)
        .Build();

    private static Measurement LargestRemainder(NetworkInstance instance, Arithmetic arithmetic) => LargestRemainder(instance, arithmetic, linearTerm: 1);

    private static Measurement LargestRemainder(NetworkInstance instance, Arithmetic arithmetic, double linearTerm)
    {
        var ω = instance.Trial.Variables.ω;
        var moved = instance.CopyOfNetwork();
        var atMoved = new NetworkInstance(instance.Trial, instance.Inputs, instance.Targets, moved);
        instance.Loss();
        Perturbation[] directions =
        [
            Perturbation.Gaussian(instance.Network, instance.Trial.Random("direction"), ω),
            Perturbation.SignFlips(instance, sample: 0, layer: 1, ω),
            Perturbation.AlongGradient(instance, sample: 0, coordinate: 0, ω),
        ];
        var (loss, squaredGradientNorm) = instance.EncloseLossAndGradient(arithmetic);
        instance.Trial.Measure("F", loss.Midpoint);
        var (gradientNorm, weights, largest) = (Ball.Sqrt(squaredGradientNorm), instance.FrobeniusNorm(), Ball.Exactly(double.NegativeInfinity));
        foreach (var direction in directions)
        {
            var linear = Ball.Exactly(linearTerm) * direction.EnclosedDerivativeOfLoss(instance);

            // The sum W̆ + W′ is rounded, entry by entry by u of itself, so what the network was moved by is W′ only so far.
            var displacement = gradientNorm * Ball.Exactly(2 * Rounding.Unit) * (weights + direction.FrobeniusNorm());
            foreach (var sign in (ReadOnlySpan<int>)[-1, 1])
            {
                moved.CopyFrom(instance.Network);
                direction.AddTo(moved, sign);
                var change = atMoved.EncloseLoss(arithmetic) - loss;
                largest = Ball.Max(largest, (sign > 0 ? change - linear : change + linear) + new Ball(0, displacement.Upper));
            }
        }

        return largest;
    }
}
