using System.Globalization;
using System.Text;

namespace Harness.Perf.Ratios;

/// <summary>Measured rows as a table for people.</summary>
internal static class RowTable
{
    private static readonly string[] Header = ["workload", "type", "threads", "ms", "GF/s", "share of limit", "peers: ms (their time / ours)", "asked", "met", "bytes"];

    public static string Write(Machine machine, IReadOnlyList<Row> rows, bool markdown)
    {
        string[][] cells = [.. rows.Select(row => new[]
        {
            row.Workload, row.Type, $"{row.Threads}", Number(row.Milliseconds), row.GigaflopsPerSecond is { } rate ? Number(rate) : "-",
            row.ShareOfLimit is { } share ? share.ToString("F2", CultureInfo.InvariantCulture) : "-",
            string.Join("; ", row.Peers.Select(peer => $"{peer.Name} {Number(peer.Milliseconds)} ({peer.Ratio.ToString("F2", CultureInfo.InvariantCulture)})")),
            row.Target, row.Met switch { true => "yes", false => "no", null => "no peer" }, Number(row.BytesOnThread),
        })];
        var widths = Header.Select((title, i) => markdown ? 0 : cells.Select(c => c[i].Length).Append(title.Length).Max()).ToArray();
        var text = new StringBuilder();
        text.AppendLine(string.Create(CultureInfo.InvariantCulture,
            $"{machine.VectorBits}-bit vectors; one core: {Rate(machine.FloatGigaflopsPerSecond)} GF/s float, {Rate(machine.DoubleGigaflopsPerSecond)} double; memory {machine.ReadGigabytesPerSecond:F1} GB/s read, {machine.RewriteGigabytesPerSecond:F1} read and written; last-level cache {machine.LastLevelCacheBytes >> 20} MiB."));
        text.AppendLine($"OpenBLAS: {machine.OpenBlas ?? "not installed"}").AppendLine();
        Append(Header);
        if (markdown)
        {
            Append([.. Header.Select(_ => "---")]);
        }

        foreach (var line in cells)
        {
            Append(line);
        }

        return text.ToString();

        void Append(string[] line)
        {
            var padded = line.Select((cell, i) => cell.PadRight(widths[i]));
            text.AppendLine(markdown ? $"| {string.Join(" | ", padded)} |" : string.Join("  ", padded).TrimEnd());
        }
    }

    private static string Rate(double? gigaflops) => gigaflops?.ToString("F1", CultureInfo.InvariantCulture) ?? "-";

    private static string Number(double value) => value switch
    {
        0 => "0",
        >= 100 => value.ToString("F0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("F2", CultureInfo.InvariantCulture),
        _ => value.ToString("G2", CultureInfo.InvariantCulture),
    };
}
