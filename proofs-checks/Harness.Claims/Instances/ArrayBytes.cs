using System.Reflection;
using System.Runtime.InteropServices;

namespace Harness.Claims.Instances;

/// <summary>
/// Bytes of the numbers that an object keeps: the elements of all arrays that can be reached from it.
/// </summary>
/// <remarks>
/// Found by reflection, so that a private buffer counts like a public one. The allocator's own count would not do: what it rounds a large array up to depends on what was freed before.
/// </remarks>
internal static class ArrayBytes
{
    /// <summary>Bytes reachable from <paramref name="root"/>, every array once.</summary>
    public static long ReachableFrom(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>([root]);
        long bytes = 0;
        while (open.TryPop(out var reached))
        {
            if (!seen.Add(reached))
            {
                continue;
            }

            if (reached is Array array && array.GetType().GetElementType() is { IsPrimitive: true } element)
            {
                bytes += array.LongLength * Marshal.SizeOf(element);
                continue;
            }

            foreach (var next in reached is Array references ? references.Cast<object?>() : Fields(reached.GetType()).Select(field => field.GetValue(reached)))
            {
                if (next is not null and not string and not Type and not Pointer)
                {
                    open.Push(next);
                }
            }
        }

        return bytes;
    }

    /// <summary>Fields of the type and its bases; a number has none worth following.</summary>
    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (var declaring = type; declaring is { IsPrimitive: false }; declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }
}
