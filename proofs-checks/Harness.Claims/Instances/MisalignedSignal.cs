using Harness.Core.Enclosures;
using Harness.Core.Spectra;

namespace Harness.Claims.Instances;

/// <summary>
/// The signal of the figures of arXiv:2509.20294: θ_{⌊j^q⌋} = C j^{−(p+1)/2} for j ≤ J, zeros elsewhere, under λ_j = j^{−γ}; observed with noise of variance 1/n.
/// Its settings as the authors' published code has them: n = 10⁴, d = 5000, J = 15, p = 2.5, γ = 1, C = 5; q = 2.5 in Figure 2, which the paper does not say.
/// </summary>
/// <param name="Coefficients">θ.</param>
/// <param name="Spectrum">λ.</param>
public sealed record MisalignedSignal(double[] Coefficients, double[] Spectrum)
{
    /// <summary>Number of samples in the figures.</summary>
    public const double Samples = 1e4;

    /// <summary>d in the figures.</summary>
    public const int Coordinates = 5000;

    private static readonly MisalignedSignal[] Figures = [.. Enumerable.Range(2, 5).Select(twiceQ => Of(Coordinates, terms: 15, twiceQ, p: 2.5, γ: 1, scale: 5))];

    /// <summary>The signal of Figures 1 and 2; all callers have the same arrays.</summary>
    /// <param name="twiceQ">2q: 2, …, 6.</param>
    public static MisalignedSignal OfFigures(int twiceQ) => Figures[twiceQ - 2];

    /// <summary>A signal of that kind; terms whose place lies beyond d are left out.</summary>
    /// <param name="coordinates">d.</param>
    /// <param name="terms">J.</param>
    /// <param name="twiceQ">2q.</param>
    /// <param name="p">Decay.</param>
    /// <param name="γ">Decay of the spectrum.</param>
    /// <param name="scale">C.</param>
    public static MisalignedSignal Of(int coordinates, int terms, int twiceQ, double p, double γ, double scale)
    {
        var θ = new double[coordinates];
        for (var j = 1; j <= terms; j++)
        {
            // The square root is correctly rounded and j^{2q} a whole number below 2⁵³, so the floor is right.
            var place = (long)Math.Sqrt(Ball.Pow(Ball.Exactly(j), twiceQ).Midpoint);
            if (place <= coordinates)
            {
                θ[place - 1] = scale * Ball.Pow(Ball.Exactly(j), Ball.Exactly(-(p + 1) / 2)).Midpoint;
            }
        }

        return new(θ, [.. Enumerable.Range(1, coordinates).Select(j => Ball.Pow(Ball.Exactly(j), Ball.Exactly(-γ)).Midpoint)]);
    }

    /// <summary>Energies in the order of a learned spectrum.</summary>
    public double[] Tails(ReadOnlySpan<double> spectrum)
    {
        var (order, tails) = (new int[Coefficients.Length], new double[Coefficients.Length + 1]);
        OrderedEnergies.Order(spectrum, order, new double[Coefficients.Length]);
        OrderedEnergies.Tails(Coefficients, order, tails);
        return tails;
    }

    /// <summary>z = θ + ξ with Var ξ_j = 1/n.</summary>
    /// <param name="trial">Whose stream is drawn from.</param>
    /// <param name="samples">n.</param>
    /// <param name="draw">Which of the trial's draws.</param>
    public double[] Observed(Trial trial, double samples, int draw = 0)
    {
        var z = new double[Coefficients.Length];
        trial.Random("noise").Derive((ulong)draw).FillGaussian(z, Math.Sqrt(1 / samples));
        for (var j = 0; j < z.Length; j++)
        {
            z[j] += Coefficients[j];
        }

        return z;
    }

    /// <summary>
    /// The spectra that gradient flow on observations has learned at some times, through D tied inner layers from b₀ = n^{−1/(2(D+2))}, n = <see cref="Samples"/>, so far as they order the signal's coordinates: in place of an eigenvalue that ends below those of all
    /// signals at the first time, and so changes no energy at any, stands its end.
    /// </summary>
    /// <param name="z">Observations.</param>
    /// <param name="depth">D.</param>
    /// <param name="times">Positive, rising.</param>
    /// <param name="tolerance">Of a step where D &gt; 0 (<see cref="OverparameterisedFlow.Integrate"/>).</param>
    /// <returns>A spectrum a time.</returns>
    public double[][] Learned(ReadOnlySpan<double> z, int depth, ReadOnlySpan<double> times, double tolerance)
    {
        var initial = Ball.Pow(Ball.Exactly(Samples), Ball.Exactly(-1 / (2.0 * (depth + 2)))).Midpoint;
        var (spectra, points, smallest) = (new double[times.Length][], new FlowPoint[times.Length], double.PositiveInfinity);
        for (var i = 0; i < spectra.Length; i++)
        {
            spectra[i] = new double[z.Length];
        }

        for (var j = 0; j < z.Length; j++)
        {
            if (Coefficients[j] != 0)
            {
                Follow(new(Spectrum[j], depth, initial), depth, z[j], times, points, tolerance);
                Store(spectra, points, j);
                smallest = Math.Min(smallest, points[0].Eigenvalue);
            }
        }

        for (var j = 0; j < z.Length; j++)
        {
            if (Coefficients[j] == 0)
            {
                var flow = new OverparameterisedFlow(Spectrum[j], depth, initial);
                var end = flow.Endpoint(z[j]);
                if (end.Eigenvalue < smallest)
                {
                    Array.Fill(points, end);
                }
                else
                {
                    Follow(flow, depth, z[j], times, points, tolerance);
                }

                Store(spectra, points, j);
            }
        }

        return spectra;
    }

    private static void Follow(OverparameterisedFlow flow, int depth, double target, ReadOnlySpan<double> times, FlowPoint[] points, double tolerance)
    {
        if (depth > 0)
        {
            flow.Integrate(target, times, points, tolerance);
            return;
        }

        for (var i = 0; i < times.Length; i++)
        {
            points[i] = flow.ClosedForm(target, times[i]);
        }
    }

    private static void Store(double[][] spectra, FlowPoint[] points, int j)
    {
        for (var i = 0; i < spectra.Length; i++)
        {
            spectra[i][j] = points[i].Eigenvalue;
        }
    }
}
