using System.Globalization;
using Harness.Core.Spectra;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>The span profile as a table, one row a noise level, that of the question among them.</summary>
internal static class SpanTable
{
    /// <summary>Levels to either side of the one asked for, √10 apart.</summary>
    private const int Around = 4;

    /// <summary>Writes what the effective span dimension is, and the profile around it.</summary>
    public static void Write(IAnsiConsole console, double[] coefficients, double[] spectrum, double variance)
    {
        var (own, best) = (Tails(coefficients, spectrum), Tails(coefficients, [.. coefficients.Select(Math.Abs)]));
        var span = EffectiveSpan.Dimension(own, variance);
        var (components, risk) = SpectralRisk.OraclePrincipalComponents(own, variance, least: 1);
        var d = coefficients.Length;
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"d† = {Between(EffectiveSpan.Enclose(own, variance))} of {d} coefficients at σ² = {variance:G6}; in the order of |θ| it would be {Between(EffectiveSpan.Enclose(best, variance))}."));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Oracle risk of principal components: {risk:G6} with {components} of them, between d†σ² = {span * variance:G6} and 2d†σ² = {2 * span * variance:G6}."));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Minimax risk of linear estimators over signals of this span: {SpectralRisk.MinimaxLinear(span, d, variance):G6}."));

        var table = new Table().Border(TableBorder.Simple).AddColumn("");
        foreach (var heading in (ReadOnlySpan<string>)["τ", "D(τ)", "D(τ), order of |θ|", "min_k R_k", "min_k R_k, order of |θ|"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        for (var k = -Around; k <= Around; k++)
        {
            var τ = k == 0 ? variance : variance * Math.Pow(10, k / 2.0);
            table.AddRow(
                k == 0 ? "σ²" : "",
                Number(τ),
                Between(EffectiveSpan.Enclose(own, τ)),
                Between(EffectiveSpan.Enclose(best, τ)),
                Number(SpectralRisk.OraclePrincipalComponents(own, τ, least: 1).Risk),
                Number(SpectralRisk.OraclePrincipalComponents(best, τ, least: 1).Risk));
        }

        console.Write(table);
    }

    /// <summary>One number, or two where rounding leaves open which side of a tie is right.</summary>
    private static string Between((int Least, int Most) span) => span.Least == span.Most ? span.Least.ToString(CultureInfo.InvariantCulture) : $"{span.Least} or {span.Most}";

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static double[] Tails(double[] coefficients, double[] spectrum)
    {
        var (order, tails) = (new int[coefficients.Length], new double[coefficients.Length + 1]);
        OrderedEnergies.Order(spectrum, order, new double[coefficients.Length]);
        OrderedEnergies.Tails(coefficients, order, tails);
        return tails;
    }
}
