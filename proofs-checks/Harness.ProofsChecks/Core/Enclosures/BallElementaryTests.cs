using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.ProofsChecks.Oracles;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Elementary functions of balls against rational series: the value at any point of the operand is held, and at exact operands the radius is the few ulp that are documented.</summary>
public sealed class BallElementaryTests
{
    private delegate void Batch(BallSpan<float> x, BallSpan<float> destination);

    /// <summary>Ten balls a case: 10⁴ a function.</summary>
    private static Config Cases => PropertyCases.Of(1000);

    [Test]
    public void Exp_HardArguments_HoldsAndIsTight() => Check.One(Cases, Prop.ForAll(ElementaryArguments.Any, draw => draw.Draw().All(x =>
    {
        var ball = Ball.Exp(x.Ball);
        if (!ball.IsRigorous)
        {
            return x.Ball.Midpoint + x.Ball.Radius > 709.7;
        }

        return HoldsExp(ball, x.Point, FixedPointSeries.Error) && (x.Ball.Radius > 0 || ball.Radius <= Math.Max(1.5 * Ulp(ball.Midpoint), 2 * double.Epsilon));
    })));

    [Test]
    public void Log_HardArguments_HoldsAndIsTight() => Check.One(Cases, Prop.ForAll(ElementaryArguments.Any, draw => draw.Draw().All(x =>
    {
        var ball = Ball.Log(x.Ball);
        return !ball.IsRigorous
            ? x.Ball.Midpoint <= x.Ball.Radius
            : HoldsBut(ball, FixedPointSeries.Log(x.Point), FixedPointSeries.Error) && (x.Ball.Radius > 0 || ball.Radius <= 2 * Ulp(ball.Midpoint));
    })));

    [Test]
    public void Acos_HardArguments_HoldsAndIsTight() => Check.One(Cases, Prop.ForAll(ElementaryArguments.Any, draw => draw.Draw().All(x =>
    {
        var ball = Ball.Acos(x.Ball);
        if (!ball.IsRigorous)
        {
            return Math.Abs(x.Ball.Midpoint) - 1 > x.Ball.Radius;
        }

        return BigRational.Abs(x.Point) > 1
            || (HoldsBut(ball, FixedPointSeries.Acos(x.Point), FixedPointSeries.Error) && (x.Ball.Radius > 0 || ball.Radius <= 2 * Ulp(ball.Midpoint)));
    })));

    [Test]
    public void Pow_RealExponent_HoldsAndIsTight() => Check.One(Cases, Prop.ForAll(ElementaryArguments.Any, ElementaryArguments.Any, (bases, exponents) =>
        bases.Draw().Zip(exponents.Draw()).All(pair =>
        {
            var (x, y) = pair;
            var ball = Ball.Pow(x.Ball, y.Ball);
            if (!ball.IsRigorous)
            {
                // ln x reaches as far as |ln x̂| + r/(x̂ − r).
                var logarithm = Math.Abs(Math.Log(x.Ball.Midpoint)) + (x.Ball.Radius / (x.Ball.Midpoint - x.Ball.Radius));
                return x.Ball.Midpoint <= x.Ball.Radius || (Math.Abs(y.Ball.Midpoint) + y.Ball.Radius) * logarithm > 700;
            }

            // The logarithm's error is multiplied by |y| = |y ln x|/|ln x| < 2¹⁰ · 2⁵³ where the power is looked at.
            return HoldsExp(ball, FixedPointSeries.Log(x.Point) * y.Point, new(1, BigInteger.One << 280))
                && (x.Ball.Radius > 0 || y.Ball.Radius > 0 || ball.Radius <= Math.Max((1.5 + (Math.Abs(y.Ball.Midpoint) / 2)) * Ulp(ball.Midpoint), 2 * double.Epsilon));
        })));

