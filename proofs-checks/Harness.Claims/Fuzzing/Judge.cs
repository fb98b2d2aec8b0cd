using System.Globalization;
using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;

namespace Harness.Claims.Fuzzing;

/// <summary>Compares what was certified with what is true, and remembers the first statement that is false.</summary>
internal sealed class Judge
{
    /// <summary>The statements that were made: enclosures with a finite radius, certain signs, finite bounds.</summary>
    public long Statements { get; private set; }

    /// <summary>The first false statement since <see cref="Begin"/>, or null.</summary>
    public string? Refutation { get; private set; }

    /// <summary>Begins a case.</summary>
    public void Begin() => Refutation = null;

    /// <summary>The ball holds the exact value, or states nothing.</summary>
    public void Holds<T>(T midpoint, T radius, Dyadic exact, string name, int row = 0, int column = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (T.IsFinite(radius))
        {
            var isTrue = T.IsFinite(midpoint) && Dyadic.Abs(Exactly(midpoint) - exact) <= Exactly(radius);
            That(isTrue, isTrue ? name : $"{midpoint:R} ± {radius:R} does not hold {name}", row, column);
        }
    }

    /// <summary>The ball holds the exact value, and so do its rounded ends: x ≤ ε is certified when the upper end is at most ε, so for no ε below x.</summary>
    public void Holds(Ball ball, Dyadic exact, string name, int row = 0, int column = 0)
    {
        Holds(ball.Midpoint, ball.Radius, exact, name, row, column);
        if (ball.IsRigorous)
        {
            AtMost(ball.Lower, exact, name, row, column);
            AtLeast(ball.Upper, exact, name, row, column);
        }
    }

    /// <summary>A lower bound of an exact value; −∞ states nothing.</summary>
    public void AtMost(double bound, Dyadic exact, string name, int row = 0, int column = 0)
    {
        if (bound > double.NegativeInfinity)
        {
            That(double.IsFinite(bound) && Dyadic.Exactly(bound) <= exact, name, row, column, "lower end above");
        }
    }

    /// <summary>An upper bound of an exact value; +∞ states nothing.</summary>
    public void AtLeast(double bound, Dyadic exact, string name, int row = 0, int column = 0)
    {
        if (bound < double.PositiveInfinity)
        {
            That(double.IsFinite(bound) && Dyadic.Exactly(bound) >= exact, name, row, column, "upper end below");
        }
    }

    /// <summary>A statement that is true or not.</summary>
    public void That(bool isTrue, string name, int row = 0, int column = 0, string fault = "false:")
    {
        Statements++;
        if (!isTrue)
        {
            Refutation ??= string.Create(CultureInfo.InvariantCulture, $"{fault} {name}[{row}, {column}]");
        }
    }

    /// <summary>The value of a float or double.</summary>
    public static Dyadic Exactly<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Dyadic.Exactly(double.CreateTruncating(value));
}
