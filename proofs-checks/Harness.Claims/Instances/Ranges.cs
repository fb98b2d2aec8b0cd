namespace Harness.Claims.Instances;

/// <summary>
/// Ranges of the papers' variables, written as one reads them: <c>m(64, (128, 512, 4096))</c> climbs from 64 to 128, 512 or 4096 by profile,
/// <c>δ(0.3, 0.003)</c> falls, <c>d(1)</c> stays.
/// </summary>
public static class Ranges
{
    /// <summary>Number of samples.</summary>
    public static VariableRange n(double from, ByProfile to) => new("n", from, to, IsInteger: true);

    /// <summary>A single number of samples.</summary>
    public static VariableRange n(double value) => n(value, value);

    /// <summary>Width.</summary>
    public static VariableRange m(double from, ByProfile to) => new("m", from, to, IsInteger: true);

    /// <summary>A single width.</summary>
    public static VariableRange m(double value) => m(value, value);

    /// <summary>Trained layers.</summary>
    public static VariableRange L(double from, ByProfile to) => new("L", from, to, IsInteger: true);

    /// <summary>A single depth.</summary>
    public static VariableRange L(double value) => L(value, value);

    /// <summary>Output dimension.</summary>
    public static VariableRange d(double from, ByProfile to) => new("d", from, to, IsInteger: true);

    /// <summary>A single output dimension.</summary>
    public static VariableRange d(double value) => d(value, value);

    /// <summary>Separation.</summary>
    public static VariableRange δ(double from, ByProfile to) => new("δ", from, to, IsInteger: false);

    /// <summary>A single separation.</summary>
    public static VariableRange δ(double value) => δ(value, value);

    /// <summary>Width times separation: π times the number of neurons in a layer that tell the closest pair apart.</summary>
    public static VariableRange mδ(double from, ByProfile to) => new("mδ", from, to, IsInteger: false);

    /// <summary>Radius in units of the distance 1/√m that training covers.</summary>
    public static VariableRange ωm(double from, ByProfile to) => new("ω√m", from, to, IsInteger: false);

    /// <summary>Radius of the ball around initialisation, in the largest spectral norm over layers.</summary>
    public static VariableRange ω(double from, ByProfile to) => new("ω", from, to, IsInteger: false);

    /// <summary>Sparsity: number of non-zero entries.</summary>
    public static VariableRange s(double from, ByProfile to) => new("s", from, to, IsInteger: true);
}
