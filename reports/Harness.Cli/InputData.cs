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
    /// <summary>Multiply-adds of all distances that are waited for: some minutes on one core.</summary>
    private const double MostWork = 5e12;

    /// <summary>Multiply-adds that a pair takes about as long as, besides 3/2 for every number of an input.</summary>
    private const double WorkOfPair = 24;

    /// <summary>Reads, normalises and measures.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">Samples to take, or null for all.</param>
    /// <param name="label">The column to predict, or null for the default.</param>
    /// <param name="require">Refuses samples that the command cannot take, before they are measured.</param>
    /// <exception cref="UsageException">There are so many samples that their distances would take hours.</exception>
    public static InputData Read(string path, int? rows, string? label, Action<DataSet>? require = null)
    {
        var raw = DelimitedFile.Read(path, new() { Rows = rows, Label = label });
        require?.Invoke(raw);
        if (Math.Sqrt(MostWork / ((1.5 * raw.InputDimension) + WorkOfPair)) is var most && raw.Count > most)
        {
            throw new UsageException($"{path}: has {raw.Count} samples, and δ is the smallest of the distances of all pairs, which would take hours. Take at most {(int)most} with --rows; those are the first, so shuffle a file that is sorted.");
        }

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
