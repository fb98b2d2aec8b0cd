namespace Harness.Core.Networks;

/// <summary>
/// How a weight matrix W enters its layer: g = s + τ W P h, with h what the layer below leaves, P the patches that a filter reads (or nothing moved), and s = h with τ given, or 0 with τ = 1.
/// </summary>
/// <remarks>Everything that tells the fully connected, the convolutional and the residual network apart; whoever computes with a network handles these three cases and so all networks.</remarks>
/// <param name="Rows">Rows of W: features of the layer at one position.</param>
/// <param name="Columns">Columns of W: numbers that one output position reads.</param>
/// <param name="Positions">p, positions that share W; 1 where the layer is dense.</param>
/// <param name="Reads">Where the filter reads, or null where W takes what is below as it lies.</param>
/// <param name="Step">τ of a residual layer, which adds what is below to τ times the product; null for other layers.</param>
internal readonly record struct LayerForm(int Rows, int Columns, int Positions = 1, PositionGraph? Reads = null, double? Step = null);
