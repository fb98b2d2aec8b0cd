using Harness.Core.Training;

namespace Harness.Reports.Certificates;

/// <summary>The loss of one sample from intervals of its outputs, for every loss but the squared one, whose sum the check takes exactly (<see cref="IntervalPass"/>). Formulas: <see cref="Loss"/>, written again.</summary>
internal static class IntervalLoss
{
    /// <summary>f(z; y).</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="z">Outputs.</param>
    /// <param name="y">Targets.</param>
    public static FixedInterval Of(Loss loss, FixedInterval[] z, FixedInterval[] y) =>
        loss == Loss.CrossEntropy ? CrossEntropy(z, y)
        : loss == Loss.Logistic ? Sum(z, y, Logistic)
        : loss == Loss.GradientDominant ? Sum(z, y, GradientDominant)
        : loss == Loss.Bounded ? Sum(z, y, Bounded)
        : throw new ArgumentException($"The loss {loss.Name} has no formula here.", nameof(loss));

    private static FixedInterval Sum(FixedInterval[] z, FixedInterval[] y, Func<FixedInterval, FixedInterval, FixedInterval> term) =>
        z.Zip(y, term).Aggregate(default(FixedInterval), (sum, t) => sum + t);

    /// <summary>−Σ y_j (z_j − c) + (Σ y_j) ln Σ e^{z_j − c}, for any c; here the largest of the lower ends.</summary>
    private static FixedInterval CrossEntropy(FixedInterval[] z, FixedInterval[] y)
    {
        var largest = z.MaxBy(output => output.Lower).Lower;
        var (weight, exponentials, linear) = (default(FixedInterval), default(FixedInterval), default(FixedInterval));
        for (var j = 0; j < z.Length; j++)
        {
            var shifted = z[j] - new FixedInterval(largest, largest);
            (weight, exponentials, linear) = (weight + y[j], exponentials + FixedInterval.Exp(shifted), linear + (y[j] * shifted));
        }

        return (weight * FixedInterval.Log(exponentials)) - linear;
    }

    /// <summary>ln(1 + e^{−t}), for t below zero as −t + ln(1 + eᵗ).</summary>
    private static FixedInterval Logistic(FixedInterval z, FixedInterval y)
    {
        var t = y * z;
        return t.Lower.Sign >= 0
            ? FixedInterval.Log(FixedInterval.One + FixedInterval.Exp(-t))
            : FixedInterval.Log(FixedInterval.One + FixedInterval.Exp(t)) - t;
    }

    private static FixedInterval GradientDominant(FixedInterval z, FixedInterval y)
    {
        var square = FixedInterval.Square(z - y);
        return square * ((FixedInterval.One / FixedInterval.Whole(2)) + (FixedInterval.Whole(3) / (FixedInterval.One + square))) / FixedInterval.Whole(7);
    }

    private static FixedInterval Bounded(FixedInterval z, FixedInterval y)
    {
        var square = FixedInterval.Square(z - y);
        return square / (FixedInterval.One + square) / FixedInterval.Whole(2);
    }
}
