using Harness.Claims.Decisions;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>The closed form of the tangent kernel is the limit of the Gram matrix of a finite network's gradients, with biases in the first layer and the output, at distance 1/√m.</summary>
public static class FiniteWidth
{
    private const int Draws = 16;

    /// <summary>x̃ = (x, 1): close ones, far ones, on both sides of zero.</summary>
    private static readonly double[] Inputs = [-1.5, 1, -0.3, 1, 0.4, 1, 2, 1];

    private static readonly Domain Shallow = Domain.Climbing("m", rungs: (5, 6, 7), trials: (8, 10, 24), m(32, (384, 1024, 2048)), L(2));

    private static readonly Domain Deep = Domain.Climbing("m", rungs: (5, 6, 7), trials: (8, 10, 24), m(32, (256, 512, 1024)), L(4));

    /// <summary>Bias and deviation in one number.</summary>
    public static Claim Claim { get; } = At("edr.finite-width-kernel", "Closed form of the tangent kernel", 2, Shallow)
        .RefutedWhen("the weights of the output are not trained", Few(Shallow), trial => Distance(trial, trial.L, weightsOfOutput: 0))
        .Build();

    /// <summary>The same, three rectified layers above the first. What a single layer adds is a fifth of the kernel, too little to be missed at these widths.</summary>
    public static Claim Deeper { get; } = At("edr.finite-width-kernel-deeper", "Closed form of the tangent kernel (deeper)", 4, Deep).Build();

    private static ClaimBuilder<Trial> At(string name, string item, int layers, Domain ladder) => Claim
        .Named(name)
        .From(Papers.LiYuChenLin, item, "R1")
        .States($"(E‖K_m − K_NT‖²_F)^{{1/2}} = Θ(1/√m),   K_NT(x, y) = |x̃||ỹ| k_L(cos(x̃, ỹ)) + 1;   tried at L = {layers}")
        .Given(Networks(ladder))
        .Observes("‖K_m − K_NT‖_F/‖K_NT‖_F, root mean square over 16 initialisations", trial => Distance(trial, trial.L, weightsOfOutput: 1))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, within: 0.15, ladder: "m"))
        .RefutedWhen("the limit has three layers more", Few(ladder), trial => Distance(trial, trial.L + 3, weightsOfOutput: 1));

    private static Generator<Trial> Few(Domain ladder) => Networks(ladder.Reduced(cells: (5, 6, 7), trials: 8));

    private static double Distance(Trial trial, int layers, double weightsOfOutput)
    {
        var (n, limit) = (Inputs.Length / 2, InfiniteWidthKernel.WithInputAndOutputBias(layers));
        double[] points = [.. Enumerable.Range(0, n).Select(i => Inputs[2 * i])];
        var expected = new double[n * n];
        KernelMatrix.Gram(limit, points, n, expected, new double[KernelMatrix.WorkspaceLength(limit, n, 1)]);

        var network = new FullyConnected<double>(2, trial.m, trial.L - 1, 1) { TrainsAllLayers = true };
        var state = new BatchState<double>(network, n);
        var (kernel, output, workspace, sum) = (new double[n * n], new double[n * n], new double[TangentKernel.WorkspaceLength(state)], 0.0);
        for (var draw = 0; draw < Draws; draw++)
        {
            network.Initialise(trial.Random("weights").Derive((ulong)draw));
            TangentKernel.Compute(network, Inputs, state, kernel, workspace);
            GramMatrix.Compute<double>(state.Arguments(network.LastTrained), trial.m, n, state.Stride, output);
            for (var i = 0; i < kernel.Length; i++)
            {
                // The paper's parameters have variance 1 and a factor √(2/m) in front; here the weights carry it, but for those of the output.
                var difference = (2.0 / trial.m * (kernel[i] - output[i])) + (weightsOfOutput * output[i]) + 1 - expected[i];
                sum += difference * difference;
            }
        }

        return Math.Sqrt(sum / Draws / FixedOrder.SumOfSquares<double>(expected));
    }

    private static Generator<Trial> Networks(Domain domain) => new(domain, "rectified networks with biases in the first layer and the output, all layers trained, at four inputs on the line", takesData: false, trial => trial);
}
