using System.Collections.Immutable;
using System.Numerics.Tensors;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Reports.Adapters;

/// <summary>What the factors of an adapter say of its update ΔW = s·BA.</summary>
/// <param name="Module">The module's name.</param>
/// <param name="Rows">d.</param>
/// <param name="Columns">k.</param>
/// <param name="Rank">r, the columns of B.</param>
/// <param name="Alpha">α, where the file has one.</param>
/// <param name="Scale">s.</param>
/// <param name="UpdateNorm">‖ΔW‖_F.</param>
/// <param name="SingularValues">σ of ΔW, in descending order: r numbers.</param>
public sealed record AdapterInspection(string Module, int Rows, int Columns, int Rank, double? Alpha, double Scale, double UpdateNorm, ImmutableArray<double> SingularValues)
{
    /// <summary>Singular values below this part of the largest are no directions: single precision, in which adapters are stored at best, does not tell them.</summary>
    private const double LeastRelativeValue = 1e-6;

    /// <summary>Singular values above a millionth of the largest.</summary>
    public int NumericalRank => SingularValues.Count(σ => σ > LeastRelativeValue * SingularValues[0]);

    /// <summary>exp of the entropy of σ/Σσ (Roy, Vetterli, EUSIPCO 2007): between 1 and the rank; 0 where ΔW is.</summary>
    public double EffectiveRank
    {
        get
        {
            var sum = SingularValues.Sum();
            return sum > 0 ? Math.Exp(SingularValues.Where(σ => σ > 0).Sum(σ => -σ / sum * Math.Log(σ / sum))) : 0;
        }
    }

    /// <summary>φ(A, A′, i, j) for i and j up to the numerical ranks of A and of the other adapter's A, row by row; null without another adapter.</summary>
    public ImmutableArray<ImmutableArray<double>>? Similarity { get; init; }

    /// <summary>‖ΔW‖_F/‖UᵀWV‖_F with U and V the singular frames of ΔW (arXiv:2106.09685, section 7.3); null without W, or where ΔW = 0.</summary>
    public double? Amplification { get; init; }

    /// <summary>‖W′ − W‖_F of the model trained in full; null without it.</summary>
    public double? ChangeNorm { get; init; }

    /// <summary>(Σ_{i>r} σ_i(W′ − W)²)^½: no update of rank r is closer to that change (Eckart and Young); null without W′.</summary>
    public double? Floor { get; init; }

    /// <summary>‖W′ − W − ΔW‖_F; null without W′.</summary>
    public double? Distance { get; init; }

    /// <summary>Inspects one adapter.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="stored">The adapter.</param>
    /// <param name="other">An adapter of the same module to compare with.</param>
    /// <param name="weights">W, the module's weights without adapter.</param>
    /// <param name="tuned">W′, the module's weights after training in full; needs W.</param>
    /// <exception cref="ArgumentException">The other adapter has another number of columns.</exception>
    public static AdapterInspection Of(string module, StoredAdapter stored, StoredAdapter? other = null, Weights<double>? weights = null, Weights<double>? tuned = null)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var adapter = stored.Adapter;
        var (rows, columns, rank) = (adapter.Up.Rows, adapter.Down.Columns, adapter.Down.Rows);
        var (left, right, values) = (Transposed(adapter.Up), RowMajor(adapter.Down), new double[rank]);
        SingularValueDecomposition.OfProduct(left, right, rank, values, new double[(2 * rank * rank) + (rank * Math.Max(rows, columns))]);
        TensorPrimitives.Multiply(values, Math.Abs(adapter.Scale), values);
        var inspection = new AdapterInspection(module, rows, columns, rank, stored.Alpha, adapter.Scale, Math.Sqrt(FixedOrder.SumOfSquares<double>(values)), [.. values]);
        var directions = inspection.NumericalRank;
        inspection = inspection with
        {
            Similarity = other is null ? null : Similarities(adapter.Down, other.Adapter.Down),
            Amplification = weights is null || directions == 0 ? null : AdapterSubspace.Amplification(inspection.UpdateNorm, left.AsSpan(0, directions * rows), right.AsSpan(0, directions * columns), weights, directions),
        };
        return weights is not null && tuned is not null ? inspection.Against(adapter, weights, tuned) : inspection;
    }

    private AdapterInspection Against(LowRankAdapter<double> adapter, Weights<double> weights, Weights<double> tuned)
    {
        var change = new Weights<double>(weights.Rows, weights.Columns);
        change.CopyFrom(tuned);
        change.AddScaled(-1, weights);
        var squares = change.SquaredFrobeniusNorm();
        var floor = RankError.Of(change, Rank);
        adapter.Unmerge(change);
        return this with { ChangeNorm = Math.Sqrt(squares), Floor = floor, Distance = Math.Sqrt(change.SquaredFrobeniusNorm()) };
    }

    /// <summary>φ of all pairs from the squared cosines: φ(i, j) = Σ_{a≤i, b≤j} cos²/min(i, j).</summary>
    private static ImmutableArray<ImmutableArray<double>> Similarities(Weights<double> first, Weights<double> second)
    {
        if (first.Columns != second.Columns)
        {
            throw new ArgumentException($"Subspaces of ℝ^{first.Columns} and ℝ^{second.Columns} have no angles.", nameof(second));
        }

        var (u, v) = (Directions(first), Directions(second));
        var (sums, k) = (new double[(v.Length / first.Columns) + 1], first.Columns);
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<double>>();
        for (var i = 0; i < u.Length / k; i++)
        {
            var (row, sum) = (ImmutableArray.CreateBuilder<double>(), 0.0);
            for (var j = 0; j < v.Length / k; j++)
            {
                var cosine = FixedOrder.Dot<double>(u.AsSpan(i * k, k), v.AsSpan(j * k, k));
                sum += cosine * cosine;
                sums[j] += sum;
                row.Add(sums[j] / (Math.Min(i, j) + 1));
            }

            rows.Add(row.ToImmutable());
        }

        return rows.ToImmutable();
    }

    /// <summary>Right singular vectors of A that are directions, a vector a row.</summary>
    private static double[] Directions(Weights<double> down)
    {
        var (rows, values) = (RowMajor(down), new double[down.Rows]);
        SingularValueDecomposition.Compute(rows, down.Rows, values, new double[down.Rows * down.Rows]);
        return rows[..(values.Count(σ => σ > LeastRelativeValue * values[0]) * down.Columns)];
    }

    private static double[] RowMajor(Weights<double> matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        matrix.CopyTo(values);
        return values;
    }

    private static double[] Transposed(Weights<double> matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        for (var i = 0; i < matrix.Rows; i++)
        {
            for (var j = 0; j < matrix.Columns; j++)
            {
                values[(j * matrix.Rows) + i] = matrix[i, j];
            }
        }

        return values;
    }
}
