namespace Harness.Core.Enclosures;

/// <summary>Numbers known to lie within <see cref="Radii"/> of <see cref="Midpoints"/>, element by element: a vector, or a feature-major batch of them.</summary>
/// <remarks>
/// Two spans rather than a span of balls, because a matrix product needs all midpoints in a row. A radius that is infinite or NaN states nothing; whoever makes a midpoint that is not finite makes its
/// radius so, and every operation here keeps it so.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct BallSpan<T>
    where T : unmanaged
{
    /// <summary>Pairs midpoints with radii.</summary>
    /// <param name="midpoints">Approximate values.</param>
    /// <param name="radii">Bounds on their absolute errors, as many; none negative.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public BallSpan(Span<T> midpoints, Span<T> radii)
    {
        if (midpoints.Length != radii.Length)
        {
            throw new ArgumentException($"Every midpoint needs a radius; got {midpoints.Length} and {radii.Length}.");
        }

        Midpoints = midpoints;
        Radii = radii;
    }

    /// <summary>Approximate values.</summary>
    public Span<T> Midpoints { get; }

    /// <summary>Bounds on their absolute errors.</summary>
    public Span<T> Radii { get; }

    /// <summary>Number of elements.</summary>
    public int Length => Midpoints.Length;

    /// <summary>A part of the batch.</summary>
    /// <param name="start">First element.</param>
    /// <param name="length">Number of elements.</param>
    public BallSpan<T> Slice(int start, int length) => new(Midpoints.Slice(start, length), Radii.Slice(start, length));

    /// <summary>Copies all balls.</summary>
    /// <param name="destination">Receives as many.</param>
    /// <exception cref="ArgumentException">The destination is shorter.</exception>
    public void CopyTo(BallSpan<T> destination)
    {
        Midpoints.CopyTo(destination.Midpoints);
        Radii.CopyTo(destination.Radii);
    }
}