    [Test]
    public void Pow_WholeExponent_HoldsAndIsTight() => Check.One(Cases, Prop.ForAll(ElementaryArguments.Any, Arb.From(Gen.Choose(-12, 12)), (draw, n) => draw.Draw().All(x =>
    {
        var ball = Ball.Pow(x.Ball, n);
        if (!ball.IsRigorous)
        {
            return (n < 0 && Math.Abs(x.Ball.Midpoint) <= 2 * x.Ball.Radius) || Math.Abs(n * Math.Log2(Math.Abs(x.Ball.Midpoint) + x.Ball.Radius)) > 1000 || x.Ball.Radius > 0;
        }

        var value = Power(x.Point, Math.Abs(n));
        return HoldsBut(ball, n < 0 ? 1 / value : value, 0) && (x.Ball.Radius > 0 || Math.Abs(ball.Midpoint) < 1e-290 || Math.Abs(n * Math.Log2(Math.Abs(x.Ball.Midpoint))) > 960
            || ball.Radius <= (Math.Abs(n) + 1) * Ulp(ball.Midpoint));
    })));

    [Test]
    public void Divide_HardNumbers_HoldsExactQuotient() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
    {
        var count = draw.Rows * draw.Columns;
        var (x, rx, y, ry) = (draw.Draw<double>("x", count), draw.DrawRadii<double>("rx", count), draw.Draw<double>("y", count), draw.DrawRadii<double>("ry", count));
        var (px, py) = (draw.PointsWithin<double>("px", x, rx), draw.PointsWithin<double>("py", y, ry));
        return Enumerable.Range(0, count).All(i =>
        {
            var ball = new Ball(x[i], rx[i]) / new Ball(y[i], ry[i]);
            return py[i].Sign == 0 ? !ball.IsRigorous : HardNumbers.Holds(ball.Midpoint, ball.Radius, px[i] / py[i]);
        });
    }));

    [Test]
    public void Batches_OfFloats_HoldWhatTheBallsHold() => Check.One(PropertyCases.Of(300), Prop.ForAll(HardNumbers.Any, draw =>
    {
        var count = draw.Rows * draw.Columns;
        var (x, r, m, s) = (draw.Draw<float>("x", count), draw.DrawRadii<float>("r", count), new float[count], new float[count]);
        return Agrees(BallVector.Exp, Ball.Exp) && Agrees(BallVector.Log, Ball.Log) && Agrees(BallVector.Acos, Ball.Acos) && Agrees(BallVector.Sqrt, Ball.Sqrt);

        // The ball of floats holds both ends of the ball in double.
        bool Agrees(Batch batch, Func<Ball, Ball> function)
        {
            batch(new(x, r), new(m, s));
            return Enumerable.Range(0, count).All(i =>
            {
                var ball = function(new(x[i], r[i]));
                return float.IsFinite(s[i]) ? ball.IsRigorous && Ends(ball).All(end => HardNumbers.Holds(m[i], s[i], end)) : !ball.IsRigorous || Math.Abs(ball.Midpoint) + ball.Radius > 1e38;
            });
        }
    }));

    [Test]
    public void Batches_LengthsDiffer_Throw() => Assert.That(() => BallVector.Exp<double>(new(new double[2], new double[2]), new(new double[3], new double[3])), Throws.ArgumentException);

    [Test]
    public void Pi_Ball_HoldsPi() => Assert.That(HoldsBut(Ball.Pi, FixedPointSeries.Pi, 0));

    [Test]
    public void Functions_KnownValues_AreExact()
    {
        Assert.That(Ball.Exp(Ball.Exactly(0)), Is.EqualTo(Ball.Exactly(1)));
        Assert.That(Ball.Log(Ball.Exactly(1)), Is.EqualTo(Ball.Exactly(0)));
        Assert.That(Ball.Acos(Ball.Exactly(1)).Midpoint, Is.Zero);
        Assert.That(Ball.Pow(Ball.Exactly(2), -3), Is.EqualTo(Ball.Exactly(0.125)));
        Assert.That(Ball.Pow(Ball.Exactly(0), 0), Is.EqualTo(Ball.Exactly(1)));
    }

    [Test]
    public void Functions_OutsideTheDomain_StateNothing() => Assert.That(
        new[]
        {
            Ball.Log(Ball.Exactly(0)), Ball.Log(Ball.Exactly(-1)), Ball.Log(new Ball(1, 1)), Ball.Log(Ball.Exactly(double.PositiveInfinity)), Ball.Exp(Ball.Exactly(710)), Ball.Exp(Ball.Exactly(double.NaN)),
            Ball.Exp(Ball.Unbounded(1)), Ball.Log(Ball.Unbounded(1)), Ball.Acos(Ball.Unbounded(0.5)), Ball.Acos(Ball.Exactly(1.5)), Ball.Acos(new Ball(-1.5, 0.25)), Ball.Exactly(1) / new Ball(0.5, 0.5),
            Ball.Pow(Ball.Exactly(-2), Ball.Exactly(2)), Ball.Pow(Ball.Exactly(0), -1), Ball.Pow(Ball.Exactly(2), Ball.Unbounded(1)), Ball.Pow(Ball.Exactly(2), Ball.Exactly(1e300)),
        }.Select(ball => ball.IsRigorous),
        Is.All.False);

    [Test]
    public void Log_OfAWideBall_ReachesTheLogarithmOfItsEnd() => Assert.That(Ball.Log(new(1, 0.9)).Radius, Is.InRange(Math.Log(10) - 1e-14, Math.Log(10) + 1e-14));

    /// <summary>An operand known to 2⁻¹⁰⁰ gives a result known to the few ulp of an exact one: the ends of the ball are never rounded to numbers.</summary>
    [Test]
    public void Functions_RadiusFarBelowAnUlp_CostsNothing()
    {
        var near = new Ball(1 - Math.ScaleB(1, -40), Math.ScaleB(1, -100));
        Assert.That(Ball.Acos(near).Radius, Is.LessThan(2.1 * Ulp(Ball.Acos(near).Midpoint)));
        Assert.That(Ball.Log(near).Radius, Is.LessThan(2.1 * Ulp(Ball.Log(near).Midpoint)));
        Assert.That(Ball.Exp(near).Radius, Is.LessThan(1.6 * Ulp(Ball.Exp(near).Midpoint)));
    }

    /// <summary>Whether the ball holds eˣ, known up to a relative error. Below e⁻⁸⁰⁰ that is to hold 0 and the smallest positive number.</summary>
    private static bool HoldsExp(Ball ball, BigRational x, BigRational error)
    {
        if (x < -800)
        {
            return HoldsBut(ball, 0, 0) && HoldsBut(ball, BigRational.Exactly(double.Epsilon), 0);
        }

        if (x > 800)
        {
            return false;
        }

        var (significand, k) = FixedPointSeries.Exp(x);
        var value = significand * (k >= 0 ? new BigRational(BigInteger.One << k, 1) : new BigRational(1, BigInteger.One << -k));
        return HoldsBut(ball, value, error * value);
    }

    private static BigRational Power(BigRational x, int n) => new(BigInteger.Pow(x.Numerator, n), BigInteger.Pow(x.Denominator, n));

    private static bool HoldsBut(Ball ball, BigRational value, BigRational error) =>
        BigRational.Abs(BigRational.Exactly(ball.Midpoint) - value) <= BigRational.Exactly(ball.Radius) + error;

    private static BigRational[] Ends(Ball ball) =>
        [BigRational.Exactly(ball.Midpoint) - BigRational.Exactly(ball.Radius), BigRational.Exactly(ball.Midpoint) + BigRational.Exactly(ball.Radius)];

    private static double Ulp(double x) => Math.BitIncrement(Math.Abs(x)) - Math.Abs(x);
}
