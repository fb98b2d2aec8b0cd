using System.Globalization;
using Harness.Claims.Instances;
using Harness.Cli.Output;
using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;

namespace Harness.Cli;

/// <summary>What <c>predict</c> is asked for.</summary>
/// <param name="Data">The samples.</param>
/// <param name="Positive">The class with target 1, or null for the first.</param>
/// <param name="Width">m.</param>
/// <param name="Activation">σ.</param>
/// <param name="TargetScale">Factor of all targets.</param>
/// <param name="Steps">T.</param>
/// <param name="Seed">Seed of the initial weights.</param>
internal sealed record PredictionRequest(InputData Data, string? Positive, int Width, PiecewiseAffine Activation, double TargetScale, int Steps, ulong Seed)
{
    /// <summary>y: the numbers of the label column, or 1 for one class and −1 for the others; times the scale.</summary>
    /// <exception cref="UsageException">What is asked for does not fit together.</exception>
    public double[] Targets()
    {
        var samples = Data.Samples;
        if (Width % 2 != 0)
        {
            throw new UsageException($"--width {Width}: neurons come in mirrored pairs. Take {Width + 1}.");
        }

        if (samples.Classes.Length == 0)
        {
            return Positive is null
                ? Array.ConvertAll(samples.Targets, y => y * TargetScale)
                : throw new UsageException($"--class {Positive}: the labels of {samples.Name} are numbers, not classes. Leave the option out, or name a column of classes with --label.");
        }

        var positive = Positive is null ? 0 : Array.IndexOf(samples.Classes, Positive);
        return positive >= 0
            ? Array.ConvertAll(samples.Labels, k => k == positive ? TargetScale : -TargetScale)
            : throw new UsageException($"--class {Positive}: the classes of {samples.Name} are {string.Join(", ", samples.Classes)}.");
    }
}

/// <summary>Evaluates the convergence certificate of a two-layer network on a data set, and runs gradient descent beside the bound.</summary>
internal static class Prediction
{
    /// <summary>The most samples whose kernel is enclosed.</summary>
    private const int MostSamples = 2000;

    /// <summary>Probability with which the certificate may not be active at the sufficient width.</summary>
    private const double Failing = 0.01;

    private const int Lines = 20;

    /// <summary>Refuses more samples than can be enclosed.</summary>
    /// <exception cref="UsageException">There are more.</exception>
    public static void Require(DataSet samples)
    {
        if (samples.Count > MostSamples)
        {
            throw new UsageException($"{samples.Name} has {samples.Count} samples, and eigenvalues are enclosed for at most {MostSamples}. Take fewer with --rows.");
        }
    }

