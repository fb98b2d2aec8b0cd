using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
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

    private static Measurement OutputMove(FullyConnectedInstance instance)
    {
        var ω = instance.Trial.Variables.ω;
        var largest = 0.0;
        foreach (var direction in (Perturbation[])[Perturbation.Gaussian(instance.Network, instance.Trial.Random("direction"), ω), Perturbation.AlongGradient(instance, 0, 0, ω)])
        {
            instance.Network.Forward(instance.Inputs, instance.State);
            var before = instance.State.Output.ToArray();
            direction.AddTo(instance.Network, 1);
            instance.Network.Forward(instance.Inputs, instance.State);
            direction.AddTo(instance.Network, -1);
            for (var k = 0; k < before.Length; k++)
            {
                before[k] -= instance.State.Output[k];
            }

            largest = Math.Max(largest, Math.Sqrt(FixedOrder.SumOfSquares<double>(before)));
        }

        return largest;
    }

    private static Measurement SignFlips(FullyConnectedInstance instance)
    {
        var (ω, L) = (instance.Trial.Variables.ω, instance.Trial.L);
        instance.Loss();
        var most = 0;
        foreach (var direction in (Perturbation[])[Perturbation.SignFlips(instance, 0, L, ω), Perturbation.Gaussian(instance.Network, instance.Trial.Random("direction"), ω)])
        {
            instance.Loss();
            var before = new double[L + 1][];
            for (var l = 1; l <= L; l++)
            {
                before[l] = instance.Column(instance.State.PreActivations(l), 0);
            }

            direction.AddTo(instance.Network, 1);
            instance.Loss();
            direction.AddTo(instance.Network, -1);
            for (var l = 1; l <= L; l++)
            {
                most = Math.Max(most, Flipped(before[l], instance.Column(instance.State.PreActivations(l), 0)));
            }
        }

        return most;
    }

    private static int Flipped(double[] before, double[] after)
    {
        var count = 0;
        for (var k = 0; k < before.Length; k++)
        {
            count += (before[k] >= 0) != (after[k] >= 0) ? 1 : 0;
        }

        return count;
    }
}
