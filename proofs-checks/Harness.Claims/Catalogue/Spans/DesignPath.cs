using System.Collections.Immutable;
using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>Figure 3: a linear regression seen through representations X(α) = X₀A(α), β(α) = A(α)⁻¹β. Signal and noise stay, the order of the principal components changes, and the effective span with it.</summary>
/// <remarks>
/// The authors' setting has n = 300 and p = 400, which only the thorough profile takes; a smaller p keeps the whole path by stretching the index in the decay of the variances. Where α is large, components whose eigenvalues are below the rounding of the largest are in any order:
/// the bound holds for every orthonormal frame.
/// </remarks>
public static class DesignPath
{
    private const int Points = 10, Draws = 16;

    private static readonly ByProfile Samples = (90, 120, 300);

    private static readonly Domain Cases = Domain.Climbing("case", rungs: 2, trials: (12, 12, 20), new VariableRange("case", 1, 2, IsInteger: true));

    private static readonly Generator<Trial> Paths = Along(Cases), MorePaths = Along(Cases.Reduced(cells: 2, trials: (16, 16, 20)));

    /// <summary>Upper bound of Proposition B.2 at the components that it is about, on the whole path.</summary>
    public static Claim Claim { get; } = Claim
        .Named("esd.figure-3-path")
        .From(Papers.HuangLiLiLin, "Proposition B.2 and Figure 3", "E15")
        .States("E ‖X(β̂ − β)‖²/n ≤ 2 d†σ₀²/n   for d† principal components of X(α), d† = d†(σ₀²/n) at α; mean over ten α")
        .Given(Paths)
        .Observes("‖X(β̂ − β)‖²/(2d†σ₀²), mean over 16 draws and ten α", trial => AlongPath(trial, follows: true))
        .Against("1", _ => 1)
        .DecidedBy(Moment.AtMost(resolution: 0.1))
        .RefutedWhen("d† of the first representation all along", MorePaths, trial => AlongPath(trial, follows: false))
        .RefutedWhen("d†σ₀²/n, without the factor 2", _ => 0.5)
        .Build();

    /// <summary>The ten α of a case: of a trial's series the first half is d† there, the second the error.</summary>
    /// <param name="number">1 or 2.</param>
    public static ImmutableArray<double> Path(int number) => [.. Enumerable.Range(0, Points).Select(i => (number == 1 ? 30.0 : 10.0) * i / (Points - 1))];

    private static Generator<Trial> Along(Domain domain) => new(
        domain,
        "Gaussian rows, p = 4n/3, A(α) = diag e^{αt_j} with t from −½ to ½, noise of variance 1; case 1: variances 0.95^{j−1} (at p = 400), β_j = j^{−1/5}, ten α up to 30; case 2: both 1/log(j + 1), α up to 10",
        takesData: false,
        trial => trial);

    private static Measurement AlongPath(Trial trial, bool follows)
    {
        var (n, number) = ((int)Samples.In(trial.Profile), (int)trial.Variables["case"]);
        var p = 4 * n / 3;
        trial.Measure("n", n);
        var (rows, β) = (new double[n * p], new double[p]);
        trial.Random("design").FillGaussian(rows, 1.0);
        for (var j = 0; j < p; j++)
        {
            var slow = 1 / Math.Log(j + 2);
            var deviation = Math.Sqrt(number == 1 ? Math.Pow(0.95, 400.0 * j / p) : slow);
            β[j] = number == 1 ? Math.Pow(j + 1, -0.2) : slow;
            for (var i = 0; i < n; i++)
            {
                rows[(i * p) + j] *= deviation;
            }
        }

        var (spans, errors, ratios, variance) = (new List<double>(), new List<double>(), new List<double>(), 1.0 / n);
        var first = 0;
        foreach (var α in Path(number))
        {
            var regression = Seen(rows, β, α);
            first = first == 0 ? regression.Span(variance) : first;
            var k = follows ? regression.Span(variance) : first;
            spans.Add(k);
            errors.Add(regression.Error(k, trial.Random("noise").Derive((ulong)spans.Count), Draws));
            ratios.Add(errors[^1] / (2 * k * variance));
        }

        return new(Ball.Unbounded(ratios.Average())) { Series = [.. spans, .. errors] };
    }

    private static FixedDesignInstance Seen(double[] rows, double[] β, double α)
    {
        var (p, design) = (β.Length, new double[rows.Length]);
        double[] scales = [.. Enumerable.Range(0, p).Select(j => Math.Exp(α * (((double)j / (p - 1)) - 0.5)))];
        for (var i = 0; i < rows.Length; i++)
        {
            design[i] = rows[i] * scales[i % p];
        }

        return FixedDesignInstance.Of(design, [.. β.Select((coefficient, j) => coefficient / scales[j])]);
    }
}
