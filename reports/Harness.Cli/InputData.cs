using System.Security.Cryptography;
using Harness.Cli.Commands;
using Harness.Core.Data;
using Harness.Reports.Files;
using Harness.Reports.Ledger;

namespace Harness.Cli;

/// <summary>Samples from a file, as the paper normalises them, and what they are like in the terms of the theory.</summary>
/// <param name="Samples">Normalised samples.</param>
/// <param name="Request">Where they came from, and their summary.</param>
/// <param name="Sha256">Fingerprint of the file, in hexadecimal.</param>
internal sealed record InputData(DataSet Samples, DataRequest Request, string Sha256)
{
    /// <summary>Reads, normalises and measures.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">Samples to take, or null for all.</param>
    /// <param name="label">The column to predict, or null for the default.</param>
    public static InputData Read(string path, int? rows, string? label)
    {
        var raw = DelimitedFile.Read(path, new() { Rows = rows, Label = label });
        var samples = UnitNormalisation.Apply(raw);
        if (samples.Name == RunIdentity.Generated)
        {
            throw new UsageException($"{path}: '{RunIdentity.Generated}' stands for samples that are drawn at random. Rename the file.");
        }

        var closest = Separation.Measure(samples.Inputs, samples.InputDimension);
        var repeated = RepeatedInputs.In(samples);
        List<string> arguments = [];
        AddIf(path != DataOptions.ShippedFile, "--data", path);
        AddIf(rows is not null, "--rows", $"{rows}");
        AddIf(label is not null, "--label", label!);
        return new(samples, new(Path.GetFullPath(path), rows, label, new(
            samples.Name,
            samples.Count,
            raw.InputDimension,
            samples.OutputDimension,
            samples.Classes.Length,
            closest.Distance,
            (closest.First + 1, closest.Second + 1),
            repeated.Count,
            repeated.Conflicting,
            [.. arguments])), Fingerprint(path));

        void AddIf(bool isGiven, string option, string value)
        {
            if (isGiven)
            {
                arguments.AddRange([option, value]);
            }
        }
    }

    private static string Fingerprint(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
