using System.CommandLine;
using Harness.Cli.Output;

namespace Harness.Cli.Commands;

/// <summary><c>harness verify</c>: the main job.</summary>
internal static class VerifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new VerifyOptions();
        var folder = new Option<string?>("--out") { Description = "Folder for ledger and report. Default: a new one in harness-out.", HelpName = "DIR" };
        var threads = Numbers.OptionalCount("--threads", "Trials at a time; in the thorough profile each may need hundreds of megabytes. Default: as many as there are processors.", "N");
        var resume = new Option<bool>("--resume") { Description = "Continue a run that was stopped: the one in --out, or the latest in harness-out." };
        var format = Choice.Of("--format", OutputFormat.Table, "A table to read, or JSON for programs (see docs/cli.md).");
        var mutants = new Option<bool>("--mutants") { Description = "Print the kill table too: every theorem that was broken on purpose, and what refuted it." };
        var command = new ExemplifiedCommand(
            "verify",
            "Check claims on generated instances and on real samples, and write a ledger and a report.",
            ("harness verify", "the whole catalogue in the standard profile, on generated instances and on the digits"),
            ("harness verify C29 'azls.forward*' --profile gate", "some claims, quickly"),
            ("harness verify --data mine.csv --rows 500 --label species", "the same theory on your samples"),
            ("harness verify 'azls.gradient*' --mutants", "and what killed each mutant"),
            ("harness verify --format json --out run1 > verdicts.json", "for a program; progress goes to standard error"),
            ("harness verify --claims MyClaims.dll", "claims of your own, alone"),
            ("harness verify --claims MyClaims.dll 'azls.*' 'lm.*'", "and together with some of the catalogue, in one error budget"),
            ("harness verify --resume --out run1", "continue after Ctrl-C or a crash"));
        options.AddTo(command);
        foreach (var option in new Option[] { folder, threads, resume, mutants, format })
        {
            command.Options.Add(option);
        }

        // On the pool, so that the caller is free to wait for Ctrl-C.
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var chosen = parsed.GetValue(folder);
                var output = new RunOutput(parsed.GetValue(format), parsed.GetValue(mutants));
                if (parsed.GetValue(resume))
                {
                    var begun = RunFolder.Begun(chosen);
                    return Verification.Run(options.Continue(parsed, begun), begun, isResumed: true, parsed.GetValue(threads) ?? Environment.ProcessorCount, output, cancellation);
                }
                else
                {
                    var asked = options.Begin(parsed);
                    return Verification.Run(asked, RunFolder.New(chosen, asked.Request), isResumed: false, parsed.GetValue(threads) ?? Environment.ProcessorCount, output, cancellation);
                }
            },
            CancellationToken.None));
        return command;
    }
}
