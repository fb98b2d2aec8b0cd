using Harness.Core.Data;
using Harness.Core.Networks;

namespace Harness.Claims.Instances;

/// <summary>Generators of fully connected networks on admissible training sets.</summary>
public static class Networks
{
    /// <summary>
    /// ‖y − y*‖ of adversarial targets. Small, because the theorem's width keeps W within ω ~ 1/√m of its start whatever the targets, while at a feasible
    /// width two targets far apart on inputs close together would pull W out of that ball; a small residual keeps it inside. Ratios such as ‖∇F‖²/F do not depend on it.
    /// </summary>
    private const double WorstResidual = 0.02;

    /// <summary>
    /// m·δ ≥ 64: at least twenty neurons of every layer, m·angle/π, tell the closest pair apart. This is what "m ≥ poly(1/δ)" amounts to at feasible widths; below it
    /// the kink that makes the gradient linear in δ is not sampled at all.
    /// </summary>
    public const double LeastWidthTimesSeparation = 64;

    /// <summary>The separation that <see cref="LeastWidthTimesSeparation"/> asks of real rows.</summary>
    public static double SeparationForWidth(Trial trial) => LeastWidthTimesSeparation / trial.m;

    /// <summary>A network at random initialisation, with targets drawn uniformly from the unit sphere; on real data the data's own.</summary>
    /// <param name="domain">Cells.</param>
    /// <param name="rowsApart">Smallest distance between real rows at a width, where the hypotheses ask for one.</param>
    public static Generator<NetworkInstance> AtInitialisation(Domain domain, Func<Trial, double>? rowsApart = null) => new(
        domain,
        "unit inputs with last coordinate 1/√2, bounded targets; A, W ~ N(0, 2/m), B ~ N(0, 1/d)",
        takesData: true,
        trial =>
        {
            var (inputs, dimension, targets) = Inputs.Draw(trial, rowsApart?.Invoke(trial) ?? 0);
            var network = new FullyConnected<double>(dimension, trial.m, trial.L, trial.d);
            network.Initialise(trial.Random("weights"));
            return new(trial, inputs, targets.Length > 0 ? targets : UnitTargets(trial), network);
        });

    /// <summary>The same network moved to a point of the ball ‖W − W⁽⁰⁾‖₂ ≤ ω: a Gaussian perturbation of that norm in every layer.</summary>
    public static Generator<NetworkInstance> InBall(Generator<NetworkInstance> generator) => generator.Changed(
        "moved by ω in a random direction",
        instance =>
        {
            Perturbation.Gaussian(instance.Network, instance.Trial.Random("ball"), instance.Trial.Variables.ω).AddTo(instance.Network, 1);
            return instance;
        });

    /// <summary>
    /// The targets that make the gradient smallest: the residual y − y* is 0.02·(e_i − e_j)/√2 on the closest pair of inputs, in the first output
    /// coordinate. On real data the targets stay the data's own.
    /// </summary>
    public static Generator<NetworkInstance> WithWorstTargets(Generator<NetworkInstance> generator) => generator.Changed(
        "targets such that the residual is antisymmetric on the closest pair",
        OpposeClosestPair);

    /// <summary>
    /// Targets y* = y(W⁽⁰⁾) ± 1 with signs that alternate over the samples, so that the initial residual, and with it the number of steps, does not depend on what was drawn.
    /// </summary>
    public static Generator<NetworkInstance> WithAlternatingTargets(Generator<NetworkInstance> generator) => generator.Changed(
        "targets one unit from the initial outputs, with alternating signs",
        instance => WithResidual(instance, (sample, _) => sample % 2 == 0 ? 1 : -1));

    /// <summary>The same with a residual of any size in place of 1: the hypothesis of bounded targets dropped, or a start far from the minimum of a loss.</summary>
    /// <param name="generator">Instances.</param>
    /// <param name="inWords">The size in words: "√m/8".</param>
    /// <param name="size">The size.</param>
    public static Generator<NetworkInstance> WithAlternatingTargets(Generator<NetworkInstance> generator, string inWords, Func<Variables, double> size) => generator.Changed(
        $"targets {inWords} from the initial outputs, with alternating signs",
        instance => WithResidual(instance, (sample, _) => (sample % 2 == 0 ? 1 : -1) * size(instance.Trial.Variables)));

    /// <summary>
    /// The targets that make the gradient largest: the same residual at every sample, since all inputs have positive inner products. On real data the targets stay the data's own.
    /// </summary>
    public static Generator<NetworkInstance> WithAlignedTargets(Generator<NetworkInstance> generator) => generator.Changed(
        "targets such that the residual is the same at every sample",
        instance => instance.Trial.Data is not null ? instance : WithResidual(instance, (_, coordinate) => coordinate == 0 ? 1 : 0));

    /// <summary>The second input replaced by a copy of the first, while δ still says what it said: the separation hypothesis dropped.</summary>
    public static Generator<NetworkInstance> WithDuplicate(Generator<NetworkInstance> generator) => generator.Changed(
        "two inputs coincide, with different targets",
        instance =>
        {
            var dimension = instance.Network.InputDimension;
            var (first, second) = ClosestPair(instance);
            instance.Inputs.AsSpan(first * dimension, dimension).CopyTo(instance.Inputs.AsSpan(second * dimension));
            return Oppose(instance, first, second);
        });

    /// <summary>Targets drawn uniformly from the unit sphere.</summary>
    internal static double[] UnitTargets(Trial trial)
    {
        var targets = new double[trial.n * trial.d];
        trial.Random("targets").FillGaussian<double>(targets, 1);
        for (var i = 0; i < trial.n; i++)
        {
            var target = targets.AsSpan(i * trial.d, trial.d);
            double squared = 0;
            foreach (var y in target)
            {
                squared += y * y;
            }

            foreach (ref var y in target)
            {
                y /= Math.Sqrt(squared);
            }
        }

        return targets;
    }

    private static NetworkInstance OpposeClosestPair(NetworkInstance instance)
    {
        if (instance.Trial.Data is not null)
        {
            return instance;
        }

        var (first, second) = ClosestPair(instance);
        return Oppose(instance, first, second);
    }

    /// <summary>The residual 0.02·(e_first − e_second)/√2 in the first output coordinate.</summary>
    private static NetworkInstance Oppose(NetworkInstance instance, int first, int second) => WithResidual(
        instance,
        (sample, coordinate) => coordinate > 0 ? 0 : WorstResidual * (sample == first ? Math.Sqrt(0.5) : sample == second ? -Math.Sqrt(0.5) : 0));

    /// <summary>Sets y* so that y − y* at the present weights is what is asked for.</summary>
    internal static NetworkInstance WithResidual(NetworkInstance instance, Func<int, int, double> residual)
    {
        instance.Loss();
        var d = instance.Trial.d;
        for (var k = 0; k < instance.Targets.Length; k++)
        {
            instance.Targets[k] = instance.Output(k / d, k % d) - residual(k / d, k % d);
        }

        return instance;
    }

    private static (int First, int Second) ClosestPair(NetworkInstance instance)
    {
        var closest = Separation.Measure(instance.Inputs, instance.Network.InputDimension);
        return (closest.First, closest.Second);
    }
}