    /// <summary>Predicts and runs.</summary>
    /// <returns>An <see cref="ExitCode"/>: 0 where convergence is proved and was seen, 20 where it is not proved.</returns>
    public static int Run(PredictionRequest request, TextWriter text, CancellationToken cancellation)
    {
        var (samples, targets) = (request.Data.Samples, request.Targets());
        DataText.Write(text, request.Data.Request.Summary);
        var slopes = request.Activation.Slopes;
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"f(x) = Σ a_r σ(⟨w_r, x⟩), a_r = ±1/√m, m = {request.Width}, σ with slopes {slopes[0]:G4} and {slopes[1]:G4}; mirrored pairs w_r ~ N(0, I), seed {request.Seed}; |y| = {Norm(targets):G4}"));
        DescribeLimit(request, targets, text);
        cancellation.ThrowIfCancellationRequested();
        var network = new ShallowNetwork<double>(samples.InputDimension, request.Width, request.Activation);
        network.InitialiseMirrored(RandomStream.FromSeed(request.Seed).Derive("weights"));
        var certificate = ShallowCertifier.Evaluate(network, samples.Inputs, targets, request.Steps);
        Describe(certificate, request, text);
        cancellation.ThrowIfCancellationRequested();
        return Train(network, samples.Inputs, targets, certificate, text, cancellation);
    }

    private static void DescribeLimit(PredictionRequest request, double[] targets, TextWriter text)
    {
        var samples = request.Data.Samples;
        var limit = new CertifiedLimit(request.Activation, samples.Inputs, samples.Count);
        Line(text, "λ_min(H^∞)", $"{limit.Smallest.Lower:G9} … {limit.Smallest.Upper:G9}");
        Line(text, "  explicit lower bound", $"{Math.Max(0, LimitEigenvalueBound.Evaluate(request.Activation, samples.Inputs, samples.Count).Lower):G4}");
        if (!(limit.Smallest.Lower > 0))
        {
            Line(text, "width that suffices", $"none: λ_min(H^∞) is not proved to be positive{(request.Data.Request.Summary.Duplicates > 0 ? ", because inputs are repeated" : request.Activation.SlopeRange == 0 ? ", because the activation is affine" : "")}");
            return;
        }

        var width = new WidthForCertificate(request.Activation, samples.Inputs, samples.Count, limit.Smallest.Lower, Failing).For(Norm(targets));
        Line(text, "width that suffices", double.IsFinite(width) ? $"m ≥ {width:G4}, with probability {1 - Failing}" : "beyond 10³⁰");
    }

    private static void Describe(ShallowCertificate certificate, PredictionRequest request, TextWriter text)
    {
        text.WriteLine();
        text.WriteLine($"Certificate at m = {request.Width}, from the initial weights alone:");
        Line(text, "eigenvalues of H(0)", $"{certificate.SmallestEigenvalue:G9} … {certificate.LargestEigenvalue:G9}");
        Line(text, "η = 1/λ_max", $"{certificate.LearningRate:G6}");
        Line(text, "|r_0|", $"{certificate.InitialResidual:G6}");
        Line(text, "R, movement of a neuron", $"{certificate.Radius:G4}");
        if (certificate.NeuronsNear.Length > 0)
        {
            Line(text, "neurons that may flip", $"at most {certificate.NeuronsNear.Max()} on a sample");
        }

        Line(text, "6cΔ√P·Q/(mλ) ≤ 1", $"{certificate.FlipRatio:G4}");
        Line(text, "rounding in the run", $"{certificate.Slack:G3}");
        text.WriteLine(Verdict(certificate));
        text.WriteLine();
    }

    private static string Verdict(ShallowCertificate certificate) => certificate switch
    {
        { IsActive: true } => string.Create(
            CultureInfo.InvariantCulture,
            $"proved: |r_k| ≤ (1 − ηλ/2)^k |r_0| for every k in exact arithmetic, a factor e in {2 / (certificate.LearningRate * certificate.SmallestEigenvalue):G4} steps; in floating point, with the rounding above, for k ≤ {certificate.Steps}"),
        { SmallestEigenvalue: <= 0 } => "not proved: the kernel of the initial network is not proved to be positive definite. Remove repeated inputs, or take a larger --width.",
        { FlipRatio: > 1 } => string.Create(
            CultureInfo.InvariantCulture, $"not proved: sign changes may cost {certificate.FlipRatio:G4} times what half of λ affords. A larger --width or a smaller --target-scale lowers this. The condition is sufficient, not necessary: the run may converge all the same."),
        { IsRoundingSmall: false } => "not proved for a run in floating point: rounding is not small beside |r_0| or R. Take larger targets or fewer --steps.",
        _ => "not proved: the learning rate is too large.",
    };

    private static int Train(ShallowNetwork<double> network, double[] inputs, double[] targets, ShallowCertificate certificate, TextWriter text, CancellationToken cancellation)
    {
        var state = new ShallowState<double>(network, targets.Length);
        network.Forward(inputs, state);
        text.WriteLine($"{"step",8}  {(certificate.IsActive ? "|r_k| at most" : "if it were proved"),18}  {"|r_k|",14}  {"sign changes",14}");
        var (exceeded, flips, crossings) = (-1, 0L, new int[targets.Length]);
        for (var k = 0; k <= certificate.Steps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var norm = Math.Sqrt(2 * ShallowDescent.Loss<double>(targets, state));
            if (!double.IsFinite(norm))
            {
                throw new UsageException($"The residual is not finite after {k} steps. Take a smaller --target-scale.");
            }

            // Squares and root are rounded, a relative γ_{n+4}.
            var bound = certificate.SmallestEigenvalue > 0 ? certificate.BoundAfter(k).Upper + certificate.OutputError : double.NaN;
            exceeded = exceeded < 0 && norm * (1 - Rounding.Gamma(targets.Length + 4)) > bound ? k : exceeded;
            if (k % Math.Max(1, certificate.Steps / Lines) == 0 || k == certificate.Steps)
            {
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{k,8}  {bound,18:G6}  {norm,14:G6}  {flips,14}"));
            }

            if (k < certificate.Steps)
            {
                ShallowDescent.Step<double>(network, targets, certificate.LearningRate, state, crossings);
                flips += crossings.Sum();
            }
        }

        if (!certificate.IsActive)
        {
            return ExitCode.Undecided;
        }

        text.WriteLine(exceeded < 0 ? "Every residual was within its bound." : $"The residual at step {exceeded} exceeds its bound: a proof or this program is wrong. Please report it.");
        return exceeded < 0 ? ExitCode.Holds : ExitCode.Violated;
    }

    private static double Norm(double[] vector) => Math.Sqrt(FixedOrder.SumOfSquares<double>(vector));

    private static void Line(TextWriter text, string quantity, FormattableString value) => text.WriteLine($"{quantity,-24} {value.ToString(CultureInfo.InvariantCulture)}");

    private static void Line(TextWriter text, string quantity, string value) => text.WriteLine($"{quantity,-24} {value}");
}
