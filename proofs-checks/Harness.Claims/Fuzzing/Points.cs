using Harness.Claims.Exact;

namespace Harness.Claims.Fuzzing;

/// <summary>Exact points of balls.</summary>
internal static class Points
{
    /// <summary>midpoint + place/8 · radius, element by element.</summary>
    /// <param name="midpoints">Midpoints.</param>
    /// <param name="radii">Radii, as many.</param>
    /// <param name="places">Whole numbers from −8 to 8, as many.</param>
    public static Dyadic[] Within(double[] midpoints, double[] radii, double[] places)
    {
        var points = new Dyadic[midpoints.Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = Dyadic.Exactly(midpoints[i]) + Dyadic.Scale(Dyadic.Exactly(places[i]) * Dyadic.Exactly(radii[i]), -3);
        }

        return points;
    }
}
