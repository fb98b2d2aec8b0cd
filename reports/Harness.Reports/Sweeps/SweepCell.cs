using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Harness.Claims;

namespace Harness.Reports.Sweeps;

/// <summary>The unit of work: a claim at one point of its variables, under one seed. What it observes is a function of its content alone.</summary>
/// <param name="Id">128 bits of the SHA-256 of the content, in hexadecimal: the cell's name everywhere, and where its random numbers come from.</param>
/// <param name="Claim">The claim.</param>
/// <param name="Variables">The point.</param>
/// <param name="Profile">The profile of its trials.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Trials">Number of trials.</param>
public sealed record SweepCell(string Id, Claim Claim, Variables Variables, Profile Profile, ulong Seed, int Trials)
{
    /// <summary>Names a cell.</summary>
    public static SweepCell Of(Claim claim, Variables variables, Profile profile, ulong seed, int trials) =>
        new(ContentId.Of(Content(claim, variables, profile, seed, trials)), claim, variables, profile, seed, trials);

    /// <summary>Makes one trial.</summary>
    /// <param name="trial">0 ≤ trial &lt; <see cref="Trials"/>; more are possible, and belong to no sweep.</param>
    /// <exception cref="SweepException">The trial threw. It would do so again, wherever it is made.</exception>
    public Observation Observe(int trial)
    {
        try
        {
            return Item(trial).Observe(BinaryPrimitives.ReadUInt64BigEndian(Convert.FromHexString(Id)), Profile);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new SweepException($"Trial {trial} of cell {Id}, {this}, failed: {exception.GetType().Name}: {exception.Message} Either the claim cannot be tried at this point, or this is a defect of the harness; it is no verdict.", exception);
        }
    }

    /// <summary>A trial as the claims know it.</summary>
    public WorkItem Item(int trial) => new(Claim, 0, new Cell(0, Variables, IsCalibration: false), trial, Data: null);

    /// <summary>
    /// Multiply-adds of the trained layers' products, n·d·L·m² a pass (n·d·m without such layers), for every trial; a variable that the claim doesn't have counts as 1. Cells are compared by it, so the number of passes, which
    /// trials of one claim share, is missing; the pilot measures what a unit takes.
    /// </summary>
    public double Cost => Trials * Of("n") * Of("m") * Of("d") * Math.Max(1, Of("L") * Of("m"));

    /// <summary>Bytes that a trial may need, generously: six sets of weights and layers in double precision (as they are, initial, gradient, radii and two for workspace), and half a gigabyte for the runtime.</summary>
    public double Memory => 5e8 + (8 * 6 * (Of("L") + 1) * Of("m") * (Of("m") + Of("n")));

    /// <summary>"azls.separation at m=64 n=4, seed 1".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Claim.Id} at {Variables}, seed {Seed}");

    private static string Content(Claim claim, Variables variables, Profile profile, ulong seed, int trials)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{claim.Id}\u001F{profile}\u001F{seed}\u001F{trials}"));
        foreach (var (symbol, value) in variables)
        {
            text.Append(CultureInfo.InvariantCulture, $"\u001F{symbol}={value:R}");
        }

        return text.ToString();
    }

    private double Of(string symbol) => Variables.TryGet(symbol, out var value) ? value : 1;
}
