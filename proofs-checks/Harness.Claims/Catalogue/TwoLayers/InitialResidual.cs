using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.TwoLayers;

/// <summary>The initial residual ‖y − u(0)‖² = O(n), exactly, at every width.</summary>
public static class InitialResidual
{
    /// <summary>Draws that a trial averages over: the square of an output has skewness about √8, their mean then one of ¼.</summary>
    private const int Batch = 128;

    private static readonly Domain Sizes = Domain.Filling(cells: (4, 8, 16), trials: (24, 32, 200), m(2, (256, 2048, 65536)), n(1, (6, 12, 32)));

    // Resolutions: half of what a forgotten ½, or the 1/(2π) of the mean, would change.
    /// <summary>Averaged over the signs as well.</summary>
    public static Claim Drawn { get; } = Claim
        .Named("dzps.initial-residual")
        .DerivedFrom(Papers.DuZhaiPoczosSingh, "Section 3 (initial residual)", "Two-layer network", "C13")
        .States("E ‖y − u(0)‖² = ‖y‖² + n/2   over w_r ~ N(0, I) and a_r = ±1")
        .Given(ShallowNetworks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("‖y − u(0)‖²", instance => Mean(instance, Signs.Drawn, perSample: 0.5))
        .AgainstItsOwnBound("‖y‖² + n/2")
        .DecidedBy(Moment.Equals(resolution: 0.15))
        .RefutedWhen("the rectifier's factor ½ is forgotten", instance => Mean(instance, Signs.Drawn, perSample: 1))
        .RefutedWhen("all signs are +1", instance => Mean(instance, Signs.Positive, perSample: 0.5))
        .Build();

    /// <summary>With as many signs of one kind as of the other, held fixed, the means of the rectifiers cancel.</summary>
    public static Claim Balanced { get; } = Claim
        .Named("dzps.initial-residual-balanced")
        .DerivedFrom(Papers.DuZhaiPoczosSingh, "Section 3 (initial residual, fixed signs)", "Two-layer network", "C13")
        .States("E ‖y − u(0)‖² = Σ_i (y_i − S)² + n(½ − 1/2π),   S = Σ_r a_r/√(2πm),   over w_r alone; tried at S = 0")
        .Given(ShallowNetworks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("‖y − u(0)‖²", instance => Mean(instance, Signs.Alternating, BalancedMean))
        .AgainstItsOwnBound("‖y‖² + n(½ − 1/2π)")
        .DecidedBy(Moment.Equals(resolution: 0.15))
        .RefutedWhen("the mean's 1/2π is forgotten", instance => Mean(instance, Signs.Alternating, perSample: 0.5))
        .RefutedWhen("all signs are +1", instance => Mean(instance, Signs.Positive, BalancedMean))
        .Build();

    private const double BalancedMean = 0.5 - (1 / (2 * Math.PI));

    private enum Signs
    {
        Drawn,
        Alternating,
        Positive,
    }

    private static Measurement Mean(ShallowInstance instance, Signs signs, double perSample)
    {
        // An even width, so that alternating signs balance; targets no larger than the outputs, so that they do not hide them.
        var network = new ShallowNetwork<double>(instance.Network.InputDimension, instance.Trial.m + (instance.Trial.m % 2));
        instance.Trial.Measure("m", network.Width);
        var state = new ShallowState<double>(network, instance.Trial.n);
        double[] targets = [.. instance.Targets.Select(y => y / 4)];
        double sum = 0;
        for (var k = 0; k < Batch; k++)
        {
            network.Initialise(instance.Trial.Random("weights").Derive((ulong)k));
            if (signs != Signs.Drawn)
            {
                Set(network, signs);
            }

            network.Forward(instance.Inputs, state);
            sum += 2 * ShallowDescent.Loss<double>(targets, state);
        }

        return new(Ball.Unbounded(sum / Batch)) { Bound = Ball.Unbounded(targets.Sum(y => y * y) + (perSample * targets.Length)) };
    }

    private static void Set(ShallowNetwork<double> network, Signs signs)
    {
        for (var b = 0; b < network.Blocks; b++)
        {
            for (var r = 0; r < network.Output(b).Rows; r++)
            {
                network.Output(b)[r, 0] = signs == Signs.Alternating && r % 2 == 1 ? -1 : 1;
            }
        }
    }
}
