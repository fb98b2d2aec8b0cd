using Harness.Core.Enclosures;

namespace Harness.ProofsChecks.Oracles;

/// <summary>One of Arb's real balls with the notation of a number.</summary>
internal sealed class ArbBall
{
    private readonly ArbVector storage;

    /// <summary>Zero.</summary>
    public ArbBall() => storage = new(1);

    /// <summary>π.</summary>
    public static ArbBall Pi => Unary((result, _) => ArbNative.Pi(result, ArbVector.Precision), new());

    /// <summary>The arb_t; valid as long as this object is.</summary>
    public nint Address => storage[0];

    /// <summary>Certainly &gt; 0.</summary>
    public bool IsPositive => Ask(ArbNative.IsPositive);

    /// <summary>Certainly &lt; 0.</summary>
    public bool IsNegative => Ask(ArbNative.IsNegative);

    /// <summary>The midpoint, exactly.</summary>
    public ArbBall Midpoint => Unary(ArbNative.Midpoint, this);

    /// <summary>The radius, exactly.</summary>
    public ArbBall Radius => Unary(ArbNative.Radius, this);

    /// <summary>A number, exactly.</summary>
    public static implicit operator ArbBall(double x)
    {
        var result = new ArbBall();
        ArbNative.SetDouble(result.Address, x);
        return result;
    }

    public static ArbBall operator +(ArbBall x, ArbBall y) => Binary(ArbNative.Add, x, y);

    public static ArbBall operator -(ArbBall x, ArbBall y) => Binary(ArbNative.Subtract, x, y);

    public static ArbBall operator *(ArbBall x, ArbBall y) => Binary(ArbNative.Multiply, x, y);

    public static ArbBall operator /(ArbBall x, ArbBall y) => Binary(ArbNative.Divide, x, y);

    public static ArbBall Pow(ArbBall x, ArbBall y) => Binary(ArbNative.Power, x, y);

    public static ArbBall Sqrt(ArbBall x) => Unary((result, a) => ArbNative.Sqrt(result, a, ArbVector.Precision), x);

    public static ArbBall Exp(ArbBall x) => Unary((result, a) => ArbNative.Exp(result, a, ArbVector.Precision), x);

    public static ArbBall Log(ArbBall x) => Unary((result, a) => ArbNative.Log(result, a, ArbVector.Precision), x);

    public static ArbBall Acos(ArbBall x) => Unary((result, a) => ArbNative.Acos(result, a, ArbVector.Precision), x);

    public static ArbBall Erfc(ArbBall x) => Unary((result, a) => ArbNative.ComplementaryErrorFunction(result, a, ArbVector.Precision), x);

    /// <summary>This ball with a radius that is larger by |<paramref name="error"/>|.</summary>
    public ArbBall Widened(ArbBall error)
    {
        var result = Unary(ArbNative.Set, this);
        ArbNative.AddError(result.Address, error.Address);
        GC.KeepAlive(error);
        return result;
    }

    /// <summary>Whether everything in this ball certainly lies in the other one: true proves that both enclose the same number, as far as this precision can tell.</summary>
    public bool IsHeldBy(Ball ball)
    {
        var excess = Unary(ArbNative.Abs, this - ball.Midpoint) - ball.Radius;
        return double.IsFinite(ball.Midpoint) && excess.Ask(ArbNative.IsNonpositive);
    }

    private static ArbBall Unary(Action<nint, nint> function, ArbBall x)
    {
        var result = new ArbBall();
        function(result.Address, x.Address);
        GC.KeepAlive(x);
        return result;
    }

    private static ArbBall Binary(Action<nint, nint, nint, long> function, ArbBall x, ArbBall y)
    {
        var result = new ArbBall();
        function(result.Address, x.Address, y.Address, ArbVector.Precision);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
        return result;
    }

    private bool Ask(Func<nint, int> question)
    {
        var answer = question(Address) != 0;
        GC.KeepAlive(this);
        return answer;
    }
}
