using System.Diagnostics;

namespace Harness.ReportsChecks.Cli;

/// <summary>What a process of the program left behind.</summary>
internal sealed record Finished(int ExitCode, string Output, string Error);

/// <summary>The built program, or that of the benchmarks, started as a user starts it: a process of its own in a folder of its own.</summary>
internal sealed class HarnessProcess : IDisposable
{
    /// <summary>Longer than any command of the tests needs on a loaded machine; a process that is still there is killed.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>debug or release: the folder of this assembly, artifacts/bin/Harness.ReportsChecks/CONFIGURATION, beside those of the programs.</summary>
    public static readonly string Configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The program's assembly.</summary>
    public static readonly string Program = Built("Harness.Cli", "harness.dll");

    private static readonly string Benchmarks = Built("Harness.Perf", "Harness.Perf.dll");

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private HarnessProcess(Process process)
    {
        this.process = process;
        (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>Starts the program.</summary>
    public static HarnessProcess Start(string folder, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment) =>
        Start(folder, "dotnet", [Program, .. arguments], environment);

    /// <summary>Starts the program on a pseudo-terminal; its output and error output come together.</summary>
    public static HarnessProcess StartOnTerminal(string folder, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment) =>
        Start(folder, "script", ["-qec", string.Join(' ', ["dotnet", $"'{Program}'", .. arguments]), "/dev/null"], [("TERM", "xterm-256color"), .. environment]);

    /// <summary>Runs a script of bash that may mount file systems, which are gone with it; <c>"$@"</c> runs the program with the arguments.</summary>
    public static Finished RunInNamespace(string folder, string script, params IEnumerable<string> arguments)
    {
        using var shell = Start(folder, "unshare", ["--map-root-user", "--mount", "bash", "-c", script, "bash", "dotnet", Program, .. arguments], []);
        return shell.WaitForEnd();
    }

    private static HarnessProcess Start(string folder, string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Runs the program to its end.</summary>
    public static Finished Run(string folder, params string[] arguments)
    {
        using var harness = Start(folder, arguments);
        return harness.WaitForEnd();
    }

    /// <summary>Runs the program of the benchmarks to its end.</summary>
    public static Finished RunBenchmarks(string folder, params string[] arguments)
    {
        using var benchmarks = Start(folder, "dotnet", [Benchmarks, .. arguments], []);
        return benchmarks.WaitForEnd();
    }

    public Finished WaitForEnd()
    {
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The program did not end within {Limit}. Error output: {error.Result}");
        }

        return new(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Waits until something is true, or the process has ended.</summary>
    public void WaitUntil(Func<bool> condition)
    {
        while (!process.HasExited && !condition())
        {
            process.WaitForExit(TimeSpan.FromMilliseconds(5));
        }
    }

    public void Kill() => process.Kill();

    /// <summary>Sends SIGINT, as Ctrl-C does. Through the shell, since .NET can only kill.</summary>
    public void Interrupt()
    {
        using var shell = Process.Start("/bin/sh", ["-c", $"kill -INT {process.Id}"]);
        shell.WaitForExit();
    }

    public void Dispose() => process.Dispose();

    private static string Built(string project, string program) => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, Configuration, program));
}
