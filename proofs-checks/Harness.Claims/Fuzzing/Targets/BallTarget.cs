using Harness.Claims.Exact;
using Harness.Core.Enclosures;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>Ball arithmetic on exact points of its operands.</summary>
internal sealed class BallTarget() : FuzzTarget("ball", "sums, products, squares and roots of balls")
{
    private protected override FuzzCase Draw(CaseDraws draws) => new(draws.Kind, draws.IsSingle, [.. new[] { "x", "y" }.SelectMany(name => new[]
    {
        draws.Numbers(name, Axis.Single, 1, Axis.Single, 1), draws.Radii($"r{name}", Axis.Single, 1, Axis.Single, 1), draws.Places($"p{name}", Axis.Single, 1, Axis.Single, 1),
    })]);

    private protected override void Try(FuzzCase instance)
    {
        var (a, p) = Of(instance, "x");
        var (b, q) = Of(instance, "y");
        Judge.Holds(a + b, p + q, "x + y");
        Judge.Holds(a - b, p - q, "x − y");
        Judge.Holds(a * b, p * q, "x · y");
        Judge.Holds(Ball.Square(a), p * p, "x²");
        if (p.Sign >= 0 && Ball.Sqrt(a) is { IsRigorous: true } root)
        {
            // l ≤ √p ≤ u exactly when l² ≤ p ≤ u².
            var (midpoint, radius) = (Dyadic.Exactly(root.Midpoint), Dyadic.Exactly(root.Radius));
            Judge.That(IsBelow(midpoint - radius, p) && IsBelow(Dyadic.Exactly(root.Lower), p), "√x from below");
            Judge.That(IsAbove(midpoint + radius, p) && IsAbove(Dyadic.Exactly(root.Upper), p), "√x from above");
        }
    }

    private static (Ball Ball, Dyadic Point) Of(FuzzCase instance, string name)
    {
        var (x, r) = (instance[name].Elements[0], instance[$"r{name}"].Elements[0]);
        return (new(x, r), Points.Within([x], [r], instance[$"p{name}"].Elements)[0]);
    }

    private static bool IsBelow(Dyadic bound, Dyadic square) => bound.Sign <= 0 || bound * bound <= square;

    private static bool IsAbove(Dyadic bound, Dyadic square) => bound.Sign >= 0 && bound * bound >= square;
}
