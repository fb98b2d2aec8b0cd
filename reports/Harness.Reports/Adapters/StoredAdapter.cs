using Harness.Core.Networks;

namespace Harness.Reports.Adapters;

/// <summary>An adapter as a file holds it.</summary>
/// <param name="Adapter">The factors and their scale.</param>
/// <param name="Alpha">α, where the file has one and not the scale itself.</param>
/// <param name="IsTransposed">Whether the adapted matrix is stored as k × d, inputs first, as GPT-2's layers and embeddings are.</param>
public sealed record StoredAdapter(LowRankAdapter<double> Adapter, double? Alpha = null, bool IsTransposed = false);
