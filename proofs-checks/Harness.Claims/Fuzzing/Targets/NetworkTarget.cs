using System.Numerics;
using Harness.Claims.Exact;
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
        var exact = new ExactPasses(oracle, x, instance[Targets].Elements, instance[Inputs].Rows);
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
    private protected abstract void Try<T>(NetworkWorkspace<T> workspace, ExactPasses exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>What the passes need, kept for the next network of the shape: weights live in the pinned heap, which is not for short lives.</summary>
    private NetworkWorkspace<T> Workspace<T>(Operand[] matrices, ExactPasses exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shape = (exact.Samples, matrices[0].Columns, exact.Oracle.Width, exact.Oracle.Depth, exact.Oracle.Outputs, typeof(T) == typeof(float));
        if (!workspaces.TryGetValue(shape, out var workspace))
        {
            workspaces.Add(shape, workspace = new NetworkWorkspace<T>(exact.Samples, new FullyConnected<T>(matrices[0].Columns, exact.Oracle.Width, exact.Oracle.Depth, exact.Oracle.Outputs)));
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
