using Harness.Core.Networks;
using Harness.Core.Training;
using Harness.Reports.Files;

namespace Harness.Reports.Certificates;

/// <summary>Which network and which loss a snapshot is of: the fully connected one and the squared loss unless it says otherwise (docs/cli.md, "train").</summary>
internal static class SnapshotNetwork
{
    /// <summary>A network of the snapshot's kind and shape, with all weights zero.</summary>
    /// <param name="arrays">The snapshot.</param>
    /// <param name="a">A, which gives width and input dimension.</param>
    /// <param name="x">X, which has a column for every position at the least.</param>
    /// <param name="depth">L.</param>
    /// <param name="outputs">d.</param>
    /// <exception cref="DataFileException">There is no such kind, or what it needs is missing or impossible.</exception>
    public static Network<double> Create(SnapshotArrays arrays, NpyArray a, NpyArray x, int depth, int outputs)
    {
        var (m, columns) = (a.Shape[0], a.Shape[1]);
        var isAll = arrays.Has("gradA") || arrays.Has("gradB") || arrays.Has("A_init") || arrays.Has("B_init");
        switch (Code(arrays, "network", "fully connected, convolutional, residual", 3))
        {
            case 0:
                return new FullyConnected<double>(columns, m, depth, outputs) { TrainsAllLayers = isAll };
            case 1:
                var graph = Graph(arrays, a.Shape[1], x.Shape[1]);
                return columns % graph.Offsets == 0
                    ? new Convolutional<double>(graph, columns / graph.Offsets, m, depth, outputs) { TrainsAllLayers = isAll }
                    : throw arrays.Refusal($"has an array A of shape {SnapshotArrays.Text(a)}; a row holds {graph.Offsets} numbers of the filter for every channel.");
            default:
                var τ = arrays.Numbers("tau", 1)?[0] ?? throw arrays.Refusal("has no array tau, the step τ of a residual network.");
                return τ > 0 && double.IsFinite(τ)
                    ? new Residual<double>(columns, m, depth, outputs, τ) { TrainsAllLayers = isAll }
                    : throw arrays.Refusal($"has {τ} in tau; the step of a residual network is positive and finite.");
        }
    }

    /// <summary>The loss.</summary>
    /// <exception cref="DataFileException">There is no such loss.</exception>
    public static Loss LossOf(SnapshotArrays arrays) => Loss.All[Code(arrays, "loss_function", string.Join(", ", Loss.All.Select(loss => loss.Name)), Loss.All.Count)];

    /// <summary>The kind of a network in words.</summary>
    public static string NameOf(Network<double> network) => network switch
    {
        Convolutional<double> => "convolutional",
        Residual<double> => "residual",
        _ => "fully connected",
    };

    private static int Code(SnapshotArrays arrays, string name, string kinds, int count)
    {
        var code = arrays.Numbers(name, 1)?[0] ?? 0;
        return code >= 0 && code < count && code == Math.Floor(code) ? (int)code : throw arrays.Refusal($"has {code} in {name}; known are 0 … {count - 1}: {kinds}.");
    }

    /// <param name="arrays">The snapshot.</param>
    /// <param name="filterColumns">Numbers of a filter, of which every offset has at least one.</param>
    /// <param name="inputColumns">Numbers of an input, of which every position has at least one.</param>
    private static PositionGraph Graph(SnapshotArrays arrays, int filterColumns, int inputColumns)
    {
        var (grid, filter) = (Sizes("positions"), Sizes("filter"));
        var (p, q) = ((long)grid[0] * grid[1], (long)filter[0] * filter[1]);
        if (p > inputColumns || q > filterColumns || p * q > TrainedNetwork.MostBytesOfGraph / sizeof(int))
        {
            throw arrays.Refusal($"has a grid of {grid[0]} × {grid[1]} positions and a filter of {filter[0]} × {filter[1]}: a row of X has {inputColumns} numbers, a row of A {filterColumns}, and positions times offsets are at most {TrainedNetwork.MostBytesOfGraph / sizeof(int)}.");
        }

        return filter[0] <= grid[0] && filter[1] <= grid[1]
            ? PositionGraph.Torus(grid[0], grid[1], filter[0], filter[1])
            : throw arrays.Refusal($"has a filter of {filter[0]} × {filter[1]} on {grid[0]} × {grid[1]} positions: it would read a position twice.");

        int[] Sizes(string name)
        {
            var sizes = arrays.Numbers(name, 2) ?? throw arrays.Refusal($"has no array {name}, which a convolutional network needs: height and width.");
            return Array.TrueForAll(sizes, size => size is >= 1 and <= 65_536 && size == Math.Floor(size))
                ? Array.ConvertAll(sizes, size => (int)size)
                : throw arrays.Refusal($"has ({sizes[0]}, {sizes[1]}) in {name}; height and width are whole numbers from 1 up.");
        }
    }
}
