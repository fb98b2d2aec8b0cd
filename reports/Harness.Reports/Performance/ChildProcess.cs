using System.Diagnostics;

namespace Harness.Reports.Performance;

/// <summary>Runs a program to its end, with what it prints kept for the case that it fails.</summary>
internal static class ChildProcess
{
    /// <summary>Lines of a failed program that its message repeats: those with an error if it names some, otherwise the last.</summary>
    private const int ShownLines = 5;

    /// <summary>Runs it.</summary>
    /// <returns>What it printed on standard output.</returns>
    /// <exception cref="IOException">It ended with another code than 0: the message has its last lines.</exception>
    /// <param name="folder">Where it runs.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="input">What it reads from standard input, or null for nothing.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the program and what it started are ended.</exception>
    public static async Task<string> RunAsync(string folder, string program, IEnumerable<string> arguments, CancellationToken cancellation, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = input is not null, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new IOException($"{program} could not be started.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
        }

        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var printed = await output.ConfigureAwait(false);
        if (process.ExitCode == 0)
        {
            return printed;
        }

        var lines = (printed + await error.ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        throw new IOException($"'{program} {string.Join(' ', start.ArgumentList)}' in {folder} ended with code {process.ExitCode}: {string.Join("; ", Telling(lines))}");
    }

    private static IEnumerable<string> Telling(string[] lines)
    {
        string[] errors = [.. lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase) && !line.EndsWith("Error(s)", StringComparison.Ordinal)).Distinct()];
        return errors.Length > 0 ? errors.Take(ShownLines) : lines.TakeLast(ShownLines);
    }
}
