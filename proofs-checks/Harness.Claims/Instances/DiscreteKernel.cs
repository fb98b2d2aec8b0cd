using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using Harness.Core.Spectra;

namespace Harness.Claims.Instances;

/// <summary>A positive definite kernel on finitely many points with masses, both exact: Gram matrices of whole numbers, and squares of eighths.</summary>
/// <param name="Trial">The trial it belongs to.</param>
/// <param name="Kernel">k, n × n, of whole numbers.</param>
/// <param name="Masses">μ, squares of positive multiples of ⅛.</param>
public sealed record DiscreteKernel(Trial Trial, double[] Kernel, double[] Masses)
{
    /// <summary>n.</summary>
    public int Points => Masses.Length;

    /// <summary>Random kernels of the domain's n.</summary>
    public static Generator<DiscreteKernel> On(Domain domain) => new(domain, "Gram matrices of 2n features with entries −3 … 3, masses the squares of ⅛ … 1", takesData: false, trial =>
        new(trial, Gram(trial.Random("features"), trial.n), Squares(trial.Random("masses"), trial.n, least: 1, most: 8)));

    /// <summary>XXᵀ with 2n features of small whole numbers: every entry is exact.</summary>
    public static double[] Gram(RandomStream stream, int n)
    {
        var features = new double[2 * n * n];
        for (var i = 0; i < features.Length; i++)
        {
            features[i] = stream.Integer((ulong)i, 7) - 3;
        }

        var gram = new double[n * n];
        GramMatrix.Compute(features, 2 * n, n, n, gram);
        return gram;
    }

    /// <summary>(j/8)² with j drawn from least … most.</summary>
    public static double[] Squares(RandomStream stream, int n, int least, int most)
    {
        var squares = new double[n];
        for (var i = 0; i < n; i++)
        {
            var root = (least + stream.Integer((ulong)i, most - least + 1)) / 8.0;
            squares[i] = root * root;
        }

        return squares;
    }

    /// <summary>All λᵢ(k; μ), descending, enclosed.</summary>
    /// <remarks>An entry of the symmetrised matrix is off by at most 3u of itself; where masses are squares and the kernel is whole it is exact, and the radius says a little too much.</remarks>
    public static Ball[] Spectrum(ReadOnlySpan<double> kernel, ReadOnlySpan<double> masses)
    {
        var n = masses.Length;
        var (matrix, radii, values, vectors) = (kernel.ToArray(), new double[n * n], new double[n], new double[n * n]);
        var workspace = new double[SymmetricEigen.WorkspaceLength(n, vectors: true)];
        NystromOperator.Symmetrise(matrix, masses, new double[2 * n]);
        for (var i = 0; i < radii.Length; i++)
        {
            radii[i] = RoundedUp.Multiply(4 * Rounding.Unit, Math.Abs(matrix[i]));
        }

        SymmetricEigen.Decompose((double[])matrix.Clone(), n, values, vectors, workspace);
        var radius = EigenvalueBounds.Radius(matrix, radii, n, values, vectors, workspace);
        return [.. values.Reverse().Select(λ => new Ball(λ, radius))];
    }
}
