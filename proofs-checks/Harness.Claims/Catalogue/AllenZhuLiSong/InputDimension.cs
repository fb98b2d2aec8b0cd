using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 1 and the remark that follows it: the input dimension 𝔡 enters no bound, because A is Gaussian and so sees the inputs' inner products alone.</summary>
public static class InputDimension
{
    private const double Accuracy = 0.01;

    // Below 1/6, the smallest step between exponents in the theory.
    private const double Margin = 0.15;

    private static readonly Domain Dimensions = Domain.Climbing("𝔡", rungs: (6, 6, 6), trials: (16, 18, 60), new("𝔡", 8, (512, 4096, 16384), IsInteger: true), m(64), n(3), L(2), d(1), δ(0.7));

    private static readonly Domain Embeddings = Domain.Filling(
        cells: (8, 12, 40), trials: (1, 2, 4), new("𝔡", 16, (256, 1024, 8192), IsInteger: true), m(16, (64, 96, 512)), n(2, (5, 8, 12)), L(1, (3, 4, 8)), d(1, (3, 3, 8)));

    /// <summary>T(ε) against 𝔡 on inputs of one geometry, A drawn afresh in every dimension.</summary>
    public static Claim Steps { get; } = Claim
        .Named("azls.steps-in-input-dimension")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (no dependence on the input dimension)", "C46")
        .States("T(ε) is independent of 𝔡")
        .Given(Networks.WithAlternatingTargets(In(Dimensions, (_, _) => { }, "A ~ N(0, 2/m)")))
        .Observes("steps to F = 0.01 F(0)", StepsToAccuracy)
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(0, within: Margin, ladder: "𝔡"))
        .RefutedWhen("A ~ N(0, 2/𝔡)", Networks.WithAlternatingTargets(In(Dimensions.Reduced(cells: 6, trials: 6), (trial, network) => network.Input.Scale(Math.Sqrt(8 / trial.Variables["𝔡"])), "A ~ N(0, 2/m) · 8/𝔡")))
        .Build();

    /// <summary>An isometric embedding leaves every loss of the run as it is, to the last bit.</summary>
    public static Claim Embedding { get; } = Claim
        .Named("azls.isometric-embedding")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 1 (no dependence on the input dimension)", "Input dimension", "C46")
        .States("F(W⁽ᵗ⁾) is the same for inputs x and Qx, Qᵀ Q = I, where the input layers are A and AQᵀ: exactly, for Q that places coordinates among zeros")
        .Given(In(Embeddings, (_, _) => { }, "A ~ N(0, 2/m)"))
        .Observes("max_t |F(W(t)) − F̃(W(t))|", instance => Parting(instance, factor: 1))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the embedding lengthens by 10⁻⁹", instance => Parting(instance, factor: 1 + 1e-9))
        .Build();

    private static Generator<NetworkInstance> In(Domain domain, Action<Trial, Network<double>> change, string inWords) => new(
        domain,
        $"unit inputs of dimension 𝔡 with last coordinate 1/√2, of one separation where the cell has one, bounded targets; {inWords}, W ~ N(0, 2/m), B ~ N(0, 1/d)",
        takesData: false,
        trial =>
        {
            var dx = (int)trial.Variables["𝔡"];
            var inputs = new double[trial.n * dx];
            if (trial.Variables.TryGet("δ", out var δ))
            {
                SyntheticInputs.Separated(trial.Random("inputs"), trial.n, δ, dx, inputs);
            }
            else
            {
                SyntheticInputs.Random(trial.Random("inputs"), trial.n, dx, inputs);
            }

            var network = new FullyConnected<double>(dx, trial.m, trial.L, trial.d);
            network.Initialise(trial.Random("weights"));
            change(trial, network);
            return new(trial, inputs, Networks.UnitTargets(trial), network);
        });

    private static Measurement StepsToAccuracy(NetworkInstance instance)
    {
        var losses = Descent.Run(instance, MovementLimit.LearningRate(instance.Trial), steps: 100_000, until: Accuracy * instance.Loss());
        return Descent.StepsTo(losses, Accuracy);
    }

    /// <summary>
    /// Trains a second network whose input layer is AQᵀ on Qx. Every product of a padded coordinate is an exact zero and sums run in ascending order of coordinates, so no bit may differ: the radius is zero.
    /// </summary>
    private static Measurement Parting(NetworkInstance instance, double factor)
    {
        const int Steps = 12;
        var (network, trial) = (instance.Network, instance.Trial);
        var (dx, wide) = (network.InputDimension, (2 * network.InputDimension) + 3);
        int[] places = [.. Places(trial.Random("embedding"), dx, wide)];
        var embedded = new FullyConnected<double>(wide, trial.m, trial.L, trial.d);
        embedded.Initialise(trial.Random("weights"));
        for (var row = 0; row < trial.m; row++)
        {
            for (var k = 0; k < dx; k++)
            {
                embedded.Input[row, places[k]] = network.Input[row, k];
            }
        }

        var inputs = new double[trial.n * wide];
        for (var i = 0; i < trial.n; i++)
        {
            for (var k = 0; k < dx; k++)
            {
                inputs[(i * wide) + places[k]] = factor * instance.Inputs[(i * dx) + k];
            }
        }

        var η = MovementLimit.LearningRate(trial);
        var losses = Descent.Run(instance, η, Steps);
        var others = Descent.Run(new(trial, inputs, instance.Targets, embedded), η, Steps);
        return Ball.Exactly(losses.Zip(others, (a, b) => Math.Abs(a - b)).Max());
    }

    /// <summary>𝔡 of the wider space's coordinates, in ascending order.</summary>
    private static IEnumerable<int> Places(RandomStream stream, int dx, int wide)
    {
        var order = new int[wide];
        stream.Permutation(order);
        return order.Take(dx).Order();
    }
}
