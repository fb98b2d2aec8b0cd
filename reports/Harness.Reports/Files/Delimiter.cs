using System.Text;

namespace Harness.Reports.Files;

/// <summary>The character between the cells of a file.</summary>
internal static class Delimiter
{
    /// <summary>Characters of the first line that are looked at.</summary>
    private const int Sight = 1 << 16;

    /// <summary>Tab, semicolon or comma: the first of them, in this order, that occurs on the first line that is not empty, outside quotes.</summary>
    /// <remarks>
    /// The order settles the one common ambiguity: where a line has semicolons or tabs, commas in it are decimal commas. Counting which
    /// character is more regular would take "1,5;2,5" for three cells.
    /// </remarks>
    /// <param name="stream">The file; left at its beginning.</param>
    public static char Of(FileStream stream)
    {
        var line = FirstLine(stream);
        stream.Position = 0;
        return line.Contains('\t') ? '\t' : line.Contains(';') ? ';' : ',';
    }

    private static string FirstLine(Stream stream)
    {
        var text = new StringBuilder();
        var (inQuotes, isBlank) = (false, true);
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 4096, leaveOpen: true);
        for (var seen = 0; seen < Sight && reader.Read() is var next and >= 0; seen++)
        {
            var character = (char)next;
            if (character is '\n' or '\r')
            {
                if (!isBlank)
                {
                    break;
                }
            }
            else if (character == '"')
            {
                inQuotes = !inQuotes;
            }
            else if (!inQuotes)
            {
                text.Append(character);
                isBlank &= char.IsWhiteSpace(character);
            }
        }

        return text.ToString();
    }
}
