using System.Globalization;
using System.Text;

namespace Harness.Claims.Fuzzing;

/// <summary>What the rows and columns of an operand run over, so that a case stays whole when one of its samples or neurons is left out.</summary>
internal enum Axis
{
    /// <summary>One, always.</summary>
    Single,

    /// <summary>Samples of a batch, n; of an eigenvalue problem its rows and columns.</summary>
    Samples,

    /// <summary>Coordinates of an input, 𝔡.</summary>
    Inputs,

    /// <summary>Neurons of a layer, m.</summary>
    Width,

    /// <summary>Coordinates of an output, d.</summary>
    Outputs,
}

/// <summary>A matrix of a case.</summary>
/// <param name="Name">What the mathematics calls it.</param>
/// <param name="RowAxis">What a row is.</param>
/// <param name="ColumnAxis">What a column is.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Elements">Row-major; finite.</param>
internal sealed record Operand(string Name, Axis RowAxis, Axis ColumnAxis, int Rows, int Columns, double[] Elements)
{
    /// <summary>Name, shape, and every number so that it reads back exactly.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Name} ({Rows} × {Columns}):");
        for (var at = 0; at < Elements.Length; at++)
        {
            text.Append(at > 0 && at % Columns == 0 ? ";" : "").Append(CultureInfo.InvariantCulture, $" {Elements[at]:R}");
        }

        return text.ToString();
    }
}

/// <summary>Everything that a target is tried on: shapes and numbers, no seed.</summary>
public sealed class FuzzCase
{
    internal FuzzCase(NumberKind kind, bool isSingle, params ReadOnlySpan<Operand> operands) => (Kind, IsSingle, Operands) = (kind, isSingle, operands.ToArray());

    /// <summary>What its numbers were drawn like.</summary>
    public NumberKind Kind { get; }

    /// <summary>True when the numbers are floats and the target computes in float.</summary>
    public bool IsSingle { get; }

    /// <summary>Which of the target's variants this is; nothing that shrinks.</summary>
    internal int Variant { get; init; }

    internal Operand[] Operands { get; }

    internal Operand this[string name] => Array.Find(Operands, o => o.Name == name) ?? throw new ArgumentException($"The case has no operand {name}.", nameof(name));

    /// <summary>Every number, so that the case can be set up elsewhere.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine, [$"{(IsSingle ? "float" : "double")}, {Kind}{(Variant > 0 ? $", variant {Variant}" : "")}", .. Operands.Select(o => $"  {o}")]);

    /// <summary>The same case with other operands.</summary>
    internal FuzzCase With(IEnumerable<Operand> operands) => new(Kind, IsSingle, [.. operands]) { Variant = Variant };
}
