using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>
/// The polynomial running time of the abstract and of Theorem 1, counted: multiply-adds of the paper's computations, written out in loops that count, and bytes of their workspace.
/// </summary>
public static class OperationCount
{
    /// <summary>Six values a line decide every degree up to four, and no loop nest here is deeper in one variable than two.</summary>
    private const int Points = 6;

    private static readonly Domain Small = Domain.Lines(Points, m(2, 7), n(1, 6), L(1, 6), d(1, 6));

    // Multiples of 64, so that no padding to whole vectors or tiles bends the line.
    private static readonly Domain Wide = Domain.Lines(Points, m(64, 384), n(64, 384), L(1, 6), d(1, 6));

    /// <summary>Multiply-adds of a forward pass.</summary>
    public static Claim Forward { get; } = Of(Computation.Forward);

    /// <summary>Multiply-adds of a step of gradient descent.</summary>
    public static Claim Step { get; } = Of(Computation.Step);

    /// <summary>Multiply-adds of the tangent kernel.</summary>
    public static Claim Kernel { get; } = Of(Computation.Kernel);

    /// <summary>Bytes of the workspace that all of them run in.</summary>
    public static Claim WorkspaceBytes { get; } = Claim
        .Named("azls.workspace-bytes")
        .DerivedFrom(Papers.AllenZhuLiSong, "Section 2 (forward and backward pass)", "Cost of a step")
        .BeyondTheList(Computation.NotListed)
        .States("bytes of a workspace for n samples = Θ(n ((3L + 3) m + 2d + 𝔡))")
        .Given(Workload.Of(Wide))
        .Observes("bytes of its arrays", workload => Ball.Exactly(workload.WorkspaceBytes))
        .Against("8 n ((3L + 3) m + 2d + 𝔡)", v => 8 * v.n * ((((3 * v.L) + 3) * v.m) + (2 * v.d) + Workload.InputDimension))
        .DecidedBy(CostCount.OfDegree(("m", 1), ("n", 1), ("L", 1), ("d", 1)))
        .RefutedWhen("a workspace for every neuron", workload => Ball.Exactly(workload.Trial.m * (double)workload.WorkspaceBytes))
        .RefutedWhen("the workspaces of all shallower networks are kept", workload => Ball.Exactly(workload.Trial.L * (double)workload.WorkspaceBytes))
        .Build();

    private static Claim Of(Computation computation) => Claim
        .Named($"azls.{computation.Id}-operations")
        .DerivedFrom(Papers.AllenZhuLiSong, computation.Item, "Cost of a step")
        .BeyondTheList(Computation.NotListed)
        .States($"multiply-adds of {computation.Name} = {computation.Polynomial}")
        .Given(Workload.Of(Small))
        .Observes("multiply-adds counted", workload => Counted(workload, computation, times: 1))
        .Against(computation.Polynomial, v => computation.Operations(Workload.Operations(v)))
        .DecidedBy(CostCount.OfDegree(("m", computation.Degrees.m), ("n", computation.Degrees.n), ("L", computation.Degrees.L), ("d", computation.Degrees.d)).AsStated)
        .RefutedWhen("it is run for every neuron anew: a factor m", workload => Counted(workload, computation, workload.Trial.m))
        .RefutedWhen("it is run for every layer anew: L² in place of L", workload => Counted(workload, computation, workload.Trial.L))
        .Build();

    private static Measurement Counted(Workload workload, Computation computation, int times)
    {
        var counting = new CountingNetwork(workload.Network);
        var (inputs, targets) = (CountingLoops.Columns(workload.Inputs, workload.Trial.n), CountingLoops.Columns(workload.Targets, workload.Trial.n));
        for (var k = 0; k < times; k++)
        {
            computation.Count(counting, inputs, targets);
        }

        return Ball.Exactly(counting.Loops.Count);
    }
}
