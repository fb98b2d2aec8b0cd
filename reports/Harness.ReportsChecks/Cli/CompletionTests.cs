using System.Diagnostics;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>How a line goes on: asked of the program as its scripts ask, and of real shells that have loaded them.</summary>
public sealed class CompletionTests : CliFixture
{
    [TestCase("ver", "verify")]
    [TestCase("verify azls.gradient-lower", "azls.gradient-lower-bound")]
    [TestCase("explain C2", "C29")]
    [TestCase("verify --profile ", "gate", "standard", "thorough")]
    [TestCase("train --network full", "fully-connected")]
    [TestCase("perf g", "gate")]
    [TestCase("completion z", "zsh")]
    public void Suggest_Line_HasWhatCanFollow(string line, params string[] expected)
    {
        var finished = Run($"[suggest:{line.Length}]", line);
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.SupersetOf(expected));
    }

    [TestCase("bash", "complete ")]
    [TestCase("zsh", "#compdef harness")]
    [TestCase("fish", "complete -c harness")]
    [TestCase("pwsh", "Register-ArgumentCompleter")]
    public void Completion_OfAShell_IsAScriptThatAsksTheProgram(string shell, string expected)
    {
        var finished = Run("completion", shell);
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output, Does.Contain(expected).And.Contain("[suggest:").And.Contain($"harness completion {shell}"));
    }

    [RequiredPackage("bash", "/bin/bash")]
    [TestCase("harness verify azls.gradient-lo", "azls.gradient-lower-bound")]
    [TestCase("harness   verify --profile th", "thorough")]
    [TestCase("harness perf ga", "gate")]
    [TestCase("harness report ca", "")]
    public void Completion_InBash_CompletesTheWordAtTheCursor(string line, string expected)
    {
        // What bash itself sets before it calls the function of a completion; the words are split at blanks alone here.
        const string Script = """
            harness() { dotnet "$HARNESS" "$@"; }
            eval "$(harness completion bash)"
            COMP_LINE="$1" COMP_POINT=${#1}
            read -ra COMP_WORDS <<< "$1"
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _harness
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        var start = new ProcessStartInfo("/bin/bash", ["-c", Script, "bash", line]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HARNESS"] = HarnessProcess.Program;
        using var bash = Process.Start(start)!;
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEnd());
        bash.WaitForExit();
        Assert.That(error, Is.Empty);
        Assert.That(output.Result.TrimEnd('\n'), Is.EqualTo(expected));
    }
}
