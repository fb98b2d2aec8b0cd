using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>Elementwise operations on batches of balls.</summary>
internal sealed class BallVectorTarget() : FuzzTarget("ball-vector", "rectifier, gate, difference, product and sum of squares of batches of balls")
{
    private delegate void Operation<T>(BallSpan<T> x, BallSpan<T> y, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private protected override bool TakesSingle => true;

    private protected override FuzzCase Draw(CaseDraws draws)
    {
        var n = draws.Dimension(4, 17);
        return new(draws.Kind, draws.IsSingle, [.. new[] { "x", "y" }.SelectMany(name => new[]
        {
            draws.Numbers(name, Axis.Single, 1, Axis.Samples, n), draws.Radii($"r{name}", Axis.Single, 1, Axis.Samples, n), draws.Places($"p{name}", Axis.Single, 1, Axis.Samples, n),
        })]);
    }

    private protected override void Try(FuzzCase instance)
    {
        if (instance.IsSingle)
        {
            Try<float>(instance);
        }
        else
        {
            Try<double>(instance);
        }
    }

    private void Try<T>(FuzzCase instance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x = Balls<T>(instance, "x");
        var y = Balls<T>(instance, "y");
        var (p, q) = (PointsOf(instance, "x"), PointsOf(instance, "y"));
        Try("φ(x)", (a, _, z) => BallVector.Rectify(a, z), x, y, p, q, (a, _) => DyadicNetwork.Rectified(a));
        Try("1{x ≥ 0}·y", BallVector.Gate, x, y, p, q, (a, b) => a.Sign >= 0 ? b : default);
        Try("x − y", BallVector.Subtract, x, y, p, q, (a, b) => a - b);
        Try("x · y", BallVector.Multiply, x, y, p, q, (a, b) => a * b);
        Judge.Holds(BallVector.SumOfSquares(x), p.Aggregate(default(Dyadic), (sum, a) => sum + (a * a)), "Σ x²");
    }

    private void Try<T>(string name, Operation<T> operation, BallSpan<T> x, BallSpan<T> y, Dyadic[] p, Dyadic[] q, Func<Dyadic, Dyadic, Dyadic> exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var z = new BallSpan<T>(new T[p.Length], new T[p.Length]);
        operation(x, y, z);
        for (var i = 0; i < p.Length; i++)
        {
            Judge.Holds(z.Midpoints[i], z.Radii[i], exact(p[i], q[i]), name, i);
        }
    }

    private static BallSpan<T> Balls<T>(FuzzCase instance, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(Narrowed.To<T>(instance[name].Elements), Narrowed.To<T>(instance[$"r{name}"].Elements));

    private static Dyadic[] PointsOf(FuzzCase instance, string name) => Points.Within(instance[name].Elements, instance[$"r{name}"].Elements, instance[$"p{name}"].Elements);
}
