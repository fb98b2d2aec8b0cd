using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Claim 11.2 (output) and Lemma 8.2: what a perturbation of spectral norm ω does to outputs and signs.</summary>
public static class ForwardPerturbation
{
    private static readonly Domain OutputSizes = Domain.Filling(
        cells: (24, 40, 80), trials: (6, 6, 10), m(128, (512, 1024, 4096)), ω(0.03, (0.003, 0.001, 0.0003)), L(1, (5, 6, 8)), d(1, (4, 6, 8)), n(1));

    private static readonly Domain SignSizes = Domain.Filling(
        cells: (24, 28, 60), trials: (6, 6, 10), m(256, (768, 1280, 4096)), ω(0.3, (0.03, 0.01, 0.003)), L(1, (5, 6, 12)), n(1), d(1));

    /// <summary>The output moves by at most L √(m/d) ω, and the gradient direction gets there.</summary>
    public static Claim Output { get; } = Claim
        .Named("azls.output-perturbation")
        .From(Papers.AllenZhuLiSong, "Claim 11.2 (output)", "C33")
        .States("‖B h_{i,L} − B h̆_{i,L}‖ ≤ C · L √(m/d) · ‖W′‖₂")
        .Given(Networks.AtInitialisation(OutputSizes))
        .Observes("max over W′ of ‖y − y̆‖", OutputMove)
        .Against("L √(m/d) ω", v => v.L * Math.Sqrt(v.m / v.d) * v.ω)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("m is left out", v => v.L * Math.Sqrt(1 / v.d) * v.ω)
        .RefutedWhen("√L in place of L", v => Math.Sqrt(v.L * v.m / v.d) * v.ω)
        .Build();

    /// <summary>Few signs flip; the adversary attains the exponent 2/3.</summary>
    public static Claim Signs { get; } = Claim
        .Named("azls.sign-changes")
        .From(Papers.AllenZhuLiSong, "Lemma 8.2(b)", "C31")
        .States("‖D′_{i,l}‖₀ ≤ C · m ω^{2/3} L   for ‖W′‖₂ ≤ ω")
        .Given(Networks.AtInitialisation(SignSizes))
        .Observes("max over W′, l of flipped signs in layer l", SignFlips)
        .Against("m ω^{2/3} L", v => v.m * Math.Pow(v.ω, 2.0 / 3) * v.L)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("exponent 1 in place of 2/3", v => v.m * v.ω * v.L)
        .RefutedWhen("m^{1/2} in place of m", v => Math.Sqrt(v.m) * Math.Pow(v.ω, 2.0 / 3) * v.L)
        .Build();

    private static Measurement OutputMove(NetworkInstance instance, Arithmetic arithmetic)
    {
        Perturbation[] directions = [Gaussian(instance), Perturbation.AlongGradient(instance, 0, 0, instance.Trial.Variables.ω)];
        instance.EncloseForward(arithmetic);
        Ball[] before = [.. Enumerable.Range(0, instance.Trial.d).Select(j => instance.EnclosedOutput(0, j))];
        return directions.Aggregate(Ball.Exactly(0), (largest, direction) => Ball.Max(largest, instance.At(direction, () =>
        {
            instance.EncloseForward(arithmetic);
            var squared = Ball.Exactly(0);
            for (var j = 0; j < before.Length; j++)
            {
                squared += Ball.Square(before[j] - instance.EnclosedOutput(0, j));
            }

            return Ball.Sqrt(squared);
        })));
    }

    private static Measurement SignFlips(NetworkInstance instance, Arithmetic arithmetic)
    {
        var (ω, L) = (instance.Trial.Variables.ω, instance.Trial.L);
        instance.EncloseForward(arithmetic);
        (bool, bool)[][] before = [.. Enumerable.Range(1, L).Select(l => instance.EnclosedSigns(l, 0))];
        Perturbation[] directions = [Perturbation.SignFlips(instance, 0, L, ω), Gaussian(instance)];
        return directions.Aggregate(Ball.Exactly(0), (most, direction) => Ball.Max(most, instance.At(direction, () =>
        {
            instance.EncloseForward(arithmetic);
            return Enumerable.Range(1, L).Aggregate(Ball.Exactly(0), (flipped, l) => Ball.Max(flipped, Flipped(before[l - 1], instance.EnclosedSigns(l, 0))));
        })));
    }

    private static Perturbation Gaussian(NetworkInstance instance) => Perturbation.Gaussian(instance.Network, instance.Trial.Random("direction"), instance.Trial.Variables.ω);

    /// <summary>How many signs differ; every one that is open before or after may make one more or one less.</summary>
    private static Ball Flipped((bool IsActive, bool IsOpen)[] before, (bool IsActive, bool IsOpen)[] after)
    {
        var (flipped, open) = (0, 0);
        for (var k = 0; k < before.Length; k++)
        {
            flipped += before[k].IsActive != after[k].IsActive ? 1 : 0;
            open += before[k].IsOpen || after[k].IsOpen ? 1 : 0;
        }

        return new(flipped, open);
    }
}
