using Harness.Core.Networks;

namespace Harness.Core.Tangents;

/// <summary>Which positions below it a position of a layer reads: those of a filter, or, if the layer is dense, its one position reads all.</summary>
/// <param name="graph">The positions below, and the filter.</param>
/// <param name="isDense">Whether the layer is dense.</param>
internal readonly struct LayerReads(PositionGraph graph, bool isDense)
{
    /// <summary>Positions of the layer.</summary>
    public int Positions => isDense ? 1 : graph.Positions;

    /// <summary>How many positions below one of them reads.</summary>
    public int Offsets => isDense ? graph.Positions : graph.Offsets;

    /// <summary>The position below that <paramref name="position"/> reads at an offset.</summary>
    public int Read(int position, int offset) => isDense ? offset : graph.Read(position, offset);
}
