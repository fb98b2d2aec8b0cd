using System.Collections.Immutable;
using Harness.Core.Data;

namespace Harness.Reports.Files;

/// <summary>Samples drawn at random from a file, in its order, and where they stand in it.</summary>
/// <param name="Data">The raw samples.</param>
/// <param name="Lines">The line of every sample, counted from 1 as an editor counts.</param>
/// <param name="Columns">What every input column is called: "column 3 ('petal width')".</param>
/// <param name="Total">Samples of the file.</param>
public sealed record SampledRows(DataSet Data, ImmutableArray<long> Lines, ImmutableArray<string> Columns, int Total);
