namespace Harness.Perf.Suites;

/// <summary>Shape of a batch and its network.</summary>
/// <param name="Samples">n.</param>
/// <param name="Width">m.</param>
/// <param name="Depth">L.</param>
/// <param name="Threads">Threads that share the work.</param>
public readonly record struct NetworkShape(int Samples, int Width, int Depth, int Threads = 1)
{
    /// <summary>One sweep each over widths, sample counts, depths and threads through n = 64, m = 1024, L = 3, and the shapes that the targets name.</summary>
    public static IEnumerable<NetworkShape> Sweeps { get; } =
    [
        new(64, 64, 3), new(64, 128, 3), new(64, 256, 3), new(64, 512, 3), new(64, 1024, 3), new(64, 2048, 3), new(64, 4096, 3), new(64, 8192, 3),
        new(16, 1024, 3), new(256, 1024, 3), new(1024, 1024, 3),
        new(64, 1024, 1), new(64, 1024, 8),
        new(64, 1024, 3, 2),
        new(16, 4096, 2), new(16, 4096, 2, 2), new(256, 2048, 2), new(256, 2048, 2, 2), new(64, 256, 5), new(64, 256, 5, 2),
    ];

    /// <summary>Short enough for a column.</summary>
    public override string ToString() => $"n={Samples} m={Width} L={Depth}{(Threads > 1 ? $" t={Threads}" : "")}";
}
