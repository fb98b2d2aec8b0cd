using Harness.Reports.Ledger;

namespace Harness.Reports.Performance;

/// <summary>The file that every measured benchmark is appended to.</summary>
public static class PerformanceLedger
{
    /// <summary>Appends the lines of a run. A process killed in the middle leaves whole lines only.</summary>
    /// <exception cref="LedgerException">The disk is full, or the file cannot be written.</exception>
    public static void Append(string path, IEnumerable<PerformanceLine> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var appender = JsonLinesAppender.Open(path);
        foreach (var line in lines)
        {
            appender.Append(line, PerformanceJson.Line.PerformanceLine);
        }
    }

    /// <summary>All lines, in the order in which they were written.</summary>
    /// <exception cref="LedgerException">There is no such file, or a line is damaged: the message has file and line.</exception>
    public static IReadOnlyList<PerformanceLine> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new LedgerException($"{path}: there is no such file. 'harness perf run' begins one.");
        }

        using var stream = JsonLines.Open(path);
        return [.. JsonLines.Read(stream).Select((line, index) => JsonLines.Parse(line, PerformanceJson.Line.PerformanceLine, path, index + 1, parsed => parsed))];
    }
}
