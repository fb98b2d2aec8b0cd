using Harness.Claims;

namespace Harness.Reports.Certificates;

/// <summary>One statement of a certificate, as checked.</summary>
/// <param name="Statement">The statement, in words.</param>
/// <param name="Verdict">Holds: proved again. Violated: the contrary was proved. Undecided: neither.</param>
/// <param name="Evidence">What was found.</param>
public sealed record CheckedStatement(string Statement, Verdict Verdict, string Evidence);

/// <summary>
/// Proves the statements of a certificate again from the snapshot alone: loss, classification and signs by interval arithmetic of its own (<see cref="IntervalPass"/>), as precise as the certificate's retry; the rest by the enclosures, with the
/// certificate's own approximations as starting points, so that one factorisation takes the place of an eigenvalue problem. Nothing in the certificate is believed.
/// </summary>
public static class CertificateCheck
{
    /// <summary>Whether a certificate is about this snapshot: the same file and the same shape.</summary>
    public static bool IsAbout(Certificate certificate, TrainedNetwork trained)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.Subject == Subject.Of(trained);
    }

    /// <summary>Checks every statement.</summary>
    public static IReadOnlyList<CheckedStatement> Check(Certificate certificate, TrainedNetwork trained)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(trained);
        var pass = new IntervalPass(trained);
        List<CheckedStatement> statements = [Within("F(W)", certificate.Loss, pass.Loss)];
        if (certificate.LossBelow is { } ε)
        {
            statements.Add(AtMost($"F(W) ≤ {ε:R}", pass.Loss, ε));
        }

        if (certificate.Classification is { } claimed)
        {
            statements.Add(Classified(claimed, Margins.Classify(trained.Targets, trained.Samples, pass), trained.Samples, certificate.Accuracy));
        }
        else if (certificate.Accuracy is { } accuracy)
        {
            statements.Add(new($"accuracy ≥ {accuracy:R}", Verdict.Undecided, "the certificate has no classification that could prove it"));
        }

        statements.Add(new($"signs of all neurons settled but {certificate.OpenSigns}", pass.OpenSigns <= certificate.OpenSigns ? Verdict.Holds : Verdict.Undecided, $"found {pass.OpenSigns} open"));
        if (certificate.GradientNorm is { } gradient)
        {
            statements.Add(Certifier.HasGradient(trained)
                ? Within("‖∇F‖", gradient, new EnclosedPass(trained, certificate.Precisions.GradientNorm ?? ProofPrecision.Double).GradientNorm())
                : new("‖∇F‖", Verdict.Undecided, $"n times the positions that share a layer is beyond {Certifier.LargestGradient}"));
        }

        if (certificate.Kernel is { } kernel)
        {
            statements.Add(Spectrum(kernel, certificate.Precisions.Kernel ?? ProofPrecision.Double, trained));
        }

        var distances = certificate.Distances is null ? null : Certifier.Distances(trained);
        foreach (var (layer, range) in certificate.Distances ?? [])
        {
            var quantity = $"‖{layer} − {layer}⁽⁰⁾‖₂";
            statements.Add(distances?.FirstOrDefault(distance => distance.Layer == layer) is { } found
                ? Within(quantity, range, found.Range)
                : new(quantity, Verdict.Undecided, "the snapshot has no such initial weights"));
        }

        return statements;
    }

    private static CheckedStatement Spectrum(KernelSpectrum claimed, ProofPrecision precision, TrainedNetwork trained)
    {
        const string Eigenvalues = "eigenvalues of the tangent kernel";
        if (!Certifier.HasKernel(trained))
        {
            return new(Eigenvalues, Verdict.Undecided, $"n·d, times the positions that share a layer, is beyond {Certifier.LargestKernel}");
        }

        var found = EnclosedKernel.Bound(trained, trained.Samples * trained.Network.OutputDimension, precision, claimed.Guesses);
        return Within(Eigenvalues, new(claimed.SmallestAtLeast, claimed.LargestAtMost), new(found.SmallestAtLeast, found.LargestAtMost));
    }

    /// <summary>A number was claimed to lie in a range, and was found in another.</summary>
    private static CheckedStatement Within(string quantity, Range claimed, Range found)
    {
        var statement = FormattableString.Invariant($"{claimed.AtLeast:R} ≤ {quantity} ≤ {claimed.AtMost:R}");
        var verdict = found.AtLeast > claimed.AtMost || found.AtMost < claimed.AtLeast ? Verdict.Violated
            : claimed.AtLeast <= found.AtLeast && found.AtMost <= claimed.AtMost ? Verdict.Holds
            : Verdict.Undecided;
        return new(statement, verdict, FormattableString.Invariant($"found between {found.AtLeast:R} and {found.AtMost:R}"));
    }

    private static CheckedStatement AtMost(string statement, Range found, double limit) => new(
        statement,
        found.AtMost <= limit ? Verdict.Holds : found.AtLeast > limit ? Verdict.Violated : Verdict.Undecided,
        FormattableString.Invariant($"found between {found.AtLeast:R} and {found.AtMost:R}"));

    private static CheckedStatement Classified(Classification claimed, Classification? found, int n, double? accuracy)
    {
        var statement = FormattableString.Invariant($"{claimed.Correct} of {n} samples right, {claimed.Wrong} wrong, margins ≥ {claimed.LeastMargin:R}{(accuracy is { } a ? $", accuracy ≥ {a:R}" : "")}");
        if (found is null)
        {
            return new(statement, Verdict.Violated, "the targets name no class");
        }

        var isAccurate = accuracy is not { } least || found.Correct >= least * n;
        var verdict = claimed.Correct > n - found.Wrong || claimed.Wrong > n - found.Correct ? Verdict.Violated
            : claimed.Correct <= found.Correct && claimed.Wrong <= found.Wrong && claimed.LeastMargin <= found.LeastMargin && isAccurate ? Verdict.Holds
            : Verdict.Undecided;
        return new(statement, verdict, FormattableString.Invariant($"found {found.Correct} right, {found.Wrong} wrong, margins ≥ {found.LeastMargin:R}"));
    }
}
