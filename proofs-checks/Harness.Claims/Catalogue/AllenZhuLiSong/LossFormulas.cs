using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Appendix A: the losses and their gradients, each by its formula, sample by sample and over a batch, as plain numbers and as enclosures.</summary>
public static class LossFormulas
{
    /// <summary>
    /// What the plain values may be off, in units of the size of what is computed: fewer than 64 operations on the way to a number, each with a relative error of at most 2⁻⁵¹ (exponential and logarithm, which round by 2 ulp; the others by half
    /// of one), none of which grows afterwards, since sums are of positive numbers but for one last difference.
    /// </summary>
    private const double Rounding = 64.0 / (1L << 51);

    private static readonly Domain Sizes = Domain.Filling(cells: (16, 24, 64), trials: (2, 3, 8), n(1, 4), d(1, 5), new VariableRange("|z|", 0.25, 16, IsInteger: false));

    /// <summary>Value and gradient of every loss.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.loss-formulas")
        .DerivedFrom(Papers.AllenZhuLiSong, "Appendix A (losses)", "Other losses", "C54")
        .States("F = Σᵢ f(zᵢ; yᵢ), v = ∇f for f = ½‖z − y‖², ln Σ_j e^{z_j} − ⟨y, z⟩, Σ_j ln(1 + e^{−y_j z_j}), Σ_j ρ(z_j − y_j) with ρ = (½r² + 3r²/(1 + r²))/7 and ρ = ½r²/(1 + r²)")
        .Given(new Generator<Trial>(Sizes, "outputs up to |z| on a grid of 2⁻¹⁰; targets one of d classes, as numbers 0 and 1 or as signs", takesData: false, trial => trial))
        .Observes("the worst |core − formula| over all losses, values and gradients, plain and enclosed", trial => Worst(trial, Formula))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("½ is left out of the squared loss", trial => Worst(trial, (loss, z, y) => Formula(loss, z, y) is var (f, v) && loss == Loss.Squared ? (f + f, v) : (f, v)))
        .RefutedWhen("gradients have the other sign", trial => Worst(trial, (loss, z, y) => Formula(loss, z, y) is var (f, v) ? (f, [.. v.Select(g => -g)]) : default))
        .Build();

    private static Measurement Worst(Trial trial, Func<Loss, double[], double[], (Ball Value, Ball[] Gradient)> formula)
    {
        var (n, d) = (trial.n, trial.d);
        var network = new FullyConnected<double>(1, 1, 1, d);
        var state = new BatchState<double>(network, n);
        var radii = new BatchRadii<double>(network, state);
        var outputs = new double[n * d];
        trial.Random("outputs").FillUniform<double>(outputs);
        var worst = Ball.Exactly(0);
        foreach (var loss in Loss.All)
        {
            // Multiples of 2⁻¹⁰: residuals z − y are then exact and no formula begins with a cancellation.
            double[] z = [.. outputs.Select(u => Math.Round(((2 * u) - 1) * trial.Variables["|z|"] * 1024) / 1024)];
            double[] y = [.. Enumerable.Range(0, n * d).Select(e => e % d == trial.Random("class").Integer((ulong)(e / d), d) ? 1.0 : loss == Loss.Logistic ? -1 : 0)];
            for (var e = 0; e < z.Length; e++)
            {
                state.Output[(e % d * state.Stride) + (e / d)] = z[e];
            }

            var exact = Enumerable.Range(0, n).Select(i => formula(loss, z[(i * d)..((i + 1) * d)], y[(i * d)..((i + 1) * d)])).ToArray();
            var total = exact.Aggregate(Ball.Exactly(0), (sum, sample) => sum + sample.Value);
            var size = 1 + trial.Variables["|z|"];
            Compare(new(loss.Evaluate<double>(state, y), Rounding * n * d * size * size), total);
            Gradients(_ => Rounding * size);
            for (var i = 0; i < n; i++)
            {
                var gradient = new double[d];
                Compare(new(loss.Value(z.AsSpan(i * d, d), y.AsSpan(i * d, d), gradient), Rounding * d * size * size), exact[i].Value);
                for (var j = 0; j < d; j++)
                {
                    Compare(new(gradient[j], Rounding * size), exact[i].Gradient[j]);
                }
            }

            Compare(CertifiedLoss.Evaluate<double>(state, radii, y, loss), total);
            Gradients(at => radii.OutputSignal[at]);

            void Gradients(Func<int, double> radius)
            {
                for (var e = 0; e < z.Length; e++)
                {
                    var at = (e % d * state.Stride) + (e / d);
                    Compare(new(state.OutputSignal[at], radius(at)), exact[e / d].Gradient[e % d]);
                }
            }
        }

        return new(worst) { Bound = Ball.Exactly(0) };

        void Compare(Ball core, Ball exact)
        {
            var difference = core - exact;
            worst = Math.Abs(difference.Midpoint) - difference.Radius > Math.Abs(worst.Midpoint) - worst.Radius ? difference : worst;
        }
    }

    /// <summary>f and ∇f at one sample as the paper would write them: no shift, no case; |z| ≤ 16 overflows nowhere.</summary>
    private static (Ball Value, Ball[] Gradient) Formula(Loss loss, double[] z, double[] y)
    {
        var (one, two) = (Ball.Exactly(1), Ball.Exactly(2));
        Ball[] r = [.. z.Zip(y, (output, target) => Ball.Exactly(output) - Ball.Exactly(target))];
        return loss switch
        {
            _ when loss == Loss.Squared => (Sum(r, x => Ball.Square(x) / two), r),
            _ when loss == Loss.CrossEntropy => CrossEntropy(),
            _ when loss == Loss.Logistic => (
                Sum(Margins(), t => Ball.Log(one + Ball.Exp(-t))),
                [.. Margins().Zip(y, (t, sign) => Ball.Exactly(-sign) / (one + Ball.Exp(t)))]),
            _ when loss == Loss.GradientDominant => (
                Sum(r, x => ((Ball.Square(x) / two) + (Ball.Exactly(3) * Ball.Square(x) / (one + Ball.Square(x)))) / Ball.Exactly(7)),
                [.. r.Select(x => (x + (Ball.Exactly(6) * x / Ball.Square(one + Ball.Square(x)))) / Ball.Exactly(7))]),
            _ => (
                Sum(r, x => Ball.Square(x) / (two * (one + Ball.Square(x)))),
                [.. r.Select(x => x / Ball.Square(one + Ball.Square(x)))]),
        };

        static Ball Sum(IEnumerable<Ball> terms, Func<Ball, Ball> of) => terms.Aggregate(Ball.Exactly(0), (sum, x) => sum + of(x));

        IEnumerable<Ball> Margins() => z.Zip(y, (output, sign) => Ball.Exactly(output * sign));

        (Ball, Ball[]) CrossEntropy()
        {
            var sum = Sum(z.Select(Ball.Exactly), Ball.Exp);
            var linear = Sum(z.Zip(y, (output, target) => Ball.Exactly(output * target)), x => x);
            return (Ball.Log(sum) - linear, [.. z.Zip(y, (output, target) => (Ball.Exp(Ball.Exactly(output)) / sum) - Ball.Exactly(target))]);
        }
    }
}
