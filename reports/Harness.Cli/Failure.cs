using Harness.Claims.Catalogue;
using Harness.Reports.Assemblies;
using Harness.Reports.Diagnoses;
using Harness.Reports.Files;
using Harness.Reports.Ledger;
using Harness.Reports.Runs;
using Harness.Reports.Sweeps;
using Harness.Reports.Transfer;

namespace Harness.Cli;

/// <summary>How a failure is told: one line on standard error with what, where and what to do, and an exit code. No stack trace unless asked for.</summary>
internal static class Failure
{
    /// <summary>The environment variable that asks for stack traces.</summary>
    private const string DebugVariable = "HARNESS_DEBUG";

    /// <summary>Reports an exception and says how the process ends.</summary>
    public static int Report(Exception exception)
    {
        var (code, message) = exception switch
        {
            UsageException or DataFileException { IsFailedWrite: false } or EstimatorException or SweepException or DiagnosisException or UserAssemblyException or LedgerException { InnerException: not IOException } => (ExitCode.Usage, exception.Message),
            OperationCanceledException => (ExitCode.Interrupted, "Stopped."),
            TrialFailedException trial => (ExitCode.EnvironmentFailed, $"{trial.Message} This is a defect of {Culprit(trial)}, not a verdict; repeat it alone with: harness replay {trial.Key}"),
            IOException or UnauthorizedAccessException or DataFileException => (ExitCode.EnvironmentFailed, exception.Message),
            _ => (ExitCode.EnvironmentFailed, $"{exception.GetType().Name}: {exception.Message} This is a defect of the harness; {DebugVariable}=1 shows where it happened."),
        };
        Console.Error.WriteLine("harness: " + message.ReplaceLineEndings(" "));
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
        {
            Console.Error.WriteLine(exception);
        }

        return code;
    }

    private static string Culprit(TrialFailedException trial) => Catalogue.All.Any(claim => claim.Id == trial.Key.ClaimId) ? "the harness" : $"the claim's own code, where {DebugVariable}=1 shows it";
}
