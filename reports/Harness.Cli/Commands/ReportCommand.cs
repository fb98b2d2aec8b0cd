using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary><c>harness report DIR</c>: the report of a run, again.</summary>
internal static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder of a run." };
        var own = new ClaimsOption("; default: where the run found them");
        var command = new ExemplifiedCommand(
            "report",
            "Decide a run again from its ledger, and write its report; nothing is computed.",
            ("harness report run1", "after the catalogue's wording or the report's layout changed, or for a run that is not complete"))
        {
            folder,
        };
        own.AddTo(command);
        command.SetAction(parsed => Verification.Report(parsed.GetRequiredValue(folder), own.Path(parsed)));
        return command;
    }
}
