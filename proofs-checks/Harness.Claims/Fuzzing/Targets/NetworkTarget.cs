using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>A target that is tried on networks with data: A, W₁ … W_L, B, inputs X and targets Y.</summary>
internal abstract class NetworkTarget(string name, string summary) : FuzzTarget(name, summary)
{
    private const string Inputs = "X", Targets = "Y", Input = "A", Output = "B";

    private readonly Dictionary<(int, int, int, int, int, bool), object> workspaces = [];

    private protected override bool TakesSingle => true;

    private protected override FuzzCase Draw(CaseDraws draws)
    {
        var (n, dx, m, d) = (draws.Dimension(3, 9), draws.Dimension(3, 9), draws.Dimension(4, 17), 1 + draws.Integer(2));
        var hidden = new Operand[draws.Dimension(2, 3)];
        for (var l = 0; l < hidden.Length; l++)
        {
            hidden[l] = draws.Numbers($"W{l + 1}", Axis.Width, m, Axis.Width, m);
        }

        var (inputs, input) = (draws.Numbers(Inputs, Axis.Samples, n, Axis.Inputs, dx), draws.Numbers(Input, Axis.Width, m, Axis.Inputs, dx));
        if (draws.Kind == NumberKind.Tied)
        {
            Tie(inputs.Elements[..dx], [input, .. hidden], draws.IsSingle);
        }

        return new(
            draws.Kind, draws.IsSingle,
            [inputs, draws.Numbers(Targets, Axis.Samples, n, Axis.Outputs, d), input, .. hidden, draws.Numbers(Output, Axis.Outputs, d, Axis.Width, m)]);
    }

    private protected override void Try(FuzzCase instance)
    {
        var x = instance[Inputs].Elements;
        Operand[] matrices = [instance[Input], .. instance.Operands.Where(o => o is { RowAxis: Axis.Width, ColumnAxis: Axis.Width }), instance[Output]];
        var oracle = new DyadicNetwork(instance[Input].Rows, [.. matrices.Select(o => o.Elements)]);
        var exact = new NetworkCase(oracle, x, instance[Targets].Elements, instance[Inputs].Rows);
        if (instance.IsSingle)
        {
            Try(Workspace<float>(matrices, exact), exact);
        }
        else
        {
            Try(Workspace<double>(matrices, exact), exact);
        }
    }

    /// <summary>Tries the network that lies in the workspace.</summary>
    private protected abstract void Try<T>(NetworkWorkspace<T> workspace, NetworkCase exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>What the passes need, kept for the next network of the shape: weights live in the pinned heap, which is not for short lives.</summary>
    private NetworkWorkspace<T> Workspace<T>(Operand[] matrices, NetworkCase exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shape = (exact.Samples, matrices[0].Columns, exact.Oracle.Width, exact.Oracle.Depth, exact.Oracle.Outputs, typeof(T) == typeof(float));
        if (!workspaces.TryGetValue(shape, out var workspace))
        {
            workspaces.Add(shape, workspace = new NetworkWorkspace<T>(exact.Samples, new(matrices[0].Columns, exact.Oracle.Width, exact.Oracle.Depth, exact.Oracle.Outputs)));
        }

        var typed = (NetworkWorkspace<T>)workspace;
        typed.Load(matrices, exact);
        return typed;
    }

    /// <summary>Gives half of the rows a last weight with which the pre-activation at the first sample is zero but for rounding.</summary>
    private static void Tie(double[] features, Operand[] layers, bool isSingle)
    {
        foreach (var layer in layers)
        {
            var next = new double[layer.Rows];
            for (var r = 0; r < layer.Rows; r++)
            {
                var row = layer.Elements.AsSpan(r * layer.Columns, layer.Columns);
                var others = 0.0;
                for (var c = 0; c < row.Length - 1; c++)
                {
                    others += row[c] * features[c];
                }

                if (r % 2 == 0 && features[^1] != 0)
                {
                    row[^1] = isSingle ? (float)(-others / features[^1]) : -others / features[^1];
                }

                next[r] = Math.Max(others + (row[^1] * features[^1]), 0);
            }

            features = next;
        }
    }
}

/// <summary>The exact side of a network case.</summary>
/// <param name="Oracle">The network.</param>
/// <param name="Inputs">n × 𝔡.</param>
/// <param name="Targets">n × d.</param>
/// <param name="Samples">n.</param>
internal sealed record NetworkCase(DyadicNetwork Oracle, double[] Inputs, double[] Targets, int Samples)
{
    private Dyadic[][][]? values;

    /// <summary>g_0 … g_L and y of every sample.</summary>
    public Dyadic[][][] Values => values ??= [.. Enumerable.Range(0, Samples).Select(i => Oracle.Evaluate(Inputs.AsSpan(i * (Inputs.Length / Samples), Inputs.Length / Samples)))];

    /// <summary>y − y* at i·d + j.</summary>
    public Dyadic[] Residuals()
    {
        var residuals = new Dyadic[Targets.Length];
        for (var at = 0; at < residuals.Length; at++)
        {
            residuals[at] = Values[at / Oracle.Outputs][^1][at % Oracle.Outputs] - Dyadic.Exactly(Targets[at]);
        }

        return residuals;
    }

    /// <summary>F = ½ Σᵢ ‖yᵢ − yᵢ*‖².</summary>
    public Dyadic Loss()
    {
        Dyadic twice = default;
        foreach (var residual in Residuals())
        {
            twice += residual * residual;
        }

        return Dyadic.Scale(twice, -1);
    }
}

/// <summary>A network with its states in the precision under test.</summary>
internal sealed class NetworkWorkspace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Allocates for a shape.</summary>
    public NetworkWorkspace(int samples, FullyConnected<T> network)
    {
        Network = network;
        State = new(network, samples);
        Radii = new(network, State);
        Columns = new(network, samples * network.OutputDimension);
        ColumnRadii = new(network, Columns);
        Grams = new T[CertifiedGradient.WorkspaceLength(Columns)];
        (Inputs, Targets) = (new T[samples * network.InputDimension], new T[samples * network.OutputDimension]);
    }

    /// <summary>The network.</summary>
    public FullyConnected<T> Network { get; }

    /// <summary>For n samples.</summary>
    public BatchState<T> State { get; }

    /// <summary>For n samples.</summary>
    public BatchRadii<T> Radii { get; }

    /// <summary>For n·d columns, as a tangent kernel needs.</summary>
    public BatchState<T> Columns { get; }

    /// <summary>For n·d columns.</summary>
    public BatchRadii<T> ColumnRadii { get; }

    /// <summary>Enough for Gram matrices of n·d columns.</summary>
    public T[] Grams { get; }

    /// <summary>n × 𝔡.</summary>
    public T[] Inputs { get; }

    /// <summary>n × d.</summary>
    public T[] Targets { get; }

    /// <summary>Takes over a case.</summary>
    public void Load(Operand[] matrices, NetworkCase exact)
    {
        for (var l = 0; l < matrices.Length; l++)
        {
            var weights = l == 0 ? Network.Input : l <= Network.Depth ? Network.Hidden(l) : Network.Output;
            weights.CopyFrom(Narrowed.To<T>(matrices[l].Elements));
        }

        Narrowed.To<T>(exact.Inputs).CopyTo(Inputs.AsSpan());
        Narrowed.To<T>(exact.Targets).CopyTo(Targets.AsSpan());
    }
}
