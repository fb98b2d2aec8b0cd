namespace Harness.Perf.Ratios;

/// <summary>One row to be measured: a piece of work, who does it, what the machine allows and what is asked of us.</summary>
/// <param name="Name">What is done, with its shape.</param>
/// <param name="Type">float or double.</param>
/// <param name="Threads">Threads of our contender and of those peers that can use more than one.</param>
/// <param name="Operations">Useful floating-point operations, two a multiply-add; 0 where none are counted.</param>
/// <param name="MemoryRead">Bytes that must come from main memory and stay as they are; 0 where caches hold them.</param>
/// <param name="MemoryRewritten">Bytes that must come from main memory and go back.</param>
/// <param name="Target">What is asked of us.</param>
/// <param name="Open">Sets the contenders up, ours first; the peers that are missing are left out. Disposed of after the row.</param>
internal sealed record Workload(
    string Name, string Type, int Threads, double Operations, double MemoryRead, double MemoryRewritten, Target Target, Func<Field> Open);

/// <summary>The contenders of one row, ours first, and what they hold.</summary>
/// <param name="Contenders">Ours, then the peers.</param>
/// <param name="Held">What to dispose of after the row.</param>
internal sealed record Field(IReadOnlyList<Contender> Contenders, IDisposable? Held = null) : IDisposable
{
    public void Dispose() => Held?.Dispose();
}

/// <summary>What is asked of a row.</summary>
/// <param name="LeastShare">Least share of the machine's limit, limit time over our time; 0: none is asked.</param>
/// <param name="LeastRatio">Least ratio of the fastest peer's time to ours; 0: none is asked.</param>
internal sealed record Target(double LeastShare, double LeastRatio = 0)
{
    public override string ToString() => string.Join(", ", new[]
    {
        LeastShare > 0 ? FormattableString.Invariant($"≥ {LeastShare:F2} of the limit") : null,
        LeastRatio > 0 ? FormattableString.Invariant($"≥ {LeastRatio:F1} × the best peer") : null,
    }.Where(text => text is not null)) is { Length: > 0 } words ? words : "0 bytes";
}
