using System.Numerics;

namespace Harness.Reports.Certificates;

/// <summary>
/// Outputs, loss, margins and open signs of a network by another route than the certificate's: intervals with two ends of two words each (<see cref="RunningErrorProduct"/>), and from the outputs on whole numbers (<see cref="SmallestUnits"/>).
/// It shares no kernel, no bound and no order of summation with midpoint–radius arithmetic, so a defect of one does not hide in the other.
/// </summary>
internal sealed class IntervalPass : IEnclosedOutputs
{
    /// <summary>Bits of an output in units of η: beyond 2⁴⁰ its interval is too wide for an exponential.</summary>
    private const int LargestOutput = SmallestUnits.Halvings + 40;

    private const double LargestTarget = 1 << 20;

    private readonly TrainedNetwork trained;
    private readonly TwoWordEnds outputs;

    /// <summary>Runs the pass.</summary>
    public IntervalPass(TrainedNetwork trained)
    {
        this.trained = trained;
        var layers = new IntervalLayers(trained.Network, trained.Samples);
        (outputs, OpenSigns) = (layers.Outputs(trained.Inputs), layers.OpenSigns);
        Loss = trained.Loss == Core.Training.Loss.Squared ? EncloseSquares() : EncloseLoss();
    }

    /// <summary>F(W).</summary>
    public Range Loss { get; }

    /// <summary>Neurons, over all layers and samples, whose sign the pass does not settle.</summary>
    public int OpenSigns { get; }

    /// <inheritdoc/>
    public Range Output(int sample, int output) => Ends(sample, output) is var (lower, upper) ? SmallestUnits.Outside(lower, upper) : Unknown;

    /// <inheritdoc/>
    public Range Difference(int sample, int output, int other) => Ends(sample, output) is var (lower, upper) && Ends(sample, other) is var (otherLower, otherUpper)
        ? SmallestUnits.Outside(lower - otherUpper, upper - otherLower)
        : Unknown;

    private static Range Unknown { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    private Range EncloseSquares()
    {
        // In multiples of η².
        var (twiceLower, twiceUpper, d) = (BigInteger.Zero, BigInteger.Zero, trained.Network.OutputDimension);
        for (var e = 0; e < trained.Targets.Length; e++)
        {
            if (Ends(e / d, e % d) is not var (lower, upper))
            {
                return Unknown;
            }

            var target = SmallestUnits.Of(trained.Targets[e]);
            var (from, to) = (lower - target, upper - target);
            var (near, far) = (from.Sign > 0 ? from : to.Sign < 0 ? -to : 0, BigInteger.Max(-from, to));
            (twiceLower, twiceUpper) = (twiceLower + (near * near), twiceUpper + (far * far));
        }

        // Half of it in multiples of η, rounded outwards: a shift rounds down.
        return SmallestUnits.Outside(twiceLower >> (SmallestUnits.Halvings + 1), -(-twiceUpper >> (SmallestUnits.Halvings + 1)));
    }

    private Range EncloseLoss()
    {
        var (sum, d) = (default(FixedInterval), trained.Network.OutputDimension);
        for (var i = 0; i < trained.Samples; i++)
        {
            var (z, y) = (new FixedInterval[d], new FixedInterval[d]);
            for (var j = 0; j < d; j++)
            {
                var target = trained.Targets[(i * d) + j];
                if (Ends(i, j) is not var (lower, upper) || BigInteger.Max(-lower, upper).GetBitLength() > LargestOutput || Math.Abs(target) > LargestTarget)
                {
                    return Unknown;
                }

                (z[j], y[j]) = (FixedInterval.Between(lower, upper), FixedInterval.Of(target));
            }

            sum += IntervalLoss.Of(trained.Loss, z, y);
        }

        return sum.ToRange();
    }

    /// <summary>The ends of an output in multiples of η; null after an overflow.</summary>
    private (BigInteger Lower, BigInteger Upper)? Ends(int sample, int output)
    {
        var lower = outputs.At(output, sample);
        var upper = outputs.Upper + lower;
        return double.IsFinite(outputs.High[lower]) && double.IsFinite(outputs.Low[lower]) && double.IsFinite(outputs.High[upper]) && double.IsFinite(outputs.Low[upper])
            ? (SmallestUnits.Of(outputs.High[lower]) + SmallestUnits.Of(outputs.Low[lower]), SmallestUnits.Of(outputs.High[upper]) + SmallestUnits.Of(outputs.Low[upper]))
            : null;
    }
}
