using Harness.Core.Numerics;
using Harness.Core.Spectra;

namespace Harness.Claims.Instances;

/// <summary>A linear regression with a fixed design in the coordinates of its principal components, under noise of variance 1.</summary>
/// <param name="Mean">Xβ.</param>
/// <param name="Vectors">U, a vector a row, by falling eigenvalue of XXᵀ/n.</param>
/// <param name="Tails">Energies of θ = UᵀXβ/√n beyond k = 0, …, n components.</param>
public sealed record FixedDesignInstance(double[] Mean, double[] Vectors, double[] Tails)
{
    /// <summary>n.</summary>
    public int Samples => Mean.Length;

    /// <summary>Decomposes a design.</summary>
    /// <param name="design">X, n × p, row by row.</param>
    /// <param name="regression">β.</param>
    public static FixedDesignInstance Of(double[] design, double[] regression)
    {
        var (n, p) = (design.Length / regression.Length, regression.Length);
        var (λ, θ, vectors, tails) = (new double[n], new double[n], new double[n * n], new double[n + 1]);
        FixedDesign.ToSequence(design, regression, λ, θ, vectors, new double[FixedDesign.WorkspaceLength(n)]);
        OrderedEnergies.Tails(θ, [.. Enumerable.Range(0, n)], tails);
        return new([.. Enumerable.Range(0, n).Select(i => FixedOrder.Dot<double>(design.AsSpan(i * p, p), regression))], vectors, tails);
    }

    /// <summary>d†(σ²).</summary>
    public int Span(double variance) => EffectiveSpan.Dimension(Tails, variance);

    /// <summary>‖X(β̂ − β)‖²/n of <paramref name="k"/> components fitted to drawn responses, mean over the draws.</summary>
    /// <param name="k">Number of components.</param>
    /// <param name="noise">The random numbers.</param>
    /// <param name="draws">Number of draws.</param>
    public double Error(int k, RandomStream noise, int draws)
    {
        double sum = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            var responses = new double[Samples];
            noise.Derive((ulong)draw).FillGaussian(responses, 1.0);
            for (var i = 0; i < Samples; i++)
            {
                responses[i] += Mean[i];
            }

            sum += Fit(responses, k).Zip(Mean, (fitted, mean) => (fitted - mean) * (fitted - mean)).Sum() / Samples;
        }

        return sum / draws;
    }

    /// <summary>U_k U_kᵀ y.</summary>
    private double[] Fit(double[] y, int k)
    {
        var fit = new double[Samples];
        for (var row = 0; row < k; row++)
        {
            var vector = Vectors.AsSpan(row * Samples, Samples);
            var along = FixedOrder.Dot<double>(vector, y);
            for (var i = 0; i < fit.Length; i++)
            {
                fit[i] += along * vector[i];
            }
        }

        return fit;
    }
}
