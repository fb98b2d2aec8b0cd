using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Reports.Files;

/// <summary>The header of an .npy array: element type, order, shape.</summary>
internal sealed partial record NpyHeader(string ElementType, int ElementSize, bool IsFortranOrder, int[] Shape)
{
    /// <summary>Whole numbers up to here are exact in double precision.</summary>
    private const long LargestExactInteger = 1L << 53;

    /// <summary>Number of elements; fits an array.</summary>
    public long Count { get; private init; }

    /// <summary>Reads the dictionary.</summary>
    /// <exception cref="DataFileException">It is not the header of an array of plain little-endian numbers that fits in memory.</exception>
    public static NpyHeader Parse(string text, string path)
    {
        var (type, order, shape) = (DescrEntry().Match(text), OrderEntry().Match(text), ShapeEntry().Match(text));
        // Python takes the last of two equal keys; whoever writes two means to show different readers different arrays.
        if (!order.Success || !shape.Success || !text.TrimStart().StartsWith('{') || DescrEntry().Count(text) > 1 || OrderEntry().Count(text) > 1 || ShapeEntry().Count(text) > 1)
        {
            throw new DataFileException(path, $"has a damaged header: {DataFileException.Quote(text)} is not a dictionary of descr, fortran_order and shape.");
        }

        // A record type has a list in the place of the name.
        var elementType = type.Success ? type.Groups["name"].Value : "a record";
        if (SizeOf(elementType) is not { } size)
        {
            throw new DataFileException(
                path, $"holds elements of type {DataFileException.Quote(elementType)}; plain little-endian numbers (<f8, <f4, <i8, <i4, <i2, |i1, <u4, <u2, |u1) are read: save numpy's array.astype('<f8').");
        }

        var dimensions = shape.Groups["dimensions"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (dimensions.Length > NpyArray.HighestRank)
        {
            throw new DataFileException(path, $"has {dimensions.Length} dimensions; up to {NpyArray.HighestRank} are read.");
        }

        var sizes = new int[dimensions.Length];
        UInt128 count = 1;
        for (var k = 0; k < sizes.Length; k++)
        {
            if (!int.TryParse(dimensions[k], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[k]))
            {
                throw new DataFileException(path, $"claims a dimension of {DataFileException.Quote(dimensions[k])}, which is more than an array can have.");
            }

            // Four dimensions below 2³¹ have a product below 2¹²⁴.
            count *= (UInt128)sizes[k];
        }

        return count <= (UInt128)Array.MaxLength
            ? new(elementType, size, order.Groups["value"].Value == "True", sizes) { Count = (long)count }
            : throw new DataFileException(path, $"claims {count} numbers, more than fit in memory at once.");
    }

    /// <summary>One element; null for a whole number that double precision does not have.</summary>
    public double? Decode(ReadOnlySpan<byte> element) => ElementType switch
    {
        "<f8" => BinaryPrimitives.ReadDoubleLittleEndian(element),
        "<f4" => BinaryPrimitives.ReadSingleLittleEndian(element),
        "<i8" => BinaryPrimitives.ReadInt64LittleEndian(element) is >= -LargestExactInteger and <= LargestExactInteger and var value ? value : null,
        "<i4" => BinaryPrimitives.ReadInt32LittleEndian(element),
        "<i2" => BinaryPrimitives.ReadInt16LittleEndian(element),
        "|i1" => (sbyte)element[0],
        "<u4" => BinaryPrimitives.ReadUInt32LittleEndian(element),
        "<u2" => BinaryPrimitives.ReadUInt16LittleEndian(element),
        _ => element[0],
    };

    private static int? SizeOf(string elementType) => elementType switch
    {
        "<f8" or "<i8" => 8,
        "<f4" or "<i4" or "<u4" => 4,
        "<i2" or "<u2" => 2,
        "|i1" or "|u1" => 1,
        _ => null,
    };

    [GeneratedRegex(@"'descr'\s*:\s*'(?<name>[^']*)'")]
    private static partial Regex DescrEntry();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(?<value>True|False)\b")]
    private static partial Regex OrderEntry();

    [GeneratedRegex(@"'shape'\s*:\s*\((?<dimensions>[0-9,\s]*)\)")]
    private static partial Regex ShapeEntry();
}
