using Harness.Claims.Decisions;
using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Section 2 and Assumption 2.1: the inputs that all statements are about, normalised, generated at a separation, and their separation measured.</summary>
public static class InputNormalisation
{
    private static readonly Domain Raw = Domain.Filling(cells: (12, 16, 40), trials: (2, 3, 8), new VariableRange("𝔡", 1, (48, 64, 256), IsInteger: true), n(1, 12));

    private static readonly Domain Pairs = Domain.Filling(cells: (12, 16, 40), trials: (2, 3, 8), new VariableRange("𝔡", 10, (48, 64, 256), IsInteger: true), n(2, 8), δ(0.9, 1e-4));

    /// <summary>What normalisation makes of any rows.</summary>
    public static Claim Norms { get; } = Claim
        .Named("azls.unit-inputs")
        .From(Papers.AllenZhuLiSong, "Section 2 (normalisation)")
        .BeyondTheList("an assumption of every statement, held against the program that is to satisfy it")
        .States("‖x_i‖ = 1, (x_i)_𝔡 = 1/√2, and ⟨x_i, x_j⟩ is that of the raw rows over 2R² among their coordinates, R the largest norm")
        .Given(new Generator<Trial>(Raw, "rows of Gaussian numbers, each of its own size", takesData: false, trial => trial))
        .Observes("the worst of ‖x_i‖² − 1, of last coordinates and of inner products", trial => Normalised(trial, 1))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("a part in 10⁹ is missing", trial => Normalised(trial, 1 - 1e-9))
        .Build();

    /// <summary>What the generator of separated inputs promises, and what the measurement of separation finds.</summary>
    public static Claim Separations { get; } = Claim
        .Named("azls.separated-inputs")
        .From(Papers.AllenZhuLiSong, "Assumption 2.1")
        .BeyondTheList("an assumption of every statement, held against the program that is to satisfy it")
        .States("min_{i≠j} ‖x_i − x_j‖ = δ over generated inputs, ‖x_i‖ = 1, (x_i)_𝔡 = 1/√2; the measured separation is that of the pair that attains it")
        .Given(new Generator<Trial>(Pairs, "inputs generated at separation δ, in any order", takesData: false, trial => trial))
        .Observes("the worst of norms, last coordinates, and the measured separation against δ and against all pairs", trial => Separated(trial, 1))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("a part in 10⁹ is missing", trial => Separated(trial, 1 - 1e-9))
        .Build();

    private static Measurement Normalised(Trial trial, double factor)
    {
        var (n, dx) = (trial.n, (int)trial.Variables["𝔡"]);
        var (raw, width) = (new double[n * dx], dx + UnitNormalisation.AddedCoordinates);
        var inputs = new double[n * width];
        trial.Random("rows").FillGaussian<double>(raw, 1);
        for (var e = 0; e < raw.Length; e++)
        {
            raw[e] *= 1 + (e / dx);
        }

        UnitNormalisation.Apply(raw, dx, inputs);
        var largest = Enumerable.Range(0, n).Max(i => FixedOrder.SumOfSquares<double>(raw.AsSpan(i * dx, dx)));

        // The class's bound of ‖x‖² − 1, with every addition in a row counted.
        var (worst, radius) = (Ball.Exactly(0), (width + 16) * Rounding.Unit);
        for (var i = 0; i < n; i++)
        {
            var x = inputs.AsSpan(i * width, width);
            worst = Worse(worst, (SquaredNorm(x) * Ball.Exactly(factor)) - new Ball(1, radius));
            worst = Worse(worst, Ball.Exactly(x[^1] - UnitNormalisation.LastCoordinate));
            for (var j = 0; j <= i; j++)
            {
                // Both inner products carry γ_{𝔡+8} of Σ|x_k x′_k| ≤ ½: the scale is right to 2½u, a scaled coordinate to 3½u.
                var of = FixedOrder.Dot<double>(raw.AsSpan(i * dx, dx), raw.AsSpan(j * dx, dx)) / (2 * largest);
                worst = Worse(worst, new(FixedOrder.Dot<double>(x[..dx], inputs.AsSpan(j * width, dx)) - of, 2 * Rounding.Gamma(dx + 8)));
            }
        }

        return new(worst) { Bound = Ball.Exactly(0) };
    }

    private static Measurement Separated(Trial trial, double factor)
    {
        var (n, dx, δ) = (trial.n, (int)trial.Variables["𝔡"], trial.Variables.δ);
        var (generated, inputs, order) = (new double[n * dx], new double[n * dx], new int[n]);
        SyntheticInputs.Separated(trial.Random("inputs"), n, δ, dx, generated);
        trial.Random("order").Permutation(order);
        for (var i = 0; i < n; i++)
        {
            generated.AsSpan(order[i] * dx, dx).CopyTo(inputs.AsSpan(i * dx, dx));
        }

        // Radii as the classes state them, k ≤ 𝔡: of a norm (k + 16)u, of a distance δ (k + 16)uδ + u, of a measured distance (𝔡/8 + 17)u of itself.
        var measured = Separation.Measure(inputs, dx);
        var (worst, relative) = (new Ball((factor * measured.Distance) - δ, (2 * (dx + 17) * Rounding.Unit * δ) + Rounding.Unit), (dx + 17) * Rounding.Unit);
        for (var i = 0; i < n; i++)
        {
            var x = inputs.AsSpan(i * dx, dx);
            worst = Worse(worst, SquaredNorm(x) - new Ball(1, relative));
            worst = Worse(worst, Ball.Exactly(x[^1] - UnitNormalisation.LastCoordinate));
        }

        var (nearest, squared) = (double.PositiveInfinity, 0.0);
        for (var e = 0; e < n * n; e++)
        {
            if (e / n < e % n)
            {
                squared = Enumerable.Range(0, dx).Sum(k => Math.Pow(inputs[(e / n * dx) + k] - inputs[(e % n * dx) + k], 2));
                nearest = Math.Min(nearest, Math.Sqrt(squared));
            }
        }

        worst = Worse(worst, new((factor * measured.Distance) - nearest, 2 * relative * nearest));
        return new(worst) { Bound = Ball.Exactly(0) };
    }

    private static Ball SquaredNorm(ReadOnlySpan<double> x)
    {
        var sum = Ball.Exactly(0);
        foreach (var coordinate in x)
        {
            sum += Ball.Square(Ball.Exactly(coordinate));
        }

        return sum;
    }

    private static Ball Worse(Ball a, Ball b) => Math.Abs(b.Midpoint) - b.Radius > Math.Abs(a.Midpoint) - a.Radius ? b : a;
}
