using Harness.Core.Transfer;

namespace Harness.Reports.Transfer;

/// <summary>Means of target and sources at which a risk is simulated: a bloc of sources without bias and the others off by one distance along the first axis.</summary>
/// <param name="Unbiased">Number of sources without bias.</param>
/// <param name="Distance">‖δ‖√n₀ of the others.</param>
/// <param name="IsOrdered">
/// Whether the sources without bias come first, as estimators for ordered biases expect. Otherwise they come last and the others are off by −‖δ‖: with half of the sources in either bloc that is the configuration which only the target tells from the ordered one.
/// </param>
public sealed record BiasConfiguration(int Unbiased, double Distance, bool IsOrdered)
{
    /// <summary>Distances from hardly visible to plain; 2.456 is where the lower bound for two blocs is largest.</summary>
    private static readonly double[] Distances = [0.5, 1, 1.5, 2, 2.456, 3, 4, 5, 6, 8, 12];

    /// <summary>Every bloc at every distance, in either order, and no bias at all.</summary>
    /// <param name="sources">K.</param>
    public static IReadOnlyList<BiasConfiguration> All(int sources) =>
    [
        new(sources, 0, IsOrdered: true),
        .. from unbiased in Enumerable.Range(0, sources)
           from isOrdered in unbiased == 0 ? new[] { true } : [true, false]
           from distance in Distances
           select new BiasConfiguration(unbiased, distance, isOrdered),
    ];

    /// <summary>θ = 0 and the means of the sources: (K + 1) × d.</summary>
    /// <param name="model">With n_0 = 1.</param>
    public double[] Centres(TransferModel model)
    {
        var centres = new double[model.MeansLength];
        for (var k = 1; k <= model.Sources; k++)
        {
            centres[k * model.Dimension] = Bias(model, k);
        }

        return centres;
    }

    /// <summary>The linear oracle's risk at bounds that are the biases.</summary>
    /// <param name="model">With n_0 = 1.</param>
    public double OracleRisk(TransferModel model) =>
        LinearOracle.Risk(model, [.. Enumerable.Range(1, model.Sources).Select(k => Math.Abs(Bias(model, k)))], new double[model.Sources + 1]);

    private double Bias(TransferModel model, int k) => (IsOrdered ? k <= Unbiased : k > model.Sources - Unbiased) ? 0 : IsOrdered ? Distance : -Distance;
}
