using System.CommandLine;
using Harness.Core.Data;
using Harness.Reports.Runs;

namespace Harness.Cli.Commands;

/// <summary>Which network a command is about: <c>--network KIND [--positions HxW] [--filter HxW] [--step τ]</c>; or <c>--arch</c>, with shorter words.</summary>
internal sealed class ArchitectureOptions
{
    private enum Kind
    {
        FullyConnected,
        Convolutional,
        Residual,
    }

    private const int StandardFilter = 3;

    private readonly Option<Kind> kind;

    private readonly string convolutional, residual;

    private readonly Option<(int Height, int Width)?> positions = Numbers.Grid(
        "--positions", "The grid that the features of a convolutional network fill, row by row. Default: a square where their number is one, else a single row.");

    private readonly Option<(int Height, int Width)?> filter = Numbers.Grid("--filter", $"The filters of a convolutional network. Default: {StandardFilter}x{StandardFilter}, or the grid where that is smaller.");

    private readonly Option<double?> step = Numbers.Optional(
        "--step", "τ, the step of a residual network. Default: 1/(L log m).", "τ", τ => τ > 0, "a positive number, such as 0.1");

    /// <summary>Options with the words in full.</summary>
    public ArchitectureOptions()
        : this("--network", "fully-connected", "convolutional", "residual", "Which network of the paper: section 2, appendix B or appendix C.")
    {
    }

    private ArchitectureOptions(string option, string connected, string convolutional, string residual, string description)
    {
        kind = Choice.Among(option, [(connected, Kind.FullyConnected), (convolutional, Kind.Convolutional), (residual, Kind.Residual)], Kind.FullyConnected, description);
        (this.convolutional, this.residual) = ($"{option} {convolutional}", $"{option} {residual}");
    }

    /// <summary>Options with short words.</summary>
    public static ArchitectureOptions Abbreviated() => new("--arch", "fc", "conv", "res", "Fully connected, convolutional or residual.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { kind, positions, filter, step })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The network that is asked for.</summary>
    /// <exception cref="UsageException">An option belongs to another kind, or the samples do not fit the grid.</exception>
    public Architecture Read(ParseResult parsed, DataSet samples)
    {
        var chosen = parsed.GetValue(kind);
        RefuseUnless(chosen == Kind.Convolutional, parsed.GetValue(positions) is null, "--positions", convolutional);
        RefuseUnless(chosen == Kind.Convolutional, parsed.GetValue(filter) is null, "--filter", convolutional);
        RefuseUnless(chosen == Kind.Residual, parsed.GetValue(step) is null, "--step", residual);
        return chosen switch
        {
            Kind.Convolutional => Convolutional(parsed, samples),
            Kind.Residual => new Architecture.Residual(parsed.GetValue(step)),
            _ => new Architecture.FullyConnected(),
        };
    }

    private Architecture.Convolutional Convolutional(ParseResult parsed, DataSet samples)
    {
        var features = samples.InputDimension - UnitNormalisation.AddedCoordinates;
        var side = (int)Math.Sqrt(features);
        var grid = parsed.GetValue(positions) ?? (side * side == features ? (side, side) : (1, features));
        if ((long)grid.Height * grid.Width != features)
        {
            throw new UsageException($"--positions {grid.Height}x{grid.Width}: that is {(long)grid.Height * grid.Width} positions for the {features} features of {samples.Name}. Choose a grid with one position a feature, such as 1x{features}.");
        }

        var window = parsed.GetValue(filter) ?? (Math.Min(StandardFilter, grid.Height), Math.Min(StandardFilter, grid.Width));
        return window.Height <= grid.Height && window.Width <= grid.Width
            ? new(grid.Height, grid.Width, window.Height, window.Width)
            : throw new UsageException($"--filter {window.Height}x{window.Width}: larger than the grid of {grid.Height}x{grid.Width}, around which it would read a position twice. Choose a smaller filter, or --positions.");
    }

    private static void RefuseUnless(bool isOwn, bool isAbsent, string option, string owner)
    {
        if (!isOwn && !isAbsent)
        {
            throw new UsageException($"{option} belongs to {owner}; leave it out, or ask for that network.");
        }
    }
}
