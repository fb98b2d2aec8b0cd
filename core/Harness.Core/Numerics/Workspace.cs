namespace Harness.Core.Numerics;

/// <summary>Hands out a caller's workspace piece by piece.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="memory">All of it.</param>
internal ref struct Workspace<T>(Span<T> memory)
{
    private Span<T> rest = memory;

    /// <summary>The next <paramref name="length"/> elements, with whatever they hold.</summary>
    public Span<T> Take(int length)
    {
        var piece = rest[..length];
        rest = rest[length..];
        return piece;
    }
}
