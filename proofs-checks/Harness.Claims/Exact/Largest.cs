using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Claims.Exact;

/// <summary>The largest difference between computed numbers and what exact arithmetic makes of the same data: the residual of an identity, at radius zero.</summary>
internal sealed class Largest
{
    private Dyadic largest;

    /// <summary>Begins with one pair.</summary>
    public Largest(double computed, Dyadic exact) => Add(computed, exact);

    /// <summary>The residual.</summary>
    public Measurement Measured => new(Ball.Exactly(largest.ToRational().ToDouble())) { Bound = Ball.Exactly(0) };

    /// <summary>A number that was computed without rounding.</summary>
    public void Add(double computed, Dyadic exact) => Add(Ball.Exactly(computed), exact);

    /// <summary>A number with a proven radius, which may be that far off.</summary>
    public void Add(Ball computed, Dyadic exact)
    {
        var beyond = Dyadic.Abs(Dyadic.Exactly(computed.Midpoint) - exact) - Dyadic.Exactly(computed.Radius);
        largest = beyond > largest ? beyond : largest;
    }

    /// <summary>A matrix.</summary>
    public void Add(Weights<double> computed, Dyadic[] exact)
    {
        var elements = DyadicNetwork.RowMajor(computed);
        for (var e = 0; e < elements.Length; e++)
        {
            Add(elements[e], exact[e]);
        }
    }
}
