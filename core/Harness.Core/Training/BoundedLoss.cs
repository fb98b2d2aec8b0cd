using Harness.Core.Enclosures;

namespace Harness.Core.Training;

/// <summary>ρ(r) = ½r²/(1 + r²) ∈ [0, ½), ρ'(r) = r/(1 + r²)².</summary>
/// <remarks>ρ'' = (1 − 3r²)/(1 + r²)³ lies between −¼ (at r² = 1) and 1 (at r = 0).</remarks>
internal sealed class BoundedLoss : Loss
{
    public BoundedLoss()
        : base("bounded", 1)
    {
    }

    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> y, Span<double> gradient)
    {
        var sum = 0.0;
        for (var j = 0; j < z.Length; j++)
        {
            var r = z[j] - y[j];
            var s = 1 / (1 + (r * r));
            sum += r * r * s;
            gradient[j] = r * s * s;
        }

        return sum / 2;
    }

    public override Ball Enclose(ReadOnlySpan<Ball> z, ReadOnlySpan<double> y, Span<Ball> gradient)
    {
        var sum = Ball.Exactly(0);
        for (var j = 0; j < z.Length; j++)
        {
            var r = z[j] - Ball.Exactly(y[j]);
            var square = Ball.Square(r);
            var s = Ball.Exactly(1) / (Ball.Exactly(1) + square);
            sum += square * s;
            gradient[j] = r * Ball.Square(s);
        }

        return sum * Ball.Exactly(0.5);
    }
}
