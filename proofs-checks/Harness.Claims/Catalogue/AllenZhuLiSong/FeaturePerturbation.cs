using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemma 8.2(a) and (c), and the second half of (b): how far pre-activations and features move.</summary>
public static class FeaturePerturbation
{
    private static readonly Domain Sizes = Domain.Filling(
        cells: (40, 40, 60), trials: (3, 4, 10), m(96, (320, 512, 4096)), ω(0.1, (0.003, 0.001, 0.0003)), L(1, (4, 6, 12)), n(1), d(1));

    private static readonly Domain Shallow = Domain.Filling(
        cells: (32, 32, 60), trials: (3, 4, 10), m(96, (448, 512, 4096)), ω(0.1, (0.003, 0.001, 0.0003)), L(1, (3, 3, 4)), n(1), d(1));

    // Fewer than four flips would make the norm a matter of luck.
    private static readonly Domain FlippedSizes = Domain.Filling(
        cells: (40, 40, 60), trials: (3, 4, 10), m(96, (320, 512, 4096)), ω(0.3, (0.015, 0.01, 0.003)), L(1, (4, 6, 12)), n(1), d(1));

    /// <summary>Features move by O(ω), with a power of L.</summary>
    public static Claim Norm { get; } = Claim
        .Named("azls.feature-perturbation")
        .From(Papers.AllenZhuLiSong, "Lemma 8.2(c)", "C32")
        .States("‖g′_{i,l}‖, ‖h′_{i,l}‖ ≤ C · ω L^{5/2} √(log m)   for ‖W′‖₂ ≤ ω")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("max over W′, l of ‖g′_l‖", (instance, arithmetic) => Largest(instance, arithmetic, (before, after, l) => Shift(before, after, l).Norm()))
        .Against("ω L^{5/2} √(log m)", v => v.ω * Math.Pow(v.L, 2.5) * Math.Sqrt(Math.Log(v.m)))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("ω² in place of ω", v => v.ω * v.ω * Math.Pow(v.L, 2.5) * Math.Sqrt(Math.Log(v.m)))
        .RefutedWhen("the bound does not grow with L", v => v.ω * Math.Sqrt(Math.Log(v.m)))
        .Build();

    /// <summary>The neurons that flip carry little.</summary>
    public static Claim Flipped { get; } = Claim
        .Named("azls.flipped-preactivations")
        .From(Papers.AllenZhuLiSong, "Lemma 8.2(b) (second part)", "C31")
        .States("‖D′_{i,l} g_{i,l}‖ ≤ C · ω L^{3/2}   for ‖W′‖₂ ≤ ω")
        .Given(Networks.AtInitialisation(FlippedSizes).GeneratedOnly())
        .Observes("max over W′, l of ‖D′_l g_l‖", (instance, arithmetic) => Largest(instance, arithmetic, (before, after, l) => after.Flipped(before, l, 0).Norm()))
        .Against("ω L^{3/2}", v => v.ω * Math.Pow(v.L, 1.5))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("ω² in place of ω", v => v.ω * v.ω * Math.Pow(v.L, 1.5))
        .RefutedWhen("the bound falls like 1/m", v => v.ω * Math.Pow(v.L, 1.5) / v.m)
        .Build();

    /// <summary>A shift is short but for a part with small entries: what one clips off at the height of the second part is the first.</summary>
    public static Claim TwoParts { get; } = Claim
        .Named("azls.preactivation-parts")
        .From(Papers.AllenZhuLiSong, "Lemma 8.2(a)")
        .BeyondTheList("the list has parts (b) and (c) of the lemma; (a) is the step before them")
        .States("g′_{i,l} = g′_{i,l,1} + g′_{i,l,2},   ‖g′_{i,l,1}‖₂ ≤ C · ω L^{3/2},   ‖g′_{i,l,2}‖_∞ ≤ C′ · ω L^{5/2} √(log m)/√m;   tried with C′ = 1/10")
        .Given(Networks.AtInitialisation(Shallow).GeneratedOnly())
        .Observes("max over W′, l of what is left of ‖g′_l‖ after clipping", (instance, arithmetic) => Largest(instance, arithmetic, (before, after, l) => Shift(before, after, l).Beyond(Height(instance.Trial.Variables)).Norm()))
        .Against("ω L^{3/2}", v => v.ω * Math.Pow(v.L, 1.5))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("the bound falls like 1/m", v => v.ω * Math.Pow(v.L, 1.5) / v.m)
        .RefutedWhen("ω² in place of ω", v => v.ω * v.ω * Math.Pow(v.L, 1.5))
        .Build();

    /// <summary>The height of the second part, with constant 1/10: small enough to leave something at feasible widths.</summary>
    private static double Height(Variables v) => 0.1 * v.ω * Math.Pow(v.L, 2.5) * Math.Sqrt(Math.Log(v.m) / v.m);

    private static Measurement Largest(NetworkInstance instance, Arithmetic arithmetic, Func<EnclosedPass, EnclosedPass, int, Ball> quantity)
    {
        var before = EnclosedPass.Of(instance, arithmetic);
        var largest = Ball.Exactly(0);
        foreach (var direction in PerturbationFamily.All(instance).Append(OneNeuron(instance)))
        {
            var after = EnclosedPass.Of(instance, direction, arithmetic);
            for (var l = 1; l <= instance.Trial.L; l++)
            {
                largest = Ball.Max(largest, quantity(before, after, l));
            }
        }

        return largest;
    }

    /// <summary>All of ω on one neuron of the first layer: the shift that is least like a spread-out one.</summary>
    private static Perturbation OneNeuron(NetworkInstance instance)
    {
        instance.Loss();
        var shift = new double[instance.Trial.m];
        shift[0] = instance.Trial.Variables.ω * Math.Sqrt(FixedOrder.SumOfSquares<double>(instance.Column(instance.State.Features(0), 0)));
        return Perturbation.Moving(instance, sample: 0, layer: 1, shift);
    }

    private static EnclosedVector Shift(EnclosedPass before, EnclosedPass after, int layer) => after.PreActivations(layer, 0).Minus(before.PreActivations(layer, 0));
}
