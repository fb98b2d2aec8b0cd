using System.Numerics.Tensors;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;

namespace Harness.Claims.Instances;

/// <summary>The regime of the tangent kernel: K outputs of N samples are linear in the change X of an m × n weight matrix, with gradients in general position.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Gradients">G_1 … G_KN, each m × n row-major.</param>
/// <param name="Targets">y: what is left to fit, KN numbers.</param>
/// <param name="Problem">The convex problem in X.</param>
/// <param name="Penalty">λ.</param>
public sealed record LinearisedAdaptation(Trial Trial, double[] Gradients, double[] Targets, NuclearNormLeastSquares Problem, double Penalty)
{
    /// <summary>KN.</summary>
    public int Count => Targets.Length;

    /// <summary>Gaussian gradients and targets; λ is a share of the least penalty at which X = 0 is the minimiser.</summary>
    /// <param name="domain">Needs m, K, N and λ/λ₀.</param>
    public static Generator<LinearisedAdaptation> On(Domain domain) => new(
        domain,
        "Gaussian gradients G_k of m × (m + 1) and Gaussian targets; λ a share of ‖Σ y_kG_k‖₂, from which on X = 0 is the minimiser",
        takesData: false,
        trial =>
        {
            var (rows, count) = ((int)trial.Variables["m"], (int)(trial.Variables["K"] * trial.Variables["N"]));
            var (gradients, targets) = (new double[count * rows * (rows + 1)], new double[count]);
            trial.Random("G").FillGaussian<double>(gradients, 1);
            trial.Random("y").FillGaussian<double>(targets, 1);
            var problem = new NuclearNormLeastSquares(gradients, targets, rows, rows + 1);
            return new(trial, gradients, targets, problem, trial.Variables["λ/λ₀"] * problem.ZeroPenalty);
        });

    /// <summary>Gradient descent on ½Σ(⟨G_k, BA⟩ − y_k)² + ½λ(‖B‖²_F + ‖A‖²_F) from Gaussian factors of the size of the solution's; the objective after it.</summary>
    /// <param name="rank">r.</param>
    /// <param name="steps">Steps at rate 0.4/(Lσ₁ + λ), σ₁ the solution's largest singular value: the curvature near the solution is at most about 2(Lσ₁ + λ).</param>
    public double Trained(int rank, int steps)
    {
        var (rows, columns) = (Problem.Rows, Problem.Columns);
        var largest = LargestSingularValue();
        var rate = 0.4 / ((Problem.Smoothness * largest) + Penalty);
        var adapter = new LowRankAdapter<double>(rows, columns, rank, scale: 1);
        adapter.Up.FillGaussian(Trial.Random("B"), Math.Sqrt(largest / columns));
        adapter.Down.FillGaussian(Trial.Random("A"), Math.Sqrt(largest / columns));
        var (identity, signal, update) = (new double[columns * columns], new double[rows * columns], new Weights<double>(rows, columns));
        for (var i = 0; i < columns; i++)
        {
            identity[(i * columns) + i] = 1;
        }

        var (residual, workspace) = (new double[Count], new double[adapter.WorkspaceLength(columns)]);
        var decay = 1 - (rate * Penalty);
        for (var step = 0; step < steps; step++)
        {
            Residual(adapter, update, signal, residual);
            Array.Clear(signal);
            for (var k = 0; k < Count; k++)
            {
                TensorPrimitives.FusedMultiplyAdd(Gradients.AsSpan(k * signal.Length, signal.Length), residual[k], signal, signal);
            }

            // (1 − ηλ)A − ηBᵀG = (1 − ηλ)(A − η/(1 − ηλ)·BᵀG).
            adapter.AddGradients(signal, identity, columns, columns, -rate / decay, -rate / decay, adapter.Down, adapter.Up, workspace);
            adapter.Down.Scale(decay);
            adapter.Up.Scale(decay);
        }

        Residual(adapter, update, signal, residual);
        return (FixedOrder.SumOfSquares<double>(residual) + (Penalty * (adapter.Down.SquaredFrobeniusNorm() + adapter.Up.SquaredFrobeniusNorm()))) / 2;
    }

    /// <summary>⟨G_k, BA⟩ − y_k.</summary>
    private void Residual(LowRankAdapter<double> adapter, Weights<double> update, double[] product, double[] residual)
    {
        update.Scale(0);
        adapter.Merge(update);
        update.CopyTo(product);
        for (var k = 0; k < Count; k++)
        {
            residual[k] = FixedOrder.Dot<double>(Gradients.AsSpan(k * product.Length, product.Length), product) - Targets[k];
        }
    }

    private double LargestSingularValue()
    {
        var (rows, values) = (Problem.Solution.ToArray(), new double[Problem.Rows]);
        SingularValueDecomposition.Compute(rows, Problem.Rows, values, new double[Problem.Rows * Problem.Rows]);
        return values[0];
    }
}
