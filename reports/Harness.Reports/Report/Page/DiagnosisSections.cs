using Harness.Reports.Diagnoses;
using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>The parts of a diagnosis: what was found, what it means, and a figure where people would rather look.</summary>
internal static class DiagnosisSections
{
    /// <summary>Writes the sections.</summary>
    public static Html Of(Diagnosis d) => Html.Join(
        [
            Section(d, "data", "The data", Html.Of($"{Pairs(d.Data)}{Conflicts(d.Data)}")),
            Section(d, "kernel", "Can it be learnt: the kernel", Html.Of($"{FigureHtml.Of(DiagnosedSpectrumFigure.Draw(d))}{Kernels(d)}")),
            Section(d, "descent", "How fast: gradient descent", Html.Of($"{FigureHtml.Of(DescentFigure.Draw(d.Descent))}{Rates(d.Descent)}")),
            Section(d, "movement", "How far: movement and linearised training", Distances(d)),
            Section(d, "labels", "How hard: the labels in the kernel's directions", Html.Of($"{FigureHtml.Of(LabelEnergyFigure.Draw(d.Labels))}{Spans(d.Labels)}")),
            Section(d, "theorems", "What theorems ask for", Widths(d)),
        ]);

    private static Html Section(Diagnosis d, string topic, string heading, Html content)
    {
        // Names of files and columns are no formulas: an underscore in them is an underscore.
        var text = d.Readings.First(reading => reading.Topic == topic).Text;
        var meaning = topic == "data" ? Html.Text(text) : MathText.ToHtml(text.Replace("_min", "_{min}", StringComparison.Ordinal).Replace("_max", "_{max}", StringComparison.Ordinal));
        return Html.Of(
            $"""
            <section id="{topic}" aria-labelledby="{topic}-heading">
            <h2 id="{topic}-heading">{heading}</h2>
            <p class="reading">{meaning}</p>
            {content}
            </section>
            """);
    }

    private static Html Table(string caption, string[] headings, IEnumerable<Html> rows) => Html.Of(
        $"""
        <div class="wide"><table class="estimates">
        <caption>{MathText.ToHtml(caption)}</caption>
        <thead><tr>{headings.Select(heading => Html.Of($"<th scope=\"col\">{MathText.ToHtml(heading)}</th>"))}</tr></thead>
        <tbody>{rows}</tbody>
        </table></div>
        """);

    private static Html Row(string head, params string[] cells) => Html.Of($"<tr><th scope=\"row\">{MathText.ToHtml(head)}</th>{cells.Select(cell => Html.Of($"<td>{cell}</td>"))}</tr>");

    private static Html Pairs(DataDiagnosis data) => data.ClosestPairs.IsEmpty ? Html.Empty : Table(
        "The closest different inputs. Lines are those of the file.",
        ["Lines", "Distance", "Labels"],
        data.ClosestPairs.Select(pair => Row($"{pair.FirstLine} and {pair.SecondLine}", ReadableNumber.Of(pair.Distance), pair.HasSameLabel ? "the same" : "different")));

    private static Html Conflicts(DataDiagnosis data) => data.Conflicts.IsEmpty ? Html.Empty : Table(
        $"Equal inputs with different labels{(data.Conflicts.Length < data.ConflictingInputs ? $": {data.Conflicts.Length} of {data.ConflictingInputs}" : "")}.",
        ["Lines", "Labels"],
        data.Conflicts.Select(conflict => Html.Of($"<tr><th scope=\"row\">{conflict.LinesInWords()}</th><td>{conflict.LabelsInWords()}</td></tr>")));

