using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>How far the eigenvalues of a Gram matrix K/n of a sample are from those of the integral operator: in the mean exactly, for every sample, and with high probability. The law of the inputs sits on 16 points of the line.</summary>
public static class SampledGram
{
    /// <summary>Samples that a trial of the mean averages over: ‖T_n − T‖² is nearly a weighted sum of χ²₁, of skewness at most √8.</summary>
    private const int Batch = 64;

    private const int Points = 16;

    private const double Failure = 0.1;

    // Resolution: half of what the subtracted Σλ² makes of the mean.
    /// <summary>The mean square.</summary>
    public static Claim Mean { get; } = Claim
        .Named("edr.gram-mean-square")
        .DerivedFrom(Papers.LiYuChenLin, "Sampled operators (mean square)", "Gram matrices of samples", "R11")
        .States("E‖T_n − T‖²_HS = (E k(X, X)² − Σ_j λ_j²)/n")
        .Given(Laws(Domain.Filling(cells: (4, 6, 12), trials: (24, 32, 200), n(8, (128, 512, 2048)))))
        .Observes("‖T_n − T‖²_HS", law => law.MeanSquare(Batch, subtracted: 1, power: 1))
        .AgainstItsOwnBound("(E k(X, X)² − Σ_j λ_j²)/n")
        .DecidedBy(Moment.Equals(resolution: 0.15))
        .RefutedWhen("Σ_j λ_j² is left out", law => law.MeanSquare(Batch, subtracted: 0, power: 1))
        .RefutedWhen("n² in place of n", law => law.MeanSquare(Batch, subtracted: 1, power: 2))
        .Build();

    /// <summary>Hoffman and Wielandt, sample by sample.</summary>
    public static Claim Eigenvalues { get; } = Claim
        .Named("edr.gram-eigenvalues")
        .DerivedFrom(Papers.LiYuChenLin, "Sampled operators (eigenvalues)", "Gram matrices of samples", "R11")
        .States("Σ_j (λ̂_j − λ_j)² ≤ ‖T_n − T‖²_HS   for every sample")
        .Given(Laws(Domain.Filling(cells: (8, 16, 32), trials: (6, 10, 40), n(8, (128, 512, 2048)))))
        .Observes("Σ_j (λ̂_j − λ_j)²", law => law.SquaredDifference(paired: true))
        .AgainstItsOwnBound("‖T_n − T‖²_HS")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("the eigenvalues are paired in opposite order", law => law.SquaredDifference(paired: false))
        .Build();

    /// <summary>McDiarmid.</summary>
    public static Claim Deviation { get; } = Claim
        .Named("edr.gram-deviation")
        .DerivedFrom(Papers.LiYuChenLin, "Sampled operators (deviation)", "Gram matrices of samples", "R12")
        .States("‖T_n − T‖_HS ≤ κ²(1 + √(2 ln(1/δ)))/√n   with probability ≥ 1 − δ, κ² = sup k(x, x);   tried at δ = 0.1")
        .Given(Laws(Domain.Filling(cells: (4, 6, 12), trials: (40, 60, 200), n(64, (1024, 4096, 16384)))))
        .Observes("1 if ‖T_n − T‖_HS exceeds it", law => law.Exceeds(Failure, power: 0.5))
        .AgainstItsOwnBound("δ")
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("n in place of √n", law => law.Exceeds(Failure, power: 1))
        .Build();

    private static Generator<Law> Laws(Domain domain) => new(domain, "tangent kernel of a network with biases and one hidden layer, on 16 normal points of the line with masses 1/136 … 16/136", takesData: false, trial => new(trial));

    /// <summary>A law on 16 points and its kernel; the numbers as they are in memory are the law and the kernel.</summary>
    private sealed class Law
    {
        private readonly Trial trial;
        private readonly double[] kernel = new double[Points * Points];
        private readonly double[] masses = new double[Points];

        public Law(Trial trial)
        {
            this.trial = trial;
            var x = new double[Points];
            trial.Random("points").FillGaussian<double>(x, 1);
            for (var i = 0; i < Points; i++)
            {
                masses[i] = (i + 1) / (Points * (Points + 1) / 2.0);
            }

            var tangent = InfiniteWidthKernel.WithInputAndOutputBias(1);
            KernelMatrix.Gram(tangent, x, Points, kernel, new double[KernelMatrix.WorkspaceLength(tangent, Points, 1)]);
        }

        private int Samples => trial.n;

        public Measurement MeanSquare(int batch, int subtracted, int power)
        {
            double sum = 0, diagonal = 0, all = 0;
            for (var k = 0; k < batch; k++)
            {
                sum += SquaredDistance(Sample(trial.Random("sample").Derive((ulong)k))).Midpoint;
            }

            // Σλ_j² = ∫∫k².
            for (var i = 0; i < Points; i++)
            {
                diagonal += masses[i] * Square(kernel[(i * Points) + i]);
                for (var j = 0; j < Points; j++)
                {
                    all += masses[i] * masses[j] * Square(kernel[(i * Points) + j]);
                }
            }

            return new(Ball.Unbounded(sum / batch)) { Bound = Ball.Unbounded((diagonal - (subtracted * all)) / Math.Pow(Samples, power)) };
        }

        public Measurement SquaredDifference(bool paired)
        {
            var sampled = Sample(trial.Random("sample"));
            var (empirical, exact) = (DiscreteKernel.Spectrum(kernel, sampled), DiscreteKernel.Spectrum(kernel, masses));
            var sum = Ball.Exactly(0);
            for (var j = 0; j < Points; j++)
            {
                sum += Ball.Square(empirical[j] - exact[paired ? j : Points - 1 - j]);
            }

            return new(sum) { Bound = SquaredDistance(sampled) };
        }

        public Measurement Exceeds(double failure, double power)
        {
            var largest = Enumerable.Range(0, Points).Max(i => kernel[(i * Points) + i]);
            var limit = largest * (1 + Math.Sqrt(2 * Math.Log(1 / failure))) / Math.Pow(Samples, power);
            return new(Ball.Exactly(Math.Sqrt(SquaredDistance(Sample(trial.Random("sample"))).Midpoint) > limit ? 1 : 0)) { Bound = Ball.Exactly(failure) };
        }

        /// <summary>The empirical measure of a sample.</summary>
        private double[] Sample(RandomStream stream)
        {
            var counts = new double[Points];
            for (var i = 0; i < Samples; i++)
            {
                // The law of a triangle of tickets: point a has a + 1 of them.
                var ticket = stream.Integer((ulong)i, Points * (Points + 1) / 2);
                var point = (int)((Math.Sqrt((8.0 * ticket) + 1) - 1) / 2);
                counts[point]++;
            }

            return [.. counts.Select(count => count / Samples)];
        }

        /// <summary>‖T_n − T‖²_HS = Σ (ŵ_a − w_a)(ŵ_b − w_b) k(x_a, x_b)².</summary>
        private Ball SquaredDistance(double[] sampled)
        {
            var sum = Ball.Exactly(0);
            for (var a = 0; a < Points; a++)
            {
                for (var b = 0; b < Points; b++)
                {
                    sum += (Ball.Exactly(sampled[a]) - Ball.Exactly(masses[a])) * (Ball.Exactly(sampled[b]) - Ball.Exactly(masses[b])) * Ball.Square(Ball.Exactly(kernel[(a * Points) + b]));
                }
            }

            return sum;
        }

        private static double Square(double x) => x * x;
    }
}
