using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Harness.Claims;

namespace Harness.Reports.Ledger;

/// <summary>
/// A fingerprint of what claims state, where they are tried and how they are decided. It changes with every change that can be seen from outside; the code
/// of an observation can't, and is covered by the commit.
/// </summary>
public static class CatalogueFingerprint
{
    /// <summary>SHA-256 in hexadecimal of the claims in their order.</summary>
    /// <remarks>
    /// Ranges and numbers of cells stand for the cells: the values in between are computed through logarithms, whose last bit may differ between systems.
    /// </remarks>
    public static string Of(IReadOnlyList<Claim> claims, Profile profile)
    {
        var text = new StringBuilder();
        foreach (var claim in claims)
        {
            Line(text, [claim.Id, claim.Statement, claim.Quantity, claim.Against, claim.Procedure.Name, claim.Procedure.InWords]);
            Write(text, claim.Experiment, profile);
            foreach (var mutant in claim.Mutants)
            {
                Line(text, [mutant.Name, mutant.ReusesObservations]);
                Write(text, mutant.Experiment, profile);
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(StringBuilder text, Experiment experiment, Profile profile)
    {
        Line(text, [experiment.Hypotheses, experiment.TakesData]);
        Write(text, experiment.Domain, profile);
        if (experiment.TakesData)
        {
            Write(text, experiment.Domain.ForData, profile);
        }
    }

    private static void Write(StringBuilder text, Domain domain, Profile profile)
    {
        Line(text, [domain.Ladder ?? "", domain.Cells(profile).Count, domain.Trials.In(profile), .. domain.Symbols]);
        foreach (var range in domain.Ranges)
        {
            Line(text, [range.Symbol, range.From, range.To.In(profile), range.IsInteger]);
        }
    }

    /// <summary>Fields apart by U+001F and lines by U+001E, the separators that no statement contains.</summary>
    private static void Line(StringBuilder text, ReadOnlySpan<object> fields)
    {
        foreach (var field in fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"{field}\u001F");
        }

        text.Append('\u001E');
    }
}
