using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary>Claims of the user: <c>--claims DLL</c>.</summary>
internal sealed class ClaimsOption
{
    /// <summary>The option's name, for lines that repeat a trial.</summary>
    public const string Name = "--claims";

    private readonly Option<string?> assembly = new(Name) { HelpName = "DLL" };

    /// <param name="effect">What the claims do in the command.</param>
    public ClaimsOption(string effect) => assembly.Description = $"An assembly with claims of your own, public static properties of type Claim{effect} (docs/write-a-claim.md).";

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(assembly);

    /// <summary>The file that the command line names, or null.</summary>
    public string? Path(ParseResult parsed) => parsed.GetValue(assembly);

    /// <summary>The catalogue, with the user's claims where there are any.</summary>
    public KnownClaims Read(ParseResult parsed) => KnownClaims.Load(Path(parsed));
}
