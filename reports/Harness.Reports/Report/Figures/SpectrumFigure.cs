using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.Spectra;
using Harness.Claims.Instances;

namespace Harness.Reports.Report.Figures;

/// <summary>Eigenvalues of tangent kernels, on the line and on spheres, on the powers that theory predicts for them, constants included.</summary>
internal static class SpectrumFigure
{
    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } =
        [DecayOnTheLine.Uniform, DecayOnTheLine.Gaussian, DecayOnTheLine.Triangular, DecayOnTheLine.Constant, SphereSpectrum.DecayInThree, SphereSpectrum.DecayInFour];

    /// <summary>Draws the figure of what there is of them; null for nothing.</summary>
    public static Figure? Draw(ReportModel model) => PanelView.ToFigure(
        OnTheLine(model, DecayOnTheLine.Uniform, "uniform inputs"),
        OnTheLine(model, DecayOnTheLine.Gaussian, "normal inputs"),
        OnTheLine(model, DecayOnTheLine.Triangular, "triangular density"),
        PlottedLadder.View(
            PlottedLadder.Of(model, (DecayOnTheLine.Constant, "uniform inputs")), "|λ_i i²/C − 1|", "How far eigenvalues are from C i⁻² is predicted to fall like 1/i: for that claim alone the height of the line is fitted."),
        OnSphere(model, SphereSpectrum.DecayInThree, "S²"),
        OnSphere(model, SphereSpectrum.DecayInFour, "S³"));

    private static PanelView? OnTheLine(ReportModel model, Claim claim, string inputs)
    {
        var observed = Observed(model, claim);
        return PlottedPrediction.View(
            [.. DecayOnTheLine.Layers.Select((layers, k) => Series(
                k, $"L = {layers}", power: 2, [.. observed.Select(o => (o.Trial.Variables["i"], o.Numbers.Measured[k], o.Numbers.Predicted[k]))]))],
            values => Axis.Logarithmic("i", values),
            $"λ_i, {inputs}",
            "Marks are eigenvalues of the tangent kernel of networks with biases and L hidden layers on the line, by quadrature. Lines are C i^{−(d+1)/d} with d = 1, with nothing fitted: the exponent is the paper’s, and C = L(L + 1)(∫√p)²/π³ for inputs of density p follows from "
            + "the kernel’s singularity and Weyl’s law (docs/derivations.md, “Eigenvalue decay”; a heuristic derivation, so the constant is checked here, not proved).");
    }

    /// <summary>An observation holds two neighbouring degrees of every depth, one even and one odd.</summary>
    private static PanelView? OnSphere(ReportModel model, Claim claim, string sphere)
    {
        var observed = Observed(model, claim);
        return observed.IsEmpty ? null : PlottedPrediction.View(
            [.. SphereSpectrum.Layers.SelectMany((layers, l) => new[] { 0, 1 }.Select(parity => Series(
                (2 * l) + parity,
                $"L = {layers}, {(parity == 0 ? "even" : "odd")} k",
                power: 0,
                [.. observed.Select(o =>
                {
                    var next = (int)o.Trial.Variables["k"] % 2 == parity ? 0 : 1;
                    var k = o.Trial.Variables["k"] + next;
                    var scale = Math.Pow(k, o.Trial.Variables["p"]);
                    return (k, scale * o.Numbers.Measured[(2 * l) + next], scale * o.Numbers.Predicted[(2 * l) + next]);
                })])))],
            values => Axis.Logarithmic("k", values),
            $"μ_k k^{observed[0].Trial.Variables["p"]} on {sphere}",
            "On the spheres S^{p−1}, without biases, eigenvalues times k^p tend to C = (2^{p−2}Γ(p/2)²/π²)(L(L + 1)/2 ± q_L), + for even degrees k and − for odd ones: asymptotics of an explicit function, again with nothing fitted.");
    }

    /// <param name="k">Its place in the panel.</param>
    /// <param name="name">What it is.</param>
    /// <param name="power">The prediction is C over this power of what the eigenvalues are numbered by.</param>
    /// <param name="points">Its numbers.</param>
    private static PlottedPrediction Series(int k, string name, double power, ImmutableArray<(double X, double Measured, double Predicted)> points) => new(
        (SeriesStyle)k, name, points.IsEmpty ? name : $"{name}: C = {ReadableNumber.Of(points[0].Predicted * Math.Pow(points[0].X, power))}", points);

    private static ImmutableArray<(Observation Trial, PredictedSeries Numbers)> Observed(ReportModel model, Claim claim) =>
        [.. from o in model.PageOf(claim)?.Generated ?? [] let numbers = PredictedSeries.Of(o) where numbers is not null select (o, numbers)];
}
