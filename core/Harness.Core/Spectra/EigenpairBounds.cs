using System.Numerics.Tensors;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Core.Spectra;

/// <summary>What one approximate eigenpair proves by itself, whatever it came from.</summary>
/// <remarks>
/// Sources: Parlett, "The Symmetric Eigenvalue Problem", theorems 4.5.1 and 11.7.1 to 11.7.3; Kato, J. Phys. Soc. Japan 4 (1949); Temple, Proc. Roy. Soc. A 119 (1928); Davis, Kahan, SIAM J. Numer. Anal. 7 (1970).
/// For all eigenvalues at once, each with its index: <see cref="SymmetricEigen.Radius"/>.
/// </remarks>
public static class EigenpairBounds
{
    /// <summary>An upper bound r of ‖Av − θv‖/‖v‖, rounding included: A has an eigenvalue within r of θ. Infinite for v = 0.</summary>
    /// <typeparam name="TOperator">The operator.</typeparam>
    /// <param name="matrix">A.</param>
    /// <param name="value">θ.</param>
    /// <param name="vector">v.</param>
    /// <param name="workspace">At least n elements.</param>
    /// <exception cref="ArgumentException">A span does not fit the order.</exception>
    public static double Residual<TOperator>(scoped TOperator matrix, double value, scoped ReadOnlySpan<double> vector, scoped Span<double> workspace)
        where TOperator : ISymmetricOperator, allows ref struct
    {
        var n = matrix.Order;
        if (vector.Length != n || workspace.Length < n)
        {
            throw new ArgumentException($"An eigenvector of order {n} needs {n} elements of it and of workspace; got {vector.Length} and {workspace.Length}.");
        }

        var residual = workspace[..n];
        matrix.Apply(vector, residual);
        TensorPrimitives.FusedMultiplyAdd(vector, -value, residual, residual);

        // The difference is rounded once, either sum of squares k times; the square root halves that.
        var k = FixedOrder.RoundingDepth<double>(n);
        var computed = RoundingError.Inflate(Math.Sqrt(FixedOrder.SumOfSquares<double>(residual)), k + 8L);
        var norm = Math.Sqrt(FixedOrder.SumOfSquares(vector)) * (1 - (2 * (k + 8) * Rounding.Unit));
        var underflow = RoundingError.SmallestNormal * n;
        return norm > 0 ? RoundingError.Inflate(((computed + underflow) / norm) + matrix.ErrorNorm, 8) : double.PositiveInfinity;
    }

    /// <summary>Kato and Temple: the one eigenvalue in (<paramref name="below"/>, <paramref name="above"/>) is in [ρ − r²/(above − ρ), ρ + r²/(ρ − below)].</summary>
    /// <param name="quotient">ρ, enclosing the Rayleigh quotient vᵀAv/vᵀv.</param>
    /// <param name="residual">r ≥ ‖Av − ρv‖/‖v‖; the residual of any other θ in place of ρ bounds it too.</param>
    /// <param name="below">Every other eigenvalue is at most this, −∞ if there is none below,</param>
    /// <param name="above">or at least this, +∞ if there is none above.</param>
    /// <returns>The enclosure; one that states nothing where ρ may lie outside the interval.</returns>
    public static Ball KatoTemple(Ball quotient, double residual, double below, double above)
    {
        if (!(quotient.Lower > below && quotient.Upper < above) || !(residual >= 0))
        {
            return Ball.Unbounded(quotient.Midpoint);
        }

        var square = RoundedUp.Multiply(residual, residual);
        var lower = RoundedUp.Add(Over(square, RoundedDown(above, quotient.Upper)), -quotient.Lower);
        var upper = RoundedUp.Add(Over(square, RoundedDown(quotient.Lower, below)), quotient.Upper);
        return Ball.Between(-lower, upper);

        static double RoundedDown(double x, double y) => -RoundedUp.Add(y, -x);
        static double Over(double x, double gap) => double.IsPositiveInfinity(gap) ? 0 : double.BitIncrement(x / gap);
    }

    /// <summary>ρ = vᵀAv/vᵀv, enclosed.</summary>
    /// <typeparam name="TOperator">The operator.</typeparam>
    /// <param name="matrix">A.</param>
    /// <param name="vector">v, not zero.</param>
    /// <param name="workspace">At least n elements.</param>
    public static Ball RayleighQuotient<TOperator>(scoped TOperator matrix, scoped ReadOnlySpan<double> vector, scoped Span<double> workspace)
        where TOperator : ISymmetricOperator, allows ref struct
    {
        var product = workspace[..matrix.Order];
        matrix.Apply(vector, product);
        var (inner, square) = (Ball.Exactly(0), Ball.Exactly(0));
        for (var i = 0; i < product.Length; i++)
        {
            inner += Ball.Exactly(vector[i]) * Ball.Exactly(product[i]);
            square += Ball.Square(Ball.Exactly(vector[i]));
        }

        // |vᵀ(fl(Av) − Av)| ≤ ε‖v‖².
        var quotient = inner / square;
        return new(quotient.Midpoint, RoundedUp.Add(quotient.Radius, matrix.ErrorNorm));
    }

    /// <summary>Davis and Kahan: sin ∠(v, eigenvector) ≤ r/gap, the gap being the distance from θ to every other eigenvalue; rounded up and at most 1.</summary>
    /// <param name="residual">r.</param>
    /// <param name="gap">A lower bound of the distance.</param>
    public static double Angle(double residual, double gap) => gap > 0 && residual < gap ? double.BitIncrement(residual / gap) : 1;
}
