using System.Numerics;
using System.Runtime.InteropServices;

namespace Harness.Core.Training;

/// <summary>Adam with bias correction (Kingma and Ba, ICLR 2015, Algorithm 1), for matrices whose gradient is an outer product: it is never formed.</summary>
/// <remarks>Every element is treated by the same multiplications, additions, root and division, none of them fused, so the bits do not depend on the vector width.</remarks>
/// <param name="rate">Step size.</param>
/// <param name="meanDecay">β₁.</param>
/// <param name="squareDecay">β₂.</param>
/// <param name="offset">ε.</param>
public readonly struct Adam(double rate, double meanDecay = 0.9, double squareDecay = 0.999, double offset = 1e-8)
{
    /// <summary>One step of a matrix with gradient <paramref name="left"/> · <paramref name="right"/>ᵀ; a vector is a matrix of one row.</summary>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="left">As many numbers as rows.</param>
    /// <param name="right">As many numbers as columns.</param>
    /// <param name="parameters">The matrix, row by row; moves.</param>
    /// <param name="means">Running means of the gradient, zero before the first step; of the matrix's length.</param>
    /// <param name="squares">Running means of its squares, the same.</param>
    /// <exception cref="ArgumentException">A length differs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is less than 1.</exception>
    public void Step(int step, ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> parameters, Span<double> means, Span<double> squares)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        if (parameters.Length != left.Length * right.Length || means.Length != parameters.Length || squares.Length != parameters.Length)
        {
            throw new ArgumentException($"A gradient of {left.Length} × {right.Length} moves as many parameters; got {parameters.Length}, with {means.Length} means and {squares.Length} squares.");
        }

        var (meanScale, squareScale) = (1 / (1 - Power(meanDecay, step)), 1 / (1 - Power(squareDecay, step)));
        var columns = right.Length;
        for (var i = 0; i < left.Length; i++)
        {
            Row(left[i], right, parameters.Slice(i * columns, columns), means.Slice(i * columns, columns), squares.Slice(i * columns, columns), meanScale, squareScale);
        }
    }

    private void Row(double left, ReadOnlySpan<double> right, Span<double> parameters, Span<double> means, Span<double> squares, double meanScale, double squareScale)
    {
        var (newMean, newSquare) = (1 - meanDecay, 1 - squareDecay);
        var g = MemoryMarshal.Cast<double, Vector<double>>(right);
        var p = MemoryMarshal.Cast<double, Vector<double>>(parameters);
        var m = MemoryMarshal.Cast<double, Vector<double>>(means);
        var s = MemoryMarshal.Cast<double, Vector<double>>(squares);
        for (var j = 0; j < g.Length; j++)
        {
            var gradient = left * g[j];
            m[j] = (meanDecay * m[j]) + (newMean * gradient);
            s[j] = (squareDecay * s[j]) + (newSquare * (gradient * gradient));
            p[j] -= rate * (meanScale * m[j]) / (Vector.SquareRoot(squareScale * s[j]) + new Vector<double>(offset));
        }

        for (var j = g.Length * Vector<double>.Count; j < right.Length; j++)
        {
            var gradient = left * right[j];
            means[j] = (meanDecay * means[j]) + (newMean * gradient);
            squares[j] = (squareDecay * squares[j]) + (newSquare * (gradient * gradient));
            parameters[j] -= rate * (meanScale * means[j]) / (Math.Sqrt(squareScale * squares[j]) + offset);
        }
    }

    private static double Power(double x, int n)
    {
        var power = 1.0;
        for (var k = 0; k < n; k++)
        {
            power *= x;
        }

        return power;
    }
}
