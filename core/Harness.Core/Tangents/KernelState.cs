namespace Harness.Core.Tangents;

/// <summary>1 − c, c, 1 + c, κ̂₀ and Θ of every pair, and where a layer writes the next four.</summary>
internal readonly ref struct KernelState
{
    /// <summary>Arrays of one element for every pair.</summary>
    public const int Arrays = 9;

    private readonly Span<double> now, next;
    private readonly int pairs;

    /// <summary>The state of so many pairs.</summary>
    /// <param name="memory">At least <see cref="Arrays"/> times as many elements.</param>
    /// <param name="pairs">Number of pairs.</param>
    public KernelState(Span<double> memory, int pairs)
        : this(memory[..(4 * pairs)], memory.Slice(4 * pairs, 4 * pairs), memory.Slice(8 * pairs, pairs))
    {
    }

    private KernelState(Span<double> now, Span<double> next, Span<double> derivative)
    {
        this.now = now;
        this.next = next;
        Derivative = derivative;
        pairs = derivative.Length;
    }

    public Span<double> Versine => now[..pairs];

    public Span<double> Cosine => now.Slice(pairs, pairs);

    public Span<double> Vercosine => now.Slice(2 * pairs, pairs);

    public Span<double> Tangent => now.Slice(3 * pairs, pairs);

    public Span<double> Derivative { get; }

    public Span<double> NextVersine => next[..pairs];

    public Span<double> NextCosine => next.Slice(pairs, pairs);

    public Span<double> NextVercosine => next.Slice(2 * pairs, pairs);

    public Span<double> NextTangent => next.Slice(3 * pairs, pairs);

    /// <summary>After a layer: what was next is now.</summary>
    public KernelState Swapped => new(next, now, Derivative);
}
