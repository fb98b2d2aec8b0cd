using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;

namespace Harness.Core.Enclosures;

/// <summary>The empirical neural tangent kernel (<see cref="TangentKernel"/>) as a ball matrix; the midpoints are that kernel, bit for bit.</summary>
public static class CertifiedTangentKernel
{
    /// <summary>Fills the kernel and its radii, nd × nd, row-major, symmetric. Allocates nothing.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡, exact.</param>
    /// <param name="state">Workspace for n·d samples; overwritten.</param>
    /// <param name="radii">Made for this state; overwritten.</param>
    /// <param name="kernel">Receives K̂.</param>
    /// <param name="kernelRadii">Receives R: |K − K̂| ≤ R entry by entry.</param>
    /// <param name="workspace">At least <see cref="CertifiedGradient.WorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">The state is not for n·d samples, or a span does not fit it.</exception>
    public static void Compute<T>(
        Network<T> network, ReadOnlySpan<T> inputs, BatchState<T> state, BatchRadii<T> radii, Span<T> kernel, Span<T> kernelRadii, Span<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        network.Load(inputs, state, copies: network.OutputDimension);
        CertifiedForward.Run(network, state, radii);
        FromForward(network, state, radii, kernel, kernelRadii, workspace);
    }

    /// <summary>The same from a certified forward pass that is already there, such as <see cref="DoubleDoubleForward"/> leaves.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="state">Holds the pass: every sample in d successive columns.</param>
    /// <param name="radii">Its radii.</param>
    /// <param name="kernel">Receives K̂.</param>
    /// <param name="kernelRadii">Receives R: |K − K̂| ≤ R entry by entry.</param>
    /// <param name="workspace">At least <see cref="CertifiedGradient.WorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">A span does not fit the state.</exception>
    public static void FromForward<T>(Network<T> network, BatchState<T> state, BatchRadii<T> radii, Span<T> kernel, Span<T> kernelRadii, Span<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (n, outputs) = (state.Samples, network.OutputDimension);
        if (kernel.Length != n * n || kernelRadii.Length != n * n)
        {
            throw new ArgumentException($"The kernel of {n} columns has {n * n} elements; the spans have {kernel.Length} and {kernelRadii.Length}.");
        }

        Array.Clear(state.OutputSignal);
        Array.Clear(radii.OutputSignal);
        for (var column = 0; column < n; column++)
        {
            state.OutputSignal[(column % outputs * state.Stride) + column] = T.One;
        }

        CertifiedGradient.Backward(network, state, radii);
        kernel.Clear();
        kernelRadii.Clear();
        for (var l = network.FirstTrained; l <= network.LastTrained; l++)
        {
            var grams = LayerGrams<T>.Compute(state, radii, l, workspace);
            if (state.Positions(l) == 1)
            {
                GramMatrix.AddHadamard<T>(grams.Arguments, grams.Signals, kernel);
                Accumulate(grams, kernel, kernelRadii, n);
            }
            else
            {
                AccumulatePairs(grams, state.Positions(l), state.Stride, kernel, kernelRadii, n);
                TangentKernel.AddPairsOfPositions<T>(grams.Arguments, grams.Signals, state.Positions(l), state.Stride, n, kernel);
            }
        }
    }

    /// <summary>Adds the radii of a layer's term and of the rounding with which it was added: at most u times the sum as computed.</summary>
    private static void Accumulate<T>(LayerGrams<T> grams, ReadOnlySpan<T> kernel, Span<T> radii, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rounding = Precision<T>.Unit * Math.Abs(double.CreateTruncating(kernel[(i * n) + j]));
                var sum = double.CreateTruncating(radii[(i * n) + j]) + grams.RadiusOfProduct(i, j, n, 0) + rounding;
                radii[(i * n) + j] = Precision<T>.AtLeast(RoundingError.Inflate(sum, 16));
            }
        }

        SymmetricMatrix.MirrorLower(radii, n);
    }

    /// <summary>The same where positions share the layer, before its p² terms are added: a term and the sum so far pass through at most p² roundings.</summary>
    private static void AccumulatePairs<T>(LayerGrams<T> grams, int positions, int stride, ReadOnlySpan<T> kernel, Span<T> radii, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pairs = (long)positions * positions;
        var γ = Precision<T>.Gamma(pairs);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = double.CreateTruncating(radii[(i * n) + j]) + (γ * Math.Abs(double.CreateTruncating(kernel[(i * n) + j])));
                for (var row = i; row < positions * stride; row += stride)
                {
                    for (var column = j; column < positions * stride; column += stride)
                    {
                        sum += grams.RadiusOfProduct(row, column, positions * stride, γ);
                    }
                }

                radii[(i * n) + j] = Precision<T>.AtLeast(RoundingError.Inflate(sum, pairs + 16));
            }
        }

        SymmetricMatrix.MirrorLower(radii, n);
    }
}
