using System.CommandLine;
using System.Globalization;
using Harness.Claims;
using Harness.Reports.Certificates;

namespace Harness.Cli.Commands;

/// <summary><c>harness certify</c>: what a training run reached, proved in exact arithmetic for the weights of its snapshot; and a check of such a certificate.</summary>
internal static class CertifyCommand
{
    private const string Extension = ".certificate.json";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var snapshot = new Argument<string>("SNAPSHOT") { Description = "A .npz with A, W1…, B, X, Y, as 'harness train' or another program wrote it." };
        var below = Number("--loss-below", "ε: prove that F(W) ≤ ε.", value => value >= 0, "a number that is not negative, such as 1e-3");
        var accuracy = Number("--accuracy", "Prove that at least this fraction of the samples is classified as its targets say.", value => value is >= 0 and <= 1, "a fraction between 0 and 1");
        var output = new Option<string?>("--out") { Description = $"Where to write the certificate. Default: beside the snapshot, with the ending {Extension}.", HelpName = "FILE" };
        var check = new Option<string?>("--check") { Description = "A certificate: prove its statements again instead of writing one.", HelpName = "CERT" };
        var command = new ExemplifiedCommand(
            "certify",
            "Prove, for the weights as they are, bounds of loss, margins, gradient, tangent kernel and distance from initialisation, and write them down as a certificate.",
            ("harness certify run.npz --loss-below 1e-3 --accuracy 1.0", "a global minimum found, as a fact"),
            ("harness certify --check run.certificate.json run.npz", "prove it again, loss and margins by other means"))
        {
            snapshot, below, accuracy, output, check,
        };
        command.SetAction(parsed => parsed.GetValue(check) is { } certificate
            ? Check(certificate, parsed.GetRequiredValue(snapshot), parsed.GetValue(below) is not null || parsed.GetValue(accuracy) is not null || parsed.GetValue(output) is not null)
            : Certify(parsed.GetRequiredValue(snapshot), parsed.GetValue(below), parsed.GetValue(accuracy), parsed.GetValue(output)));
        return command;
    }

    private static int Certify(string path, double? below, double? accuracy, string? output)
    {
        var trained = TrainedNetwork.Read(path);
        var certificate = Certifier.Enclose(trained, below) with { LossBelow = below, Accuracy = accuracy };
        Print(certificate);
        var verdict = Worst(
            below is { } ε ? Tell(string.Create(CultureInfo.InvariantCulture, $"F(W) ≤ {ε:R}"), certificate.Loss.AtMost <= ε, certificate.Loss.AtLeast > ε) : Verdict.Holds,
            accuracy is { } least ? Accuracy(certificate, least, path) : Verdict.Holds);
        if (verdict != Verdict.Holds)
        {
            Console.Error.WriteLine("harness: No certificate was written: what was asked for is not proved.");
            return verdict == Verdict.Violated ? ExitCode.Violated : ExitCode.Undecided;
        }

        var file = output ?? Path.ChangeExtension(path, null) + Extension;
        certificate.Write(file);
        Console.Out.WriteLine(Path.GetFullPath(file));
        return ExitCode.Holds;
    }

    private static Verdict Accuracy(Certificate certificate, double least, string path)
    {
        var found = certificate.Classification ?? throw new UsageException($"--accuracy {least}: the targets in {path} name no class for some sample, so there is no accuracy to prove.");
        var n = certificate.Subject.Samples;
        return Tell(string.Create(CultureInfo.InvariantCulture, $"accuracy ≥ {least:R}"), found.Correct >= least * n, n - found.Wrong < least * n);
    }

    private static Verdict Tell(string statement, bool isProved, bool isRefuted)
    {
        Console.Out.WriteLine($"{(isProved ? "proved" : isRefuted ? "REFUTED" : "undecided")}: {statement}");
        return isProved ? Verdict.Holds : isRefuted ? Verdict.Violated : Verdict.Undecided;
    }

    private static Verdict Worst(Verdict one, Verdict other) =>
        one == Verdict.Violated || other == Verdict.Violated ? Verdict.Violated : one == Verdict.Undecided || other == Verdict.Undecided ? Verdict.Undecided : Verdict.Holds;

    private static int Check(string certificatePath, string path, bool hasMore)
    {
        if (hasMore)
        {
            throw new UsageException("--check proves what the certificate says; leave --loss-below, --accuracy and --out out.");
        }

        var certificate = Certificate.Read(certificatePath);
        var trained = TrainedNetwork.Read(path);
        if (!CertificateCheck.IsAbout(certificate, trained))
        {
            throw new UsageException($"{certificatePath} is not about {path}: it names a snapshot with SHA-256 {certificate.Subject.Sha256}, and this file has {trained.Sha256}, or the shapes differ. The snapshot was changed, or it is another one.");
        }

        var verdict = Verdict.Holds;
        foreach (var statement in CertificateCheck.Check(certificate, trained))
        {
            Console.Out.WriteLine($"{statement.Verdict switch { Verdict.Holds => "proved", Verdict.Violated => "REFUTED", _ => "undecided" }}: {statement.Statement} ({statement.Evidence})");
            verdict = Worst(verdict, statement.Verdict);
        }

        return verdict switch { Verdict.Holds => ExitCode.Holds, Verdict.Violated => ExitCode.Violated, _ => ExitCode.Undecided };
    }

    private static void Print(Certificate certificate)
    {
        var (subject, text) = (certificate.Subject, Console.Out);
        text.WriteLine($"n = {subject.Samples}, 𝔡 = {subject.InputDimension}, m = {subject.Width}, L = {subject.Depth}, d = {subject.OutputDimension}; {subject.Network}, {subject.Loss} loss{(subject.TrainsAllLayers ? ", all layers trained" : "")}");
        Line("F(W)", certificate.Loss, certificate.Precisions.Loss);
        if (certificate.Classification is { } classes)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"classified",-24} {classes.Correct} of {subject.Samples} right, {classes.Wrong} wrong, margins ≥ {classes.LeastMargin:G9}{In(certificate.Precisions.Classification)}"));
        }

        text.WriteLine($"{"open signs",-24} {certificate.OpenSigns}{In(certificate.Precisions.OpenSigns)}");
        if (certificate.GradientNorm is { } gradient)
        {
            Line("‖∇F‖", gradient, certificate.Precisions.GradientNorm ?? ProofPrecision.Double);
        }
        else
        {
            text.WriteLine($"{"‖∇F‖",-24} not enclosed: n times the positions that share a layer is beyond {Certifier.LargestGradient}");
        }

        if (certificate.Kernel is { } kernel)
        {
            Line("eigenvalues of K", new(kernel.SmallestAtLeast, kernel.LargestAtMost), certificate.Precisions.Kernel ?? ProofPrecision.Double);
        }
        else
        {
            text.WriteLine($"{"eigenvalues of K",-24} not enclosed: n·d, times the positions that share a layer, is beyond {Certifier.LargestKernel}");
        }

        foreach (var (layer, range) in certificate.Distances ?? [])
        {
            Line($"‖{layer} − {layer}⁽⁰⁾‖₂", range, ProofPrecision.Double);
        }

        void Line(string quantity, Reports.Certificates.Range range, ProofPrecision precision) =>
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{quantity,-24} {range.AtLeast:R} … {range.AtMost:R}{In(precision)}"));

        // Double goes without saying.
        static string In(ProofPrecision precision) => precision == ProofPrecision.DoubleDouble ? "  (in double-double)" : "";
    }

    private static Option<double?> Number(string name, string description, Func<double, bool> isValid, string expected) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && isValid(value) && double.IsFinite(value))
            {
                return value;
            }

            result.AddError($"{name} {result.Tokens[0].Value}: expected {expected}.");
            return null;
        },
    };
}
