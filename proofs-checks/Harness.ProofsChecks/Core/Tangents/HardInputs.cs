namespace Harness.ProofsChecks.Core.Tangents;

/// <summary>Inputs on which the smallest eigenvalue of a kernel matrix is zero or nearly so, or out of proportion to the largest: six numbers each, which are three positions of two channels to a convolution.</summary>
/// <param name="Name">What is hard about them.</param>
/// <param name="Samples">n.</param>
/// <param name="Values">n × 6, row-major.</param>
public sealed record HardInputs(string Name, int Samples, double[] Values)
{
    /// <summary>Numbers of an input.</summary>
    public const int Dimension = 6;

    private static readonly double[]
        First = [0.5, -1, 0.75, 0.25, 2, -0.125],
        Second = [-0.3, 0.9, 0.1, 1.1, 0.6, 0.7],
        Third = [1, 0.2, -0.4, 0.8, -1.6, 0.05];

    /// <summary>All of them.</summary>
    public static IEnumerable<HardInputs> All { get; } =
    [
        .. new[] { 1e-16, 1e-14, 1e-12, 1e-10, 1e-8, 1e-6, 1e-3 }.SelectMany(angle => new[]
        {
            Of($"an angle of {angle:G1}", First, Turned(First, Second, angle), Third),
            Of($"an angle of π − {angle:G1}", First, Scaled(Turned(First, Second, angle), -1), Third),
        }),
        Of("a last bit", First, [.. First[..5], Math.BitIncrement(First[5])], Second),
        Of("copies", First, Second, First, Second, Third),
        Of("multiples", First, Scaled(First, 2), Scaled(First, 0.1), Second),
        Of("opposites", First, Scaled(First, -1), Second, Scaled(Second, -3)),
        Of("zeros", new double[Dimension], First, new double[Dimension], Second),
        Of("a zero position", [0, 1, 2, 0, 3, -1], [0, 2, 4, 0, 6, -2], First),
        Of("scales of 1e-150 to 1e150", Scaled(First, 1e-150), Scaled(Second, 1e-75), Third, Scaled(Second, 1e75), Scaled(First, 1e150)),
        Of("1e150 times near copies", Scaled(First, 1e150), Scaled(Turned(First, Second, 1e-9), 1e150), Scaled(Third, 1e150)),
        Of("1e-150 times near copies", Scaled(First, 1e-150), Scaled(Turned(First, Second, 1e-9), 1e-150), Scaled(Third, 1e-150)),
        Of("everything at once", First, First, Turned(First, Second, 1e-15), Scaled(First, -1), Scaled(First, 1e100), new double[Dimension], Second, Scaled(Second, 1e-100), Scaled(Turned(Second, Third, 1e-7), -1)),
    ];

    /// <summary>Whether every square of a coordinate, and the products of two squares, are ordinary numbers.</summary>
    public bool IsOrdinary => Values.All(value => value == 0 || Math.Abs(value) is > 1e-3 and < 1e3);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static HardInputs Of(string name, params double[][] rows) => new(name, rows.Length, [.. rows.SelectMany(row => row)]);

    /// <summary>About this angle from x, towards y.</summary>
    private static double[] Turned(double[] x, double[] y, double angle)
    {
        var norm = Math.Sqrt(x.Sum(value => value * value));
        var along = x.Zip(y, (a, b) => a * b).Sum() / norm;
        double[] across = [.. y.Zip(x, (b, a) => b - (along * a / norm))];
        var length = Math.Sqrt(across.Sum(value => value * value));
        return [.. x.Zip(across, (a, b) => a + (angle * norm * b / length))];
    }

    private static double[] Scaled(double[] x, double factor) => Array.ConvertAll(x, value => factor * value);
}
