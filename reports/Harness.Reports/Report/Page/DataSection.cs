namespace Harness.Reports.Report.Page;

/// <summary>The data set in the terms of the theory: how many samples, how well separated, and what duplicates do to it.</summary>
internal static class DataSection
{
    private const int Depth = 3;

    /// <summary>Writes the section.</summary>
    public static Html Of(DataSummary data) => Html.Of(
        $"""
        <section id="data" aria-labelledby="data-heading">
        <h2 id="data-heading">The data set {data.Name}</h2>
        <p>{Meaning(data)}</p>
        <dl class="dataset">
        <div><dt>Samples, <i>n</i></dt><dd>{data.Rows}</dd></div>
        <div><dt>Input dimension, raw</dt><dd>{data.InputDimension}</dd></div>
        <div><dt>Output dimension, <i>d</i></dt><dd>{data.OutputDimension}</dd></div>
        <div><dt>Task</dt><dd>{(data.Classes > 0 ? ReadableNumber.Count(data.Classes, "class", "classes") : "regression")}</dd></div>
        <div><dt>Separation, <i>δ</i></dt><dd>{ReadableNumber.Of(data.Separation)}</dd></div>
        <div><dt>Closest pair</dt><dd>rows {data.ClosestPair.First} and {data.ClosestPair.Second}</dd></div>
        <div><dt>Largest possible <i>λ</i><sub>min</sub> of the limit kernel (<i>L</i> = {Depth})</dt><dd>{ReadableNumber.Of(data.ClosestPairEigenvalue(Depth))}</dd></div>
        <div><dt>Pairs of duplicates</dt><dd>{data.Duplicates}</dd></div>
        <div><dt>Of these in conflict</dt><dd>{data.Conflicts}</dd></div>
        </dl>
        </section>
        """);

    private static string Meaning(DataSummary data) => data switch
    {
        { Conflicts: > 0 } => $"{ReadableNumber.Count(data.Conflicts, "pair")} of identical inputs {(data.Conflicts == 1 ? "has" : "have")} different targets: no network can fit both, so the loss cannot reach zero, and the theorems, which need δ > 0, do not apply to all samples at once.",
        { Duplicates: > 0 } => $"{ReadableNumber.Count(data.Duplicates, "pair")} of samples {(data.Duplicates == 1 ? "has" : "have")} identical inputs and equal targets: δ is zero and the theorems do not apply as stated until duplicates are removed.",
        _ => $"After the paper's normalisation every input has norm 1, and no two lie closer than δ = {ReadableNumber.Of(data.Separation)}. The bounds get weaker as δ falls; rows {data.ClosestPair.First} and {data.ClosestPair.Second} set it: in the limit of infinite width, gradient descent at η = d/(nLm) on all samples needs about {ReadableNumber.Of(data.StepsOnClosestPair(Depth))} steps to tell the two apart by a factor e in loss (L = {Depth}).",
    };
}
