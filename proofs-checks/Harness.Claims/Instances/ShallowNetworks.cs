using Harness.Core.Networks;

namespace Harness.Claims.Instances;

/// <summary>Generators of two-layer networks on admissible training sets.</summary>
public static class ShallowNetworks
{
    /// <summary>A network at random initialisation, w_r ~ N(0, I) and a_r = ±1, on unit inputs with standard normal targets; on real data the first coordinate of the data's own targets.</summary>
    /// <param name="domain">Needs n and m.</param>
    public static Generator<ShallowInstance> AtInitialisation(Domain domain) => new(
        domain,
        "unit inputs with last coordinate 1/√2, scalar targets; w_r ~ N(0, I), a_r = ±1 with probability ½ each",
        takesData: true,
        trial =>
        {
            var (inputs, dimension, rows) = Inputs.Draw(trial);
            var targets = new double[trial.n];
            if (rows.Length > 0)
            {
                for (var i = 0; i < targets.Length; i++)
                {
                    targets[i] = rows[i * rows.Length / targets.Length];
                }
            }
            else
            {
                trial.Random("targets").FillGaussian<double>(targets, 1);
            }

            var network = new ShallowNetwork<double>(dimension, trial.m);
            var instance = new ShallowInstance(trial, inputs, targets, network);
            instance.Redraw(0);
            return instance;
        });

    /// <summary>Targets such that the initial residual u − y is one at every sample: what moves the neurons most, since all inputs have positive inner products.</summary>
    public static Generator<ShallowInstance> WithAlignedTargets(Generator<ShallowInstance> generator) => generator.Changed(
        "targets one below the initial outputs",
        instance =>
        {
            instance.SetResidual(_ => 1);
            return instance;
        });
}
