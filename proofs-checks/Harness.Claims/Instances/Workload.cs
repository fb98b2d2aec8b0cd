using Harness.Core.Costs;
using Harness.Core.Data;
using Harness.Core.Networks;
using Harness.Core.Training;

namespace Harness.Claims.Instances;

/// <summary>
/// A network of a cell's shape with everything that its computations need, allocated beforehand: what the statements on cost quantify over. The cost depends on the shape alone,
/// so weights and inputs are drawn once and a step leaves the weights where they are, to within their rounding.
/// </summary>
public sealed class Workload
{
    /// <summary>𝔡: the paper's cost has no variable of that name in its theorems, so it is fixed.</summary>
    public const int InputDimension = 16;

    /// <summary>Too small to move a weight by more than its rounding, and not zero, which would skip the update.</summary>
    private const double LearningRate = 1e-30;

    private readonly BatchState<double> state;
    private readonly Lazy<(BatchState<double> State, double[] Kernel, double[] Workspace)> tangent;

    /// <summary>Draws the network of a trial.</summary>
    public Workload(Trial trial)
    {
        Trial = trial;
        var (n, d) = (trial.n, trial.d);
        Network = new(InputDimension, trial.m, trial.L, d);
        Network.Initialise(trial.Random("weights"));
        Inputs = new double[n * InputDimension];
        SyntheticInputs.Random(trial.Random("inputs"), n, InputDimension, Inputs);
        Targets = new double[n * d];
        state = new(Network, n);
        tangent = new(() => (new(Network, n * d), new double[n * d * n * d], new double[Core.Tangents.TangentKernel.WorkspaceLength(n, d)]));
    }

    /// <summary>The trial that it belongs to.</summary>
    public Trial Trial { get; }

    /// <summary>The network.</summary>
    public FullyConnected<double> Network { get; }

    /// <summary>n × 𝔡.</summary>
    public double[] Inputs { get; }

    /// <summary>n × d; zero.</summary>
    public double[] Targets { get; }

    /// <summary>Workloads of a domain's shapes.</summary>
    public static Generator<Workload> Of(Domain domain) => new(domain, InWords, takesData: false, trial => new(trial));

    /// <summary>The shapes alone: whoever times a workload decides when it is made.</summary>
    public static Generator<Trial> ShapesOf(Domain domain) => new(domain, InWords, takesData: false, trial => trial);

    private static string InWords => FormattableString.Invariant($"any network and any inputs of dimension {InputDimension}: the cost depends on the shape alone");

    /// <summary>The multiply-adds of a cell's shape, as polynomials.</summary>
    public static FullyConnectedCosts Operations(Variables v) => new((int)v.n, InputDimension, (int)v.m, (int)v.L, (int)v.d);

    /// <summary>A forward pass.</summary>
    public void Forward() => Network.Forward(Inputs, state);

    /// <summary>A step of gradient descent: Algorithm 1's loop body.</summary>
    public void Step() => GradientDescent.Step<double>(Network, Inputs, Targets, LearningRate, state);

    /// <summary>The tangent kernel.</summary>
    public void TangentKernel() => Core.Tangents.TangentKernel.Compute<double>(Network, Inputs, tangent.Value.State, tangent.Value.Kernel, tangent.Value.Workspace);

    /// <summary>Bytes of the workspace of n samples, padding included.</summary>
    public long WorkspaceBytes => ArrayBytes.ReachableFrom(state);
}
