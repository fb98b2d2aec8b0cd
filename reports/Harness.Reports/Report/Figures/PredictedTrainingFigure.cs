using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.AllenZhuLiSong;
using Harness.Claims.Catalogue.PiecewiseAffineNetworks;
using Harness.Claims.Catalogue.Spectra;
using Harness.Claims.Catalogue.TwoLayers;
using Harness.Claims.Catalogue.WideNetworks;
using Harness.Claims.Instances;

namespace Harness.Reports.Report.Figures;

/// <summary>Training as it was predicted: below the rate that was certified before the first step, and along the modes of the kernel at infinite width, the closer the wider the network is.</summary>
internal static class PredictedTrainingFigure
{
    /// <summary>Marks of a curve at most: more of them hide the line that they are on.</summary>
    private const int MostMarks = 16;

    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } =
    [
        Certificate.Rate, Convergence.Rate, Modes.Residual, ResidualModes.Claim, LazyRegime.Outputs, LinearisedTraining.Claim, UniformApproximation.Claim,
    ];

    /// <summary>Draws the figure of what there is of them; null for nothing.</summary>
    public static Figure? Draw(ReportModel model) => PanelView.ToFigure(
        Guaranteed(
            model.PageOf(Certificate.Rate), "λ", power: 1, "|r_k| / |r_0|",
            "Curves are residuals of two-layer networks in training, over the clock of a rate that was certified before the first step: |r_k| ≤ (1 − ηλ/2)^k |r_0| with λ a lower bound, from the weights at initialisation, of the smallest eigenvalue of their Gram matrix. On this clock one line is the bound "
            + "of all, and no constant in it is hidden or fitted; it ends in what rounding may add at most."),
        Guaranteed(
            model.PageOf(Convergence.Rate), "λ₀", power: 2, "‖y − u(k)‖² / ‖y − u(0)‖²",
            "The theorem of Du et al. has the eigenvalue λ₀ of the limit H^∞ in place of λ, and squared residuals."),
        AlongModes(model, Modes.Residual, "two layers"),
        AlongModes(model, ResidualModes.Claim, "deep"),
        PlottedLadder.View(
            PlottedLadder.Of(
                model,
                (LazyRegime.Outputs, "deep, beside its linearisation"),
                (LinearisedTraining.Claim, "smooth, beside its linearisation"),
                (Modes.Residual, "two layers, beside the modes of H^∞"),
                (UniformApproximation.Claim, "outputs, beside kernel regression")),
            "largest gap",
            "How far trained and predicted part is predicted to fall with the width m at least as fast as the lines, whose slopes are proved and whose heights are fitted."));

    /// <summary>Residuals over k · ln(1/(1 − ηλ/2)), on which every guarantee is e^{−x}.</summary>
    private static PanelView? Guaranteed(ClaimPage? page, string eigenvalue, int power, string quantity, string caption)
    {
        ImmutableArray<Observation> trials = [.. from o in page?.Generated ?? [] where o.Series.Length > 1 && o.Series[0] > 0 && o.Variables.TryGet(eigenvalue, out _) select o];
        return trials.IsEmpty ? null : new(
            size =>
            {
                var curves = trials.Select(o => Curve(o, eigenvalue, power)).ToArray();
                var panel = new Panel(
                    Axis.Linear($"k · ln(1/(1 − η{eigenvalue}/2))", curves.SelectMany(c => c).Select(p => p.X)), Axis.Logarithmic(quantity, curves.SelectMany(c => c).Select(p => p.Y)), size);
                var rounding = trials.Max(o => o.Variables.TryGet("rounding", out var share) ? share : 0);
                (double, double)[] bound = [.. Enumerable.Range(0, 101).Select(i => i * panel.X.To / 100).Select(x => (x, Math.Exp(-x) + rounding))];
                panel.Region("forbidden", [.. bound, (panel.X.To, double.MaxValue), (0, double.MaxValue)]);
                panel.Line("bound", bound);
                foreach (var (trial, curve) in trials.Zip(curves))
                {
                    panel.Curve($"trajectory {Marker.Class(MarkerKind.HeldOut)}", curve, new PlottedTrial(trial, MarkerKind.HeldOut, IsClosest: false).InWords);
                }

                return panel.ToSvg($"{quantity} over rescaled time, {ReadableNumber.Count(trials.Length, "trajectory", "trajectories")}");
            },
            [
                LegendEntry.Line($"trajectory {Marker.Class(MarkerKind.HeldOut)}", "a network in training"), LegendEntry.Line("bound", $"guaranteed: (1 − η{eigenvalue}/2)^k"),
                LegendEntry.Region("forbidden", "where the claim would fail"),
            ],
            caption);
    }

    private static (double X, double Y)[] Curve(Observation o, string eigenvalue, int power)
    {
        var (series, v) = (o.Series, o.Variables);
        var step = -double.LogP1(-v.η * v[eigenvalue] / 2) * v["T"] / (series.Length - 1);
        return [.. series.Select((norm, i) => (i * step, Math.Pow(norm / series[0], power)))];
    }

    /// <summary>The first trial of the narrowest and of the widest rung.</summary>
    private static PanelView? AlongModes(ReportModel model, Claim claim, string networks)
    {
        Observation[] trials = [.. (model.PageOf(claim)?.Generated ?? []).Where(o => PredictedSeries.Of(o) is not null).GroupBy(o => o.Variables.m).OrderBy(rung => rung.Key).Select(rung => rung.First())];
        return trials.Length == 0 ? null : PlottedPrediction.View(
            [.. (trials.Length == 1 ? trials : [trials[0], trials[^1]]).Select((trial, k) => Residual(trial, (SeriesStyle)k))],
            values => Axis.Linear("t", values),
            $"‖r(t)‖ / ‖r(0)‖, {networks}",
            "Marks are residuals of networks at the narrowest and the widest width that was tried, lines what the kernel at infinite width predicts for them: √Σ_k (1 − ηλ_k)^{2t}⟨v_k, r(0)⟩², mode by mode, from the inputs and r(0) alone.");
    }

    private static PlottedPrediction Residual(Observation trial, SeriesStyle style)
    {
        var (numbers, name) = (PredictedSeries.Of(trial)!, $"m = {ReadableNumber.Of(trial.Variables.m)}");
        var last = numbers.Measured.Length - 1;
        var step = trial.Variables.TryGet("T", out var steps) ? steps / last : 1;
        var stride = 1 + (last / MostMarks);
        return new(style, name, name,
            [.. from i in Enumerable.Range(0, last + 1) where i % stride == 0 select (i * step, numbers.Measured[i] / numbers.Measured[0], numbers.Predicted[i] / numbers.Measured[0])]);
    }
}
