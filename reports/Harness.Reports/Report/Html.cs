using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Harness.Reports.Report;

/// <summary>
/// Markup (HTML, or SVG inside it) that is safe to write: text can only become part of it by being encoded.
/// </summary>
/// <remarks>
/// In <c>Html.Of($"&lt;td&gt;{name}&lt;/td&gt;")</c> the literal parts are markup and every hole is encoded, unless it is itself <see cref="Html"/>. A
/// file called <c>&lt;script&gt;</c> therefore cannot become one by anybody's forgetting.
/// </remarks>
internal readonly record struct Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    /// <summary>No markup at all.</summary>
    public static Html Empty => default;

    /// <summary>Markup with encoded holes.</summary>
    public static Html Of(Template template) => new(template.ToString());

    /// <summary>Encoded text.</summary>
    public static Html Text(string text) => new(Encoder.Encode(text));

    /// <summary>Markup that is part of this assembly: the style sheet and the script.</summary>
    public static Html Trusted(string markup) => new(markup);

    /// <summary>The parts one after the other.</summary>
    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts));

    /// <inheritdoc/>
    public override string ToString() => markup ?? "";

    /// <summary>Collects the literal parts and the encoded holes of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly struct Template(int literalLength, int formattedCount)
    {
        private readonly StringBuilder text = new(literalLength + (16 * formattedCount));

        /// <summary>Markup.</summary>
        public void AppendLiteral(string markup) => text.Append(markup);

        /// <summary>Text to encode.</summary>
        public void AppendFormatted(string? value) => text.Append(value is null ? null : Encoder.Encode(value));

        /// <summary>Markup that was made earlier.</summary>
        public void AppendFormatted(Html value) => text.Append(value.markup);

        /// <summary>A list of markup.</summary>
        public void AppendFormatted(IEnumerable<Html> values) => text.AppendJoin("", values);

        /// <summary>A whole number.</summary>
        public void AppendFormatted(int value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

        /// <summary>A coordinate of a drawing, to a hundredth of its unit: finer than any screen shows.</summary>
        public void AppendFormatted(double coordinate) => text.Append(coordinate.ToString("0.##", CultureInfo.InvariantCulture));

        /// <inheritdoc/>
        public override string ToString() => text.ToString();
    }
}
