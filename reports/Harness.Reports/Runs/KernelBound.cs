using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;

namespace Harness.Reports.Runs;

/// <summary>An upper bound of the largest eigenvalue of the tangent kernel of all samples, from kernels of some of them at a time.</summary>
/// <remarks>
/// K = JJᵀ with the rows of J in blocks J_b of samples: ‖J‖² ≤ Σ_b ‖J_b‖², so λ_max(K) ≤ Σ_b λ_max(K_b). One block gives λ_max(K) itself; blocks of a single row would give the trace.
/// Each λ_max(K_b) is enclosed from above (<see cref="SpectralNorm"/>) for the entries of K_b as they were computed.
/// </remarks>
/// <param name="Largest">The bound.</param>
/// <param name="Blocks">How many blocks there were.</param>
public sealed record KernelBound(double Largest, int Blocks)
{
    /// <summary>A kernel over at most this many columns, rows n·d times positions where a layer has several, is taken whole: its Gram matrices have as many rows, 128 MiB in double at this size.</summary>
    public const int LargestWhole = 4096;

    /// <summary>Columns of a block where it is not.</summary>
    private const int BlockColumns = 1024;

    private const double RelativeGap = 1e-3;

    /// <summary>Whether the kernel of n samples is taken whole.</summary>
    /// <param name="network">Gives the shape.</param>
    /// <param name="samples">n.</param>
    public static bool IsWhole<T>(Network<T> network, int samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (long)samples * Columns(network) <= LargestWhole;

    /// <summary>Bounds the kernel at the present weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡.</param>
    public static KernelBound Of<T>(Network<T> network, ReadOnlySpan<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        var samples = inputs.Length / network.InputDimension;
        var size = IsWhole(network, samples) ? samples : Math.Max(1, BlockColumns / Columns(network));
        var (largest, blocks) = (0.0, 0);
        for (var from = 0; from < samples; from += size)
        {
            var count = Math.Min(size, samples - from);
            largest += OfBlock(network, inputs.Slice(from * network.InputDimension, count * network.InputDimension), count);
            blocks++;
        }

        return new(largest, blocks);
    }

    private static double OfBlock<T>(Network<T> network, ReadOnlySpan<T> inputs, int samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var order = samples * network.OutputDimension;
        var state = new BatchState<T>(network, order);
        var kernel = new T[order * order];
        TangentKernel.Compute(network, inputs, state, kernel, new T[TangentKernel.WorkspaceLength(state)]);
        return SpectralNorm.Enclose(
            Array.ConvertAll(kernel, double.CreateTruncating), order, order, RandomStream.FromSeed(1), RelativeGap, new double[SpectralNorm.WorkspaceLength(order, order)]).Upper;
    }

    /// <summary>Columns that one sample has in the widest trained layer of the kernel's passes.</summary>
    private static int Columns<T>(Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        network.OutputDimension * Enumerable.Range(network.FirstTrained, network.LastTrained - network.FirstTrained + 1).Max(network.Positions);
}
