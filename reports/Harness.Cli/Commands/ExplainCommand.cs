using System.CommandLine;
using Harness.Cli.Output;

namespace Harness.Cli.Commands;

/// <summary><c>harness explain CLAIM</c>: what a claim assumes, measures and decides.</summary>
internal static class ExplainCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var claim = new Argument<string>("CLAIM") { Description = "Id of a claim, such as azls.gradient-lower-bound or C29.", HelpName = "CLAIM" };
        Candidates.AddClaims(claim.CompletionSources);
        var own = new ClaimsOption(" CLAIM can name too");
        var command = new ExemplifiedCommand(
            "explain",
            "Say what a claim assumes, measures and decides.",
            ("harness explain azls.gradient-lower-bound", "source, statement, hypotheses, ranges, observation, decision, mutants"),
            ("harness explain lm.norm-tail --claims MyClaims.dll", "a claim of your own"))
        {
            claim,
        };
        own.AddTo(command);
        command.SetAction(parsed =>
        {
            Explanation.Write(Console.Out, ClaimSelection.Single(own.Read(parsed).All, parsed.GetRequiredValue(claim)));
            return ExitCode.Holds;
        });
        return command;
    }
}
