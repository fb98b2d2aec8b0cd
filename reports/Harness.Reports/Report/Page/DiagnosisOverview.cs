using System.Globalization;
using Harness.Reports.Diagnoses;

namespace Harness.Reports.Report.Page;

/// <summary>The top of a diagnosis: what was diagnosed, and the numbers that say most.</summary>
internal static class DiagnosisOverview
{
    /// <summary>Writes the header.</summary>
    public static Html Of(Diagnosis diagnosis)
    {
        var (network, data, descent) = (diagnosis.Network, diagnosis.Data, diagnosis.Descent);
        return Html.Of(
            $"""
            <header class="overview">
            <p class="overline">Harness · diagnosis</p>
            <h1>What the theory says of {data.Name}</h1>
            <p class="lead">A fully connected network with {ReadableNumber.Count(network.Depth, "trained hidden layer")} of width {network.Width}, by gradient descent on the squared loss from the initialisation of
            <a href="https://arxiv.org/abs/1811.03962">arXiv:1811.03962</a>. {Sampled(diagnosis)}</p>
            <ul class="counts">
            <li><strong>{(data.Separation is { } δ ? ReadableNumber.Of(δ) : "none")}</strong> separation, <i>δ</i></li>
            <li><strong>{(diagnosis.InfiniteWidth.IsPositive ? ReadableNumber.Of(diagnosis.InfiniteWidth.SmallestAtLeast!.Value) : "≈ 0")}</strong> <i>λ</i><sub>min</sub> at infinite width{(diagnosis.InfiniteWidth.IsPositive ? ", proved" : ", not proved positive")}</li>
            <li><strong>{(descent.StepsMeasured is { } steps ? ReadableNumber.Of(steps) : "> " + ReadableNumber.Of(descent.Steps))}</strong> steps to {ReadableNumber.Of(100 * descent.Accuracy)} % of the loss</li>
            <li><strong>{ReadableNumber.Of(100 * descent.LinearisationError)} %</strong> from linearised training</li>
            {(data.BestAccuracy is { } best && best < 1 ? Html.Of($"<li><strong>{ReadableNumber.Of(100 * best)} %</strong> best possible accuracy</li>") : Html.Empty)}
            </ul>
            <dl class="provenance">
            <div><dt>Rows in the file</dt><dd>{data.RowsInFile}</dd></div>
            <div><dt>Rows compared</dt><dd>{data.Rows}</dd></div>
            <div><dt>Rows for kernels and training, <i>n</i></dt><dd>{network.Samples}</dd></div>
            <div><dt>Outputs, <i>d</i></dt><dd>{network.Outputs}</dd></div>
            <div><dt>Seed</dt><dd>{network.Seed.ToString(CultureInfo.InvariantCulture)}</dd></div>
            </dl>
            </header>
            """);
    }

    private static string Sampled(Diagnosis diagnosis) => string.Join(' ', SampledRowsText.Of(diagnosis));
}
