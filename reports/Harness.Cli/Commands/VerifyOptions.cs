using System.CommandLine;
using System.CommandLine.Parsing;
using Harness.Claims;

namespace Harness.Cli.Commands;

/// <summary>A run to make or to continue.</summary>
/// <param name="Request">What is asked for.</param>
/// <param name="Data">The samples, or null for none.</param>
/// <param name="Known">Where the claims are looked up.</param>
internal sealed record RequestedRun(RunRequest Request, InputData? Data, KnownClaims Known);

/// <summary>What <c>verify</c> is asked for on its command line, in a new run and in one that is continued.</summary>
internal sealed class VerifyOptions
{
    private readonly Argument<string[]> claims = new("CLAIM")
    {
        Description = "Ids (azls.gradient-lower-bound), globs ('azls.gradient*') or numbers of statements (C29). Default: the whole catalogue.",
        HelpName = "CLAIM",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> paper = new("--paper") { Description = "Only claims of this paper.", HelpName = "KEY" };

    private readonly Option<Profile> profile = Choice.Of("--profile", Profile.Standard, "How much is tried: gate for every build, standard for minutes, thorough for hours.");

    private readonly Option<ulong> seed = Numbers.Seed();

    private readonly DataOptions data = new();

    private readonly ClaimsOption own = new(", verified in the catalogue's place, or beside it where CLAIM or --paper selects from both");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        // Words fill a list of claims, so the parser lets a mistyped option pass as one.
        claims.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => t.Value.StartsWith('-')) is { } unknown)
            {
                result.AddError($"There is no option '{unknown.Value}'.{NearestMatches.Question(unknown.Value, command.Options.Select(o => o.Name))}");
            }
        });
        Candidates.AddClaims(claims.CompletionSources);
        Candidates.AddPapers(paper.CompletionSources);
        command.Arguments.Add(claims);
        command.Options.Add(paper);
        command.Options.Add(profile);
        command.Options.Add(seed);
        data.AddTo(command);
        own.AddTo(command);
    }

    /// <summary>A new run.</summary>
    public RequestedRun Begin(ParseResult parsed)
    {
        var known = own.Read(parsed);
        var selected = Selected(parsed, known);
        var input = data.Read(parsed);
        var assembly = known.IdentityFor(selected) is { } identity ? new AssemblyRequest(known.Own!.Assembly.FullPath, new(identity.Name, identity.Sha256, [ClaimsOption.Name, own.Path(parsed)!])) : null;
        return new(new([.. selected.Select(c => c.Id)], parsed.GetValue(profile), parsed.GetValue(seed), input?.Request, assembly), input, known);
    }

    /// <summary>The run in a folder. What the command line leaves out is taken from there; what it says must agree.</summary>
    /// <remarks>That claims of the user are those of the run is for the ledger to say, whatever file they are in now.</remarks>
    /// <exception cref="UsageException">It does not.</exception>
    public RequestedRun Continue(ParseResult parsed, string folder)
    {
        var begun = RunRequest.Read(folder);
        var known = KnownClaims.Load(own.Path(parsed) ?? begun.Assembly?.Path);
        Agree(folder, "claims", IsGiven(parsed.GetResult(claims)) || IsGiven(parsed.GetResult(paper)), () => string.Join(' ', Selected(parsed, known).Select(c => c.Id)), string.Join(' ', begun.Claims));
        Agree(folder, "profile", IsGiven(parsed.GetResult(profile)), () => parsed.GetValue(profile), begun.Profile);
        Agree(folder, "seed", IsGiven(parsed.GetResult(seed)), () => parsed.GetValue(seed), begun.Seed);
        Agree(folder, "data", data.IsGiven(parsed), () => data.Read(parsed)?.Request.InWords, begun.Data?.InWords);
        return new(begun, begun.Data is { } samples ? InputData.Read(samples.Path, samples.Rows, samples.Label) : null, known);
    }

    private static bool IsGiven(SymbolResult? result) => result switch
    {
        OptionResult option => !option.Implicit,
        ArgumentResult argument => argument.Tokens.Count > 0,
        _ => false,
    };

    private static void Agree<T>(string folder, string what, bool isGiven, Func<T> asked, T begun)
    {
        if (isGiven && asked() is var now && !EqualityComparer<T>.Default.Equals(now, begun))
        {
            throw new UsageException($"The run in {folder} has other {what}: {begun?.ToString() ?? "none"}, not {now?.ToString() ?? "none"}. Leave the option out to continue it, or start a new run.");
        }
    }

    private IReadOnlyList<Claim> Selected(ParseResult parsed, KnownClaims known) => known.Select(parsed.GetValue(claims) ?? [], parsed.GetValue(paper));
}