    private static Html Kernels(Diagnosis d) => Table(
        "Extreme eigenvalues in units of m/2d, in which the diagonal is about L. Bounds are proved by a factorisation with its rounding accounted for.",
        ["Kernel", "Rows", "λ_{min}", "proved at least", "λ_{max}", "proved at most"],
        new[] { ("infinite width", d.InfiniteWidth), ($"m = {d.Network.Width}", d.FiniteWidth) }.Select(kernel => Row(
            kernel.Item1, ReadableNumber.Of(kernel.Item2.Order), ReadableNumber.Of(kernel.Item2.Smallest), Bound(kernel.Item2.SmallestAtLeast), ReadableNumber.Of(kernel.Item2.Largest), Bound(kernel.Item2.LargestAtMost))));

    private static Html Rates(DescentDiagnosis descent) => Table(
        $"Gradient descent at η = 1/λ_{{max}} = {ReadableNumber.Of(descent.LearningRate)}; ε = {ReadableNumber.Of(descent.Accuracy)}.",
        ["", "Steps to ε F(0)", "The loss falls in a step by, over the last half"],
        [
            Row("measured", descent.StepsMeasured is { } steps ? ReadableNumber.Of(steps) : $"more than {descent.Steps}", Fall(descent.RateMeasured)),
            Row("linearised network", Steps(descent.StepsLinearised), Fall(descent.RateLinearised)),
            Row("infinite width", Steps(descent.StepsInfiniteWidth), ""),
            Row("from λ_{min} alone", descent.StepsAtWorst is { } worst ? $"at most {ReadableNumber.Of(worst)}" : "nothing proved", Fall(descent.RateAtWorst)),
        ]);

    private static Html Distances(Diagnosis d) => Table(
        "Distances from the initial weights of the trained layers, in the Frobenius norm, and of outputs from those of the linearised network.",
        ["", "Value"],
        [
            Row("‖W − W(0)‖, measured", ReadableNumber.Of(d.Descent.Movement)),
            Row("the same of the linearised network", ReadableNumber.Of(d.Descent.MovementLinearised)),
            Row("where the linearised network ends, √(r_0ᵀK⁻¹r_0)", Bound(d.Descent.MovementLimit, "not proved to exist")),
            Row("‖W(0)‖", ReadableNumber.Of(d.Descent.InitialNorm)),
            Row("bound of Theorem 1, n³√d log(m)/(δ√m), constant 1", Bound(d.Theorems.Movement, "no number")),
            Row("largest distance from linearised outputs, relative to the first residual", ReadableNumber.Of(d.Descent.LinearisationError)),
        ]);

    private static Html Spans(LabelDiagnosis labels) => Table(
        $"Effective span dimension d† of the labels, of {labels.Energies.Length} directions, if a part of their variance is noise.",
        ["Noise", "d†", "in the best order", "unrelated labels"],
        labels.Spans.Select(span => Row(
            $"{ReadableNumber.Of(100 * span.NoiseFraction)} %", span.Least == span.Most ? ReadableNumber.Of(span.Most) : $"{span.Least} or {span.Most}", ReadableNumber.Of(span.BestOrder), ReadableNumber.Of(span.Unrelated))));

    private static Html Widths(Diagnosis d) => Table(
        $"Widths at these n, L, d and δ, with every hidden constant set to 1. Theorem 1 of arXiv:1811.03962 also asks for n⁶L²δ^{{−2}} log(1/ε) = {Bound(d.Theorems.Steps, "no number of")} steps.",
        ["Paper", "Network", "Width, up to a constant", "At these data"],
        d.Theorems.Widths.Select(w => Html.Of(
            $"<tr><th scope=\"row\">{w.Paper}, {w.Item}</th><td>{w.Network}</td><td class=\"math\">{MathText.ToHtml(w.Formula)}</td><td>{(Bound(w.Width, "no number"))}</td></tr>")));

    private static string Bound(double? value, string otherwise = "nothing proved") => value is { } v ? ReadableNumber.Of(v) : otherwise;

    private static string Fall(double? rate) => rate is { } r ? $"{ReadableNumber.Of(100 * (1 - r))} %" : "no number";

    private static string Steps(long? steps) => steps is { } s ? ReadableNumber.Of(s) : "never";
}
