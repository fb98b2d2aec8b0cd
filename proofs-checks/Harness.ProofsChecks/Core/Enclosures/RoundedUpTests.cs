using System.Numerics;
using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Rounded up means: the smallest number that is not below the exact result. Checked against rational arithmetic, in all ways of computing it.</summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class RoundedUpTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T Largest = T.BitDecrement(T.PositiveInfinity);

    private static Config Cases => PropertyCases.Of(1000);

    [Test]
    public void Add_HardNumbers_SmallestUpperBound() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
        IsLeastUpperBound(draw, (x, y) => x + y, RoundedUp.Add, RoundedUpLanes<T>.Add, RoundedUpLanes<T>.AddByTransformation, RoundedUp.Add)));

    [Test]
    public void Multiply_HardNumbers_SmallestUpperBound() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
        IsLeastUpperBound(draw, (x, y) => x * y, RoundedUp.Multiply, RoundedUpLanes<T>.Multiply, RoundedUpLanes<T>.MultiplyByTransformation, RoundedUp.Multiply)));

    [Test]
    public void AddAndMultiply_InfinitiesAndNaN_SameOnAllWays()
    {
        T[] special = [T.PositiveInfinity, T.NegativeInfinity, T.NaN, T.Zero, T.NegativeZero, T.One, T.NegativeOne, T.Epsilon, -T.Epsilon, Largest, -Largest];
        foreach (var x in special)
        {
            foreach (var y in special)
            {
                var (v, w) = (Vector512.Create(x), Vector512.Create(y));
                AssertSame(RoundedUp.Add(x, y), RoundedUpLanes<T>.Add(v, w)[0], RoundedUpLanes<T>.AddByTransformation(v, w)[0], $"{x} + {y}");
                AssertSame(RoundedUp.Multiply(x, y), RoundedUpLanes<T>.Multiply(v, w)[0], RoundedUpLanes<T>.MultiplyByTransformation(v, w)[0], $"{x} · {y}");
            }
        }
    }

    [Test]
    public void Add_LengthsDiffer_Throws() => Assert.That(() => RoundedUp.Add<T>(new T[2], new T[3], new T[2]), Throws.ArgumentException);

    private delegate void Batch(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination);

    private static bool IsLeastUpperBound(
        HardNumbers draw, Func<BigRational, BigRational, BigRational> exact, Func<T, T, T> scalar, Func<Vector512<T>, Vector512<T>, Vector512<T>> lanes,
        Func<Vector512<T>, Vector512<T>, Vector512<T>> byTransformation, Batch batch)
    {
        var count = draw.Rows * draw.Columns;
        var (x, y, results) = (draw.Draw<T>("x", count), draw.Draw<T>("y", count), new T[count]);
        batch(x, y, results);
        for (var i = 0; i < count; i++)
        {
            var (value, up) = (exact(HardNumbers.Exactly(x[i]), HardNumbers.Exactly(y[i])), scalar(x[i], y[i]));
            var bounds = up == T.PositiveInfinity ? value > HardNumbers.Exactly(Largest)
                : HardNumbers.Exactly(up) >= value && (up == -Largest || HardNumbers.Exactly(T.BitDecrement(up)) < value);
            var (v, w) = (Vector512.Create(x[i]), Vector512.Create(y[i]));
            if (!bounds || !up.Equals(lanes(v, w)[0]) || !up.Equals(byTransformation(v, w)[0]) || !up.Equals(results[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static void AssertSame(T scalar, T lane, T transformed, string what)
    {
        Assert.That(lane, Is.EqualTo(scalar), what);
        Assert.That(transformed, Is.EqualTo(scalar), what);
        Assert.That(T.IsNegative(lane) == T.IsNegative(scalar) || T.IsNaN(scalar), $"sign of {what}");
        Assert.That(T.IsNegative(transformed) == T.IsNegative(scalar) || T.IsNaN(scalar), $"sign of {what}");
    }
}
