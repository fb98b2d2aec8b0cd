using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>Certified passes, loss, gradient norm and kernel of convolutional and residual networks (arXiv:1811.03962, appendices B and C), with the paper's layers trained or all of them.</summary>
internal sealed class ArchitectureTarget() : FuzzTarget("architectures", "certified passes, loss, gradient norm and tangent kernel of convolutional and residual networks")
{
    private const string Inputs = "X", Targets = "Y";

    private static readonly PositionGraph[] Graphs = [PositionGraph.Ring(2, 2), PositionGraph.Ring(4, 3), PositionGraph.Torus(2, 2, 2, 2), PositionGraph.Torus(2, 3, 1, 2)];

    // Floats, so that both precisions have the same τ.
    private static readonly double[] Steps = [0.5, 0.3f];

    private readonly Dictionary<string, object> workspaces = [];

    private protected override bool TakesSingle => true;

    private static int Variants => Graphs.Length + Steps.Length;

    private protected override FuzzCase Draw(CaseDraws draws)
    {
        // A variant is a graph or a step, and that twice: with the paper's layers trained, and with all.
        var (variant, n, c, m, depth, d) = (draws.Integer(2 * Variants), 1 + draws.Integer(2), 1 + draws.Integer(2), 1 + draws.Integer(3), 1 + draws.Integer(3), 1 + draws.Integer(2));
        var (graph, _) = Of(variant);
        var operands = new List<Operand> { draws.Numbers(Inputs, Axis.Samples, n, Axis.Single, c * (graph?.Positions ?? 1)), draws.Numbers(Targets, Axis.Samples, n, Axis.Outputs, d) };
        for (var l = 0; l <= depth; l++)
        {
            var reads = graph is null ? 1 : l < depth ? graph.Offsets : graph.Positions;
            operands.Add(draws.Numbers($"W{l}", Axis.Single, m, Axis.Single, (l == 0 ? c : m) * reads));
        }

        operands.Add(draws.Numbers($"W{depth + 1}", Axis.Outputs, d, Axis.Single, m));
        return new(draws.Kind, draws.IsSingle, [.. operands]) { Variant = variant };
    }

    private protected override void Try(FuzzCase instance)
    {
        var matrices = instance.Operands[2..];
        var (graph, step) = Of(instance.Variant);
        var oracle = new DyadicNetwork(matrices[0].Rows, [.. matrices.Select(o => o.Elements)]) { Graph = graph, Step = step };
        var exact = new ExactPasses(oracle, instance[Inputs].Elements, instance[Targets].Elements, instance[Inputs].Rows);
        if (instance.IsSingle)
        {
            Try<float>(instance, matrices, exact);
        }
        else
        {
            Try<double>(instance, matrices, exact);
        }
    }

    private static (PositionGraph? Graph, double? Step) Of(int variant) =>
        variant % Variants < Graphs.Length ? (Graphs[variant % Variants], null) : (null, Steps[(variant % Variants) - Graphs.Length]);

    private void Try<T>(FuzzCase instance, Operand[] matrices, ExactPasses exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var workspace = Workspace<T>(instance, exact);
        workspace.Load(matrices, exact);
        var (network, state, radii, n) = (workspace.Network, workspace.State, workspace.Radii, exact.Targets.Length);
        CertifiedForward.Run<T>(network, workspace.Inputs, state, radii);
        ForwardTarget.Values(Judge, workspace, exact);
        Judge.Holds(CertifiedLoss.Evaluate<T>(state, radii, workspace.Targets), exact.Loss(), "F");

        if (network is Network<double> doubles)
        {
            DoubleDoubleTarget.Try(Judge, doubles, exact);
        }

        CertifiedGradient.Backward(network, state, radii);
        Dyadic squares = default;
        for (var l = network.FirstTrained; l <= network.LastTrained; l++)
        {
            squares = exact.LossDerivative(l).Aggregate(squares, (sum, derivative) => sum + (derivative * derivative));
        }

        Judge.Holds(CertifiedGradient.SquaredFrobeniusNorm<T>(state, radii, workspace.Grams), squares, "‖∇F‖²");

        var (kernel, bounds) = (new T[n * n], new T[n * n]);
        CertifiedTangentKernel.Compute<T>(network, workspace.Inputs, workspace.Columns, workspace.ColumnRadii, kernel, bounds, workspace.Grams);
        TangentKernelTarget.Kernel(Judge, kernel, bounds, [.. Enumerable.Range(network.FirstTrained, network.LastTrained - network.FirstTrained + 1).Select(exact.OutputDerivatives)]);
    }

    private NetworkWorkspace<T> Workspace<T>(FuzzCase instance, ExactPasses exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (graph, step) = Of(instance.Variant);
        var (channels, oracle, all) = (instance[Inputs].Columns / (graph?.Positions ?? 1), exact.Oracle, instance.Variant >= Variants);
        var shape = $"{instance.Variant} {typeof(T).Name} {exact.Samples} {channels} {oracle.Width} {oracle.Depth} {oracle.Outputs}";
        if (!workspaces.TryGetValue(shape, out var workspace))
        {
            Network<T> network = graph is not null
                ? new Convolutional<T>(graph, channels, oracle.Width, oracle.Depth, oracle.Outputs) { TrainsAllLayers = all }
                : new Residual<T>(channels, oracle.Width, oracle.Depth, oracle.Outputs, step) { TrainsAllLayers = all };
            workspaces.Add(shape, workspace = new NetworkWorkspace<T>(exact.Samples, network));
        }

        return (NetworkWorkspace<T>)workspace;
    }
}
