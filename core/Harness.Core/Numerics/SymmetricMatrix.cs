namespace Harness.Core.Numerics;

/// <summary>Symmetric n × n matrices held row-major in full.</summary>
internal static class SymmetricMatrix
{
    /// <summary>Copies the lower triangle onto the upper one, in square blocks so that both sides stay in cache.</summary>
    public static void MirrorLower<T>(Span<T> a, int n)
    {
        const int Block = 16;
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
}
