using System.Numerics;

namespace Harness.Claims.Fuzzing;

/// <summary>The numbers of a case in the precision that it was drawn for: exact, because they were rounded to it when they were drawn.</summary>
internal static class Narrowed
{
    /// <summary>Floats or doubles.</summary>
    public static T[] To<T>(double[] numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(numbers, T.CreateTruncating);
}
