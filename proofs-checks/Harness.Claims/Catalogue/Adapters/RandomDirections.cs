using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>Section 7.3, table 7: how much of W lies in random directions, which is what the amplification factor is measured against.</summary>
public static class RandomDirections
{
    private static readonly Domain Shapes = Domain.Filling(
        cells: (8, 16, 40), trials: (24, 40, 80), new VariableRange("r", 1, (4, 6, 8), IsInteger: true), new VariableRange("d₁", 12, (24, 40, 80), IsInteger: true), new VariableRange("d₂", 12, (24, 40, 80), IsInteger: true));

    // Resolution: the fourth moment of uᵀWv is at most 9 times the square of its second, whatever W, so that a draw's relative variance is at most 8 and a trial's standard deviation at most √(8/256) = 0.18. Over 24 trials the interval at
    // 1 − 10⁻³ then has a half-width of 3.8·0.18/√24 = 0.14, and the mean may lie as far off again: 0.3. The mutants are off by more: r/(d_1 d_2) by a factor r, which is 2 or more in most cells, the other by max(d_1, d_2)/r.
    // Skewness: a square of a bilinear form in two Gaussian vectors has 200/√8³ = 8.8; frames and an uneven W may double it, and a mean of 256 divides it by 16.
    /// <summary>The mean.</summary>
    public static Claim Mean { get; } = Claim
        .Named("lora.random-directions")
        .DerivedFrom(Papers.HuEtAl, "Section 7.3 (table 7)", "Subspace similarity", "L9")
        .States("E‖UᵀWV‖²_F = r²‖W‖²_F/(d_1 d_2)   for independent uniform frames U, V of r vectors")
        .Given(new Generator<Trial>(Shapes, "a fixed W with entries ±1, frames from Gaussian matrices", takesData: false, trial => trial))
        .Observes("‖UᵀWV‖²_F/‖W‖²_F, mean of 256", Share)
        .Against("r²/(d_1 d_2)", v => v["r"] * v["r"] / (v["d₁"] * v["d₂"]))
        .DecidedBy(Moment.Equals(resolution: 0.3, skewness: 1))
        .RefutedWhen("r/(d_1 d_2)", v => v["r"] / (v["d₁"] * v["d₂"]))
        .RefutedWhen("r/min(d_1, d_2)", v => v["r"] / Math.Min(v["d₁"], v["d₂"]))
        .Build();

    /// <summary>The paper's random column: r = 4 and 64 at d = 12288 and ‖W_q‖_F = 61.95.</summary>
    public static Claim Table { get; } = Claim
        .Named("lora.random-directions-table")
        .DerivedFrom(Papers.HuEtAl, "Table 7 (random column)", "Subspace similarity", "L9")
        .States("61.95·r/12288 rounds to the printed 0.02 at r = 4; at r = 64 it is 0.3227, where 0.33 is printed, one draw of 0.01 above the mean")
        .Given(new Generator<int>(Domain.Lines(2, new VariableRange("r", 4, 64, IsInteger: true)), "r = 4 and 64", takesData: false, trial => (int)trial.Variables["r"]))
        .Observes("|61.95·r/12288 − printed|", r => new(Off(r, r)) { Bound = Ball.Exactly(0.01) })
        .AgainstItsOwnBound("a unit of the last printed digit")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("61.95·√r/12288", r => new(Off(r, (int)Math.Sqrt(r))) { Bound = Ball.Exactly(0.01) })
        .RefutedWhen("61.95·2r/12288", r => new(Off(r, 2 * r)) { Bound = Ball.Exactly(0.01) })
        .Build();

    private static Ball Off(int r, int factor)
    {
        var difference = (Ball.Exactly(61.95) * Ball.Exactly(factor) / Ball.Exactly(12288)) - Ball.Exactly(r == 4 ? 0.02 : 0.33);
        return Ball.Max(difference, -difference);
    }

    private static Measurement Share(Trial trial)
    {
        const int Draws = 256;
        var (r, rows, columns) = ((int)trial.Variables["r"], (int)trial.Variables["d₁"], (int)trial.Variables["d₂"]);
        var w = new Weights<double>(rows, columns);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                w[i, j] = trial.Random("W").Integer((ulong)((i * columns) + j), 2) == 0 ? -1 : 1;
            }
        }

        var sum = 0.0;
        var (u, v, product) = (new double[r * rows], new double[r * columns], new double[rows * r]);
        for (var draw = 0; draw < Draws; draw++)
        {
            trial.Random("U").Derive((ulong)draw).FillGaussian<double>(u, 1.0);
            trial.Random("V").Derive((ulong)draw).FillGaussian<double>(v, 1.0);
            Core.Networks.AdapterSubspace.Orthonormalise(u, r, rows);
            Core.Networks.AdapterSubspace.Orthonormalise(v, r, columns);
            for (var a = 0; a < r; a++)
            {
                var direction = v.AsSpan(a * columns, columns);
                w.Multiply(direction, product.AsSpan(0, rows), 1, 1);
                for (var b = 0; b < r; b++)
                {
                    var entry = FixedOrder.Dot<double>(u.AsSpan(b * rows, rows), product.AsSpan(0, rows));
                    sum += entry * entry;
                }
            }
        }

        return sum / Draws / (rows * (double)columns);
    }
}
