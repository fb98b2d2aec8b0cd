namespace Harness.Core.Threads;

/// <summary>How a team shares a range: one contiguous part for each member, all but the last a multiple of the grain.</summary>
internal static class Partition
{
    /// <summary>One member's part of 0…<paramref name="length"/> − 1; empty for members that the grains do not reach.</summary>
    /// <param name="length">Length of the range.</param>
    /// <param name="grain">What is not to be cut.</param>
    /// <param name="member">The member, counted from 0.</param>
    /// <param name="count">Number of members.</param>
    public static (int First, int Last) Of(int length, int grain, int member, int count)
    {
        var grains = ((long)length + grain - 1) / grain;
        return ((int)Math.Min(grains * member / count * grain, length), (int)Math.Min(grains * (member + 1) / count * grain, length));
    }
}
