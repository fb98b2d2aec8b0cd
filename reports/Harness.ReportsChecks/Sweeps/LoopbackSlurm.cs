using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps;

/// <summary>A real Slurm cluster on this machine: two nodes with a core each, and arrays of at most four tasks. See loopback-slurm.sh.</summary>
internal sealed class LoopbackSlurm : IDisposable
{
    private const int MaxArraySize = 5;

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Sweeps", "loopback-slurm.sh");

    private readonly string folder = Directory.CreateTempSubdirectory("harness-slurm-").FullName;

    /// <summary>Starts it.</summary>
    public LoopbackSlurm() => Shell("bash", Script, "start", folder, "2", MaxArraySize.ToString(CultureInfo.InvariantCulture));

    /// <summary>What the commands of Slurm have to know.</summary>
    public (string Name, string Value) Environment => ("SLURM_CONF", Path.Combine(folder, "slurm.conf"));

    /// <summary>The tasks that run now.</summary>
    public IReadOnlyList<SlurmTask> Running() => [.. Command("squeue", "--noheader", "--array", "--states=RUNNING", "--format=%A %F_%K %N").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' ')).Select(words => new SlurmTask(words[0], words[1], words[2]))];

    /// <summary>States of all tasks in the queue, with the reasons for which they wait.</summary>
    public string Queue() => Command("squeue", "--noheader", "--array", "--format=%F_%K %T %r");

    /// <summary>Runs a command of Slurm.</summary>
    public string Command(string program, params string[] arguments) => Shell(program, arguments);

    /// <summary>A node lost: its daemon, the stewards of its tasks and their processes end at once, by SIGKILL.</summary>
    public void Lose(SlurmTask task)
    {
        var daemon = int.Parse(File.ReadAllText(Path.Combine(folder, $"slurmd-{task.Node}.pid")), CultureInfo.InvariantCulture);
        foreach (var process in (int[])[daemon, .. task.Stewards(), .. task.Processes()])
        {
            Signal("KILL", process);
        }
    }

    /// <summary>A node comes back.</summary>
    public void Restart(SlurmTask task) => Shell("bash", Script, "node", folder, task.Node);

    /// <summary>Sends a signal, through the shell, since .NET can only kill; a process that is gone already is no failure.</summary>
    public static void Signal(string signal, int process)
    {
        using var shell = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process} 2>/dev/null"]);
        shell.WaitForExit();
    }

    public void Dispose()
    {
        Shell("bash", Script, "stop", folder);
        Directory.Delete(folder, recursive: true);
    }

    private string Shell(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        (start.Environment[Environment.Name], start.Environment["PATH"]) = (Environment.Value, $"{System.Environment.GetEnvironmentVariable("PATH")}:/usr/sbin");
        using var process = Process.Start(start)!;
        // Daemons that it starts keep its output open, so what it prints is read only from those that start none.
        var printed = program == "bash" ? "" : process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}");
        return printed;
    }
}

/// <summary>A task of a job array that runs on this machine.</summary>
/// <param name="Job">Its own job id.</param>
/// <param name="Name">Array and index.</param>
/// <param name="Node">Where it runs.</param>
internal sealed record SlurmTask(string Job, string Name, string Node)
{
    /// <summary>The processes of harness in it.</summary>
    public IReadOnlyList<int> Processes() => [.. Own().Where(process => Text(process, "cmdline").Contains("harness.dll\0sweep\0task", StringComparison.Ordinal))];

    /// <summary>Whether harness has begun to write results.</summary>
    public bool IsAtWork() => Processes().Any(process =>
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Any(fd => File.ResolveLinkTarget(fd, returnFinalTarget: false)?.Name.EndsWith(".part", StringComparison.Ordinal) == true);
        }
        catch (IOException)
        {
            return false; // it ended
        }
    });

    /// <summary>The processes of Slurm that watch over it.</summary>
    public IReadOnlyList<int> Stewards() => [.. Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0).Where(id => id > 0 && Text(id, "cmdline").StartsWith($"slurmstepd: [{Job}.", StringComparison.Ordinal))];

    private IEnumerable<int> Own() => Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
        .Where(id => id > 0 && Text(id, "environ").Split('\0').Contains($"SLURM_JOB_ID={Job}"));

    private static string Text(int process, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{name}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // it ended
        }
    }
}
