using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Harness.Claims;
using Harness.Core.Data;

namespace Harness.Reports.Ledger;

/// <summary>
/// Everything that the bits of a run's observations depend on: the first line of its ledger. Two runs of one identity observe the same, and
/// only sessions of one identity may continue each other.
/// </summary>
/// <param name="Schema">Version of the lines.</param>
/// <param name="Profile">The profile.</param>
/// <param name="Seed">Seed of every random number.</param>
/// <param name="Commit">Revision that the program was built from, or <see cref="BuildRevision.Unknown"/>.</param>
/// <param name="Catalogue">Fingerprint of the claims that are verified, see <see cref="CatalogueFingerprint"/>.</param>
/// <param name="Data">The real samples, or null where there are none.</param>
/// <param name="Assembly">Where claims beside the catalogue's came from, or null where there are none.</param>
public sealed record RunIdentity(
    int Schema, Profile Profile, ulong Seed, string Commit, string Catalogue, DataIdentity? Data, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AssemblyIdentity? Assembly = null)
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentSchema = 3;

    /// <summary>How samples that a generator drew are called, where the name of a data set could stand.</summary>
    public const string Generated = Finding.Generated;

    /// <summary>The identity of a run of this program.</summary>
    /// <param name="claims">The claims that are verified.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="data">The real samples, or null.</param>
    /// <param name="assembly">Where claims beside the catalogue's came from, or null.</param>
    public static RunIdentity Of(IReadOnlyList<Claim> claims, Profile profile, ulong seed, DataIdentity? data, AssemblyIdentity? assembly = null) =>
        new(CurrentSchema, profile, seed, BuildRevision.Current.Commit, CatalogueFingerprint.Of(claims, profile), data, assembly);

    /// <summary>The trial's name in this run.</summary>
    internal ReplayKey Key(string claim, int variant, string on, int cell, int trial) => new(claim, Profile, variant, on == Generated ? null : on, cell, trial, Seed);

    /// <summary>What differs from another identity, in words, or null where nothing does.</summary>
    internal string? DifferenceFrom(RunIdentity other) =>
        Profile != other.Profile ? $"the profile is {other.Profile} there and {Profile} here"
        : Seed != other.Seed ? $"the seed is {other.Seed} there and {Seed} here"
        : Data?.Name != other.Data?.Name ? $"the data set is {other.Data?.Name ?? "none"} there and {Data?.Name ?? "none"} here"
        : Data?.Sha256 != other.Data?.Sha256 ? $"{Data?.Name} has other content: its SHA-256 is {other.Data?.Sha256} there and {Data?.Sha256} here"
        : Data?.Samples != other.Data?.Samples ? $"other samples were taken from {Data?.Name} (rows, label or normalisation)"
        : Commit != other.Commit ? $"the program was built from commit {other.Commit} there and from {Commit} here"
        : Assembly != other.Assembly ? $"the claims of {other.Assembly?.InWords ?? "the catalogue alone"} were verified there, and those of {Assembly?.InWords ?? "the catalogue alone"} here"
        : Catalogue != other.Catalogue ? "other claims were verified, or a claim was changed"
        : null;
}

/// <summary>Which assembly of the user claims came from.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Sha256">Fingerprint of its code and of what it references beside it, in hexadecimal.</param>
public sealed record AssemblyIdentity(string Name, string Sha256)
{
    /// <summary>Name and fingerprint.</summary>
    internal string InWords => $"{Name} (SHA-256 {Sha256})";
}

/// <summary>Which real samples a run takes.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Sha256">SHA-256 of the file, in hexadecimal, as <c>sha256sum</c> prints it.</param>
/// <param name="Samples">SHA-256 of the numbers that the claims see: it differs where other rows or another label column of the same file are taken.</param>
public sealed record DataIdentity(string Name, string Sha256, string Samples)
{
    /// <summary>The identity of samples.</summary>
    /// <param name="samples">As the claims see them.</param>
    /// <param name="fileSha256">SHA-256 of the file that they came from, in hexadecimal.</param>
    /// <exception cref="ArgumentException">The file has the name that stands for generated samples.</exception>
    public static DataIdentity Of(DataSet samples, string fileSha256) => samples.Name == RunIdentity.Generated
        ? throw new ArgumentException($"A data set cannot be called '{RunIdentity.Generated}', which stands for samples that are drawn at random. Rename the file.", nameof(samples))
        : new(samples.Name, fileSha256, Fingerprint(samples));

    private static string Fingerprint(DataSet samples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var number = new byte[sizeof(double)];
        Append(samples.InputDimension);
        Append(samples.OutputDimension);
        Array.ForEach(samples.Inputs, Append);
        Array.ForEach(samples.Targets, Append);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(double value)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(number, value);
            hash.AppendData(number);
        }
    }
}
