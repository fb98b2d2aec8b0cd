using System.CommandLine;
using System.CommandLine.Parsing;
using Harness.Claims;
using Harness.Claims.Catalogue;

namespace Harness.Cli.Commands;

/// <summary>What <c>verify</c> is asked for on its command line, in a new run and in one that is continued.</summary>
internal sealed class VerifyOptions
{
    private readonly Argument<string[]> claims = new("CLAIM")
    {
        Description = "Ids (azls.gradient-lower-bound), globs ('azls.gradient*') or numbers of statements (C29). Default: the whole catalogue.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> paper = new("--paper") { Description = "Only claims of this paper.", HelpName = "KEY" };

    private readonly Option<Profile> profile = Choice.Of("--profile", Profile.Standard, "How much is tried: gate for every build, standard for minutes, thorough for hours.");

    private readonly Option<ulong> seed = Numbers.Seed();

    private readonly DataOptions data = new();

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
        command.Arguments.Add(claims);
        command.Options.Add(paper);
        command.Options.Add(profile);
        command.Options.Add(seed);
        data.AddTo(command);
    }

    /// <summary>A new run.</summary>
    public (RunRequest Request, InputData? Data) Begin(ParseResult parsed)
    {
        var selected = Selected(parsed);
        var input = data.Read(parsed);
        return (new(selected, parsed.GetValue(profile), parsed.GetValue(seed), input?.Request), input);
    }

    /// <summary>The run in a folder. What the command line leaves out is taken from there; what it says must agree.</summary>
    /// <exception cref="UsageException">It does not.</exception>
    public (RunRequest Request, InputData? Data) Continue(ParseResult parsed, string folder)
    {
        var begun = RunRequest.Read(folder);
        Agree(folder, "claims", IsGiven(parsed.GetResult(claims)) || IsGiven(parsed.GetResult(paper)), () => string.Join(' ', Selected(parsed)), string.Join(' ', begun.Claims));
        Agree(folder, "profile", IsGiven(parsed.GetResult(profile)), () => parsed.GetValue(profile), begun.Profile);
        Agree(folder, "seed", IsGiven(parsed.GetResult(seed)), () => parsed.GetValue(seed), begun.Seed);
        Agree(folder, "data", data.IsGiven(parsed), () => data.Read(parsed)?.Request.InWords, begun.Data?.InWords);
        return (begun, begun.Data is { } samples ? InputData.Read(samples.Path, samples.Rows, samples.Label) : null);
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

    private IReadOnlyList<string> Selected(ParseResult parsed) =>
        [.. ClaimSelection.Of(Catalogue.All, parsed.GetValue(claims) ?? [], parsed.GetValue(paper)).Select(c => c.Id)];
}
