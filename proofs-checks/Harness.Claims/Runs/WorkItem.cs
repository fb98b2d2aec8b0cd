using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Core.Data;
using Harness.Core.Numerics;

namespace Harness.Claims;

/// <summary>
/// The unit of work: one trial of one cell of a claim or of one of its mutants, on generated or on real samples.
/// </summary>
/// <param name="Claim">The claim.</param>
/// <param name="Variant">0 for the claim itself, k for its k-th mutant.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Trial">Index of the trial in the cell.</param>
/// <param name="Data">Real samples, or null where instances are generated.</param>
public sealed record WorkItem(Claim Claim, int Variant, Cell Cell, int Trial, DataSet? Data)
{
    /// <summary>The experiment that is run: the claim's own or a mutant's.</summary>
    public Experiment Experiment => Variant == 0 ? Claim.Experiment : Claim.Mutants[Variant - 1].Experiment;

    /// <summary>
    /// Draws the instance and measures it, a second time where the first enclosure is too wide to decide on and the measurement has a retry. A pure function of the item, the seed and the profile: any trial can be repeated alone.
    /// </summary>
    public Observation Observe(ulong seed, Profile profile)
    {
        var stream = RandomStream.FromSeed(seed).Derive(Claim.Id).Derive((ulong)Variant).Derive(Data?.Name ?? "").Derive((ulong)Cell.Index).Derive((ulong)Trial);
        var trial = new Trial(Cell.Variables, stream, Data, profile);
        var measured = Experiment.Observe(trial);
        var observation = Record(trial, measured);
        return measured.Retry is { } retry && !Claim.Procedure.Settles(observation) ? Record(trial, retry()) with { IsRetry = true } : observation;
    }

    private Observation Record(Trial trial, Measurement measured)
    {
        var bound = Experiment.Scale is { } scale
            ? Core.Enclosures.Ball.Exactly(scale(trial.Variables))
            : measured.Bound ?? throw new InvalidOperationException($"{Claim.Id} has no scale in its variables, so its observation must bring a bound.");
        return new(Cell.Index, Trial, Cell.IsCalibration && Data is null, trial.Variables, measured.Value, bound, measured.Series);
    }
}

/// <summary>
/// The line that replays one trial: <c>azls.gradient-lower-bound/standard/claim/cell-3/trial-1/seed-42</c>, or
/// <c>…/mutant-2/…</c>, or <c>…/claim@digits.csv/…</c> on real samples.
/// </summary>
/// <param name="ClaimId">Id of the claim.</param>
/// <param name="Profile">The profile, which fixes the cells.</param>
/// <param name="Variant">0 for the claim, k for its k-th mutant.</param>
/// <param name="Data">Name of the data set, or null for generated instances.</param>
/// <param name="Cell">Index of the cell.</param>
/// <param name="Trial">Index of the trial.</param>
/// <param name="Seed">Seed of the run.</param>
public sealed partial record ReplayKey(string ClaimId, Profile Profile, int Variant, string? Data, int Cell, int Trial, ulong Seed)
{
    /// <summary>The key of an item in a run.</summary>
    public static ReplayKey Of(WorkItem item, Profile profile, ulong seed) =>
        new(item.Claim.Id, profile, item.Variant, item.Data?.Name, item.Cell.Index, item.Trial, seed);

    /// <summary>Reads a key.</summary>
    /// <exception cref="FormatException">It is not one; the message shows the form.</exception>
    public static ReplayKey Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success
            || !Enum.TryParse<Profile>(match.Groups["profile"].Value, ignoreCase: true, out var profile)
            || !ulong.TryParse(match.Groups["seed"].Value, CultureInfo.InvariantCulture, out var seed))
        {
            throw new FormatException(
                $"'{text}' is not a replay key. Expected CLAIM/PROFILE/claim|mutant-K[@DATA]/cell-C/trial-T/seed-S, such as azls.gradient-lower-bound/standard/claim/cell-3/trial-1/seed-42.");
        }

        return new(
            match.Groups["claim"].Value,
            profile,
            match.Groups["mutant"].Success ? int.Parse(match.Groups["mutant"].Value, CultureInfo.InvariantCulture) : 0,
            match.Groups["data"].Success ? match.Groups["data"].Value : null,
            int.Parse(match.Groups["cell"].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["trial"].Value, CultureInfo.InvariantCulture),
            seed);
    }

    /// <summary>The key as one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{ClaimId}/{Profile.ToString().ToLowerInvariant()}/{(Variant == 0 ? "claim" : $"mutant-{Variant}")}{(Data is null ? "" : "@" + Data)}/cell-{Cell}/trial-{Trial}/seed-{Seed}");

    [GeneratedRegex(@"^(?<claim>[a-z0-9.\-]+)/(?<profile>[a-z]+)/(claim|mutant-(?<mutant>\d{1,6}))(@(?<data>[^/]+))?/cell-(?<cell>\d{1,9})/trial-(?<trial>\d{1,9})/seed-(?<seed>\d{1,20})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
