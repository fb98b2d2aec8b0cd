using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>Certified products W·X and Wᵀ·U with batches of balls.</summary>
internal class ProductTarget() : FuzzTarget("product", "certified products of weights, and of transposed weights, with batches of balls")
{
    private readonly Dictionary<(int, int), Weights<double>> doubles = [];
    private readonly Dictionary<(int, int), Weights<float>> singles = [];

    private protected override bool TakesSingle => true;

    private protected override FuzzCase Draw(CaseDraws draws)
    {
        var (rows, columns, n) = (draws.Dimension(5, 33), draws.Dimension(5, 17), draws.Dimension(3, 9));
        return new(draws.Kind, draws.IsSingle, [draws.Numbers("W", Axis.Outputs, rows, Axis.Inputs, columns), .. Batch("x", Axis.Inputs, columns), .. Batch("u", Axis.Outputs, rows)]);

        Operand[] Batch(string name, Axis axis, int length) =>
            [draws.Numbers(name, axis, length, Axis.Samples, n), draws.Radii($"r{name}", axis, length, Axis.Samples, n), draws.Places($"p{name}", axis, length, Axis.Samples, n)];
    }

    private protected override void Try(FuzzCase instance)
    {
        if (instance.IsSingle)
        {
            Try(singles, instance);
        }
        else
        {
            Try(doubles, instance);
        }
    }

    /// <summary>The product under test; a planted fault takes its place.</summary>
    private protected virtual void Multiply<T>(Weights<T> w, bool transposed, BallSpan<T> x, BallSpan<T> z, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (transposed)
        {
            CertifiedProduct.MultiplyTransposed(w, x, z, n, n, new T[x.Length]);
        }
        else
        {
            CertifiedProduct.Multiply(w, x, z, n, n, new T[x.Length]);
        }
    }

    private void Try<T>(Dictionary<(int, int), Weights<T>> weights, FuzzCase instance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shape = instance["W"];
        if (!weights.TryGetValue((shape.Rows, shape.Columns), out var w))
        {
            weights.Add((shape.Rows, shape.Columns), w = new(shape.Rows, shape.Columns));
        }

        w.CopyFrom(Narrowed.To<T>(shape.Elements));
        var exact = Dyadic.Exactly(shape.Elements);
        Try(w, transposed: false, instance, "x", (i, k) => exact[(i * shape.Columns) + k]);
        Try(w, transposed: true, instance, "u", (i, k) => exact[(k * shape.Columns) + i]);
    }

    private void Try<T>(Weights<T> w, bool transposed, FuzzCase instance, string name, Func<int, int, Dyadic> weight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (x, r) = (instance[name], instance[$"r{name}"].Elements);
        var (terms, n, results) = (x.Rows, x.Columns, transposed ? w.Columns : w.Rows);
        var (z, bounds) = (new T[results * n], new T[results * n]);
        Multiply(w, transposed, new(Narrowed.To<T>(x.Elements), Narrowed.To<T>(r)), new(z, bounds), n);
        var points = Points.Within(x.Elements, r, instance[$"p{name}"].Elements);
        for (var at = 0; at < z.Length; at++)
        {
            Dyadic sum = default;
            for (var k = 0; k < terms; k++)
            {
                sum += weight(at / n, k) * points[(k * n) + (at % n)];
            }

            Judge.Holds(z[at], bounds[at], sum, transposed ? "Wᵀu" : "Wx", at / n, at % n);
        }
    }
}
