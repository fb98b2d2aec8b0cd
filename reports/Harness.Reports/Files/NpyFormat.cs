using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Harness.Reports.Files;

/// <summary>
/// NumPy's array format (numpy.lib.format; NEP 1): the magic string, the version, the length of the header, a Python dictionary as header, the
/// numbers. Written: version 1.0, little endian, C order. Read: versions 1.0 to 3.0, little endian, C and Fortran order.
/// </summary>
internal static class NpyFormat
{
    /// <summary>The data start at a multiple of this, as numpy has it, so that they can be mapped into memory.</summary>
    private const int Alignment = 64;

    /// <summary>A header of plain numbers has some 120 characters; NumPy itself refuses more than 10 000.</summary>
    private const int LongestHeader = 10_000;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Writes an array.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> values, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Arrays are written on little-endian machines only.");
        }

        var elementType = typeof(T) == typeof(double) ? "<f8" : typeof(T) == typeof(float) ? "<f4" : throw new ArgumentException($"Only double and float are written, not {typeof(T).Name}.", nameof(values));
        long count = 1;
        foreach (var dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(shape));
            count = checked(count * dimension);
        }

        if (count != values.Length || shape.Length > NpyArray.HighestRank)
        {
            throw new ArgumentException($"{values.Length} numbers are not an array of shape ({string.Join(", ", shape.ToArray())}) with at most {NpyArray.HighestRank} dimensions.", nameof(shape));
        }

        stream.Write(Header(elementType, shape));
        // In pieces, because the bytes of a span of numbers may be more than a span can count.
        const int Piece = 1 << 20;
        for (; values.Length > Piece; values = values[Piece..])
        {
            stream.Write(MemoryMarshal.AsBytes(values[..Piece]));
        }

        stream.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads an array that takes up the whole of a stream.</summary>
    /// <param name="source">The array's bytes.</param>
    /// <param name="length">How many bytes there are, as far as the container knows; nothing larger is allocated.</param>
    public static NpyArray Read(ArraySource source, long length)
    {
        var path = source.Path;
        Span<byte> prefix = stackalloc byte[12];
        source.Fill(prefix[..8]);
        if (!prefix[..6].SequenceEqual(Magic))
        {
            throw new DataFileException(path, "is not a NumPy array: it does not begin with \\x93NUMPY.");
        }

        var version = prefix[6];
        if (version is < 1 or > 3)
        {
            throw new DataFileException(path, $"has version {version}.{prefix[7]} of NumPy's format; versions 1 to 3 are read.");
        }

        var lengthBytes = version == 1 ? 2 : 4;
        source.Fill(prefix.Slice(8, lengthBytes));
        var headerLength = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        if (headerLength > LongestHeader || headerLength > length)
        {
            throw new DataFileException(path, $"claims a header of {headerLength} bytes; an array of plain numbers has a short one, and the file {length} bytes.");
        }

        var text = new byte[headerLength];
        source.Fill(text);
        var header = NpyHeader.Parse(Encoding.UTF8.GetString(text), path);
        var expected = 8 + lengthBytes + headerLength + (header.Count * header.ElementSize);
        if (expected != length)
        {
            throw new DataFileException(
                path, string.Create(CultureInfo.InvariantCulture, $"claims shape ({string.Join(", ", header.Shape)}) of '{header.ElementType}', which takes {expected} bytes with the header, but has {length}; it is truncated or damaged."));
        }

        return new([.. header.Shape], header.IsFortranOrder ? ToCOrder(Numbers(source, header), header.Shape) : Numbers(source, header), header.ElementType);
    }

    private static byte[] Header(string elementType, ReadOnlySpan<int> shape)
    {
        // A tuple of one needs its comma, and so has every dimension here: "(3,)" and "(3, 4)" are what NumPy writes.
        var tuple = shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.ToArray())})";
        var text = $"{{'descr': '{elementType}', 'fortran_order': False, 'shape': {tuple}, }}";
        var bytes = new byte[(Magic.Length + 4 + text.Length + 1 + Alignment - 1) / Alignment * Alignment];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        (bytes[6], bytes[7]) = (1, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(bytes.Length - 10));
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(10));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static double[] Numbers(ArraySource source, NpyHeader header)
    {
        var values = new double[header.Count];
        var buffer = new byte[(1 << 13) * header.ElementSize];
        for (var done = 0; done < values.Length;)
        {
            var piece = buffer.AsSpan(0, Math.Min(buffer.Length, (values.Length - done) * header.ElementSize));
            source.Fill(piece);
            for (var i = 0; i < piece.Length; i += header.ElementSize)
            {
                values[done++] = header.Decode(piece.Slice(i, header.ElementSize))
                    ?? throw new DataFileException(source.Path, $"has a whole number at element {done - 1} that is too large for double precision; store it as <f8 if the loss is acceptable.");
            }
        }

        return values;
    }

    /// <summary>First index fastest to last index fastest.</summary>
    private static double[] ToCOrder(double[] fortran, int[] shape)
    {
        var values = new double[fortran.Length];
        var index = new int[shape.Length];
        foreach (var value in fortran)
        {
            var offset = 0;
            for (var k = 0; k < shape.Length; k++)
            {
                offset = (offset * shape[k]) + index[k];
            }

            values[offset] = value;
            for (var k = 0; k < shape.Length && ++index[k] == shape[k]; k++)
            {
                index[k] = 0;
            }
        }

        return values;
    }
}
