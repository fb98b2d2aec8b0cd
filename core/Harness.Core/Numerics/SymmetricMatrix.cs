namespace Harness.Core.Numerics;

/// <summary>Symmetric n × n matrices held row-major in full.</summary>
internal static class SymmetricMatrix
{
    /// <summary>Copies in square blocks, so that the rows read and the columns written both stay in cache.</summary>
    private const int Block = 16;

    /// <summary>Copies the lower triangle onto the upper one.</summary>
    public static void MirrorLower<T>(Span<T> a, int n)
    {
        for (var top = 0; top < n; top += Block)
        {
            for (var left = 0; left <= top; left += Block)
            {
                for (var i = top; i < Math.Min(top + Block, n); i++)
                {
                    for (var j = left; j < Math.Min(left + Block, i); j++)
                    {
                        a[(j * n) + i] = a[(i * n) + j];
                    }
                }
            }
        }
    }

    /// <summary>Copies the upper triangle onto the lower one.</summary>
    public static void MirrorUpper<T>(Span<T> a, int n)
    {
        for (var top = 0; top < n; top += Block)
        {
            for (var left = 0; left <= top; left += Block)
            {
                for (var i = top; i < Math.Min(top + Block, n); i++)
                {
                    for (var j = left; j < Math.Min(left + Block, i); j++)
                    {
                        a[(i * n) + j] = a[(j * n) + i];
                    }
                }
            }
        }
    }
}
