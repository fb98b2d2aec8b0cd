using System.Collections.Immutable;

namespace Harness.Reports.Files;

/// <summary>A tensor of a safetensors file, in double precision and C order.</summary>
/// <param name="Shape">The dimensions; empty for a single number.</param>
/// <param name="Values">The numbers.</param>
/// <param name="ElementType">The type in the file: F64, F32, F16, BF16.</param>
public sealed record SafeTensor(ImmutableArray<int> Shape, double[] Values, string ElementType);
