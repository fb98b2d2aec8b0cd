namespace Harness.Perf.Ratios;

/// <summary>A peer's time.</summary>
/// <param name="Name">The peer.</param>
/// <param name="Milliseconds">Its median time.</param>
/// <param name="Ratio">Its time over ours.</param>
internal sealed record Peer(string Name, double Milliseconds, double Ratio);

/// <summary>A measured row.</summary>
/// <param name="Workload">What was done.</param>
/// <param name="Type">float or double.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Milliseconds">Our median time.</param>
/// <param name="GigaflopsPerSecond">Useful operations over that time; null where none are counted.</param>
/// <param name="LimitMilliseconds">What the machine allows: the larger of operations over its multiply-add rate and bytes over its bandwidth, both measured in this run; null where neither is counted.</param>
/// <param name="ShareOfLimit">That over our time.</param>
/// <param name="Peers">The peers.</param>
/// <param name="Target">What is asked.</param>
/// <param name="Met">Whether it is reached; null where a peer that decides is missing.</param>
/// <param name="BytesOnThread">Bytes that one operation allocates on the calling thread.</param>
/// <param name="BytesInProcess">And in the whole process.</param>
internal sealed record Row(
    string Workload, string Type, int Threads, double Milliseconds, double? GigaflopsPerSecond, double? LimitMilliseconds, double? ShareOfLimit,
    IReadOnlyList<Peer> Peers, string Target, bool? Met, double BytesOnThread, double BytesInProcess);

/// <summary>What the rows are measured against.</summary>
/// <param name="FloatGigaflopsPerSecond">Multiply-add rate of one core in float; null where no row is in float.</param>
/// <param name="DoubleGigaflopsPerSecond">And in double.</param>
/// <param name="ReadGigabytesPerSecond">Main memory read by one core.</param>
/// <param name="RewriteGigabytesPerSecond">Main memory read and written by one core, both directions counted.</param>
/// <param name="LastLevelCacheBytes">Size of the last-level cache.</param>
/// <param name="VectorBits">Width of the vectors in use.</param>
/// <param name="OpenBlas">The peer's own description, or null where it is not installed.</param>
internal sealed record Machine(
    double? FloatGigaflopsPerSecond, double? DoubleGigaflopsPerSecond, double ReadGigabytesPerSecond, double RewriteGigabytesPerSecond, long LastLevelCacheBytes, int VectorBits, string? OpenBlas);
