using System.Numerics;
using Harness.Core.Numerics;

namespace Harness.Reports.Certificates;

/// <summary>
/// Outputs, loss, margins and open signs of a network by another route than the certificate's: intervals with two ends of two words each (<see cref="RunningErrorProduct"/>), and from the outputs on whole numbers (<see cref="SmallestUnits"/>).
/// It shares no kernel, no bound and no order of summation with midpoint–radius arithmetic, so a defect of one does not hide in the other.
/// </summary>
internal sealed class IntervalPass : IEnclosedOutputs
{
    private readonly TrainedNetwork trained;
    private readonly TwoWordEnds outputs;

    /// <summary>Runs the pass, the neurons of a layer in parallel.</summary>
    public IntervalPass(TrainedNetwork trained)
    {
        var (network, n) = (trained.Network, trained.Samples);
        this.trained = trained;
        var x = Exactly(trained.Inputs, network.InputDimension, n);
        var openSigns = 0;
        for (var l = 0; l <= network.Depth + 1; l++)
        {
            var weights = l == 0 ? network.Input : l <= network.Depth ? network.Hidden(l) : network.Output;
            var (below, above, isHidden) = (x, new TwoWordEnds(weights.Rows, n), l <= network.Depth);
            var rows = Rows(weights);
            for (var block = 0; block < below.Blocks; block++)
            {
                // A block stays in a core's own cache while the rows of W pass.
                var samples = block;
                Parallel.For(0, weights.Rows, i => Interlocked.Add(
                    ref openSigns, RunningErrorProduct.Row(rows.AsSpan(i * weights.Columns, weights.Columns), below, above, i, samples, n, isHidden)));
            }

            x = above;
        }

        (outputs, OpenSigns) = (x, openSigns);
        Loss = EncloseLoss();
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

    private Range EncloseLoss()
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

    /// <summary>The ends of an output in multiples of η; null after an overflow.</summary>
    private (BigInteger Lower, BigInteger Upper)? Ends(int sample, int output)
    {
        var lower = outputs.At(output, sample);
        var upper = outputs.Upper + lower;
        return double.IsFinite(outputs.High[lower]) && double.IsFinite(outputs.Low[lower]) && double.IsFinite(outputs.High[upper]) && double.IsFinite(outputs.Low[upper])
            ? (SmallestUnits.Of(outputs.High[lower]) + SmallestUnits.Of(outputs.Low[lower]), SmallestUnits.Of(outputs.High[upper]) + SmallestUnits.Of(outputs.Low[upper]))
            : null;
    }

    private static TwoWordEnds Exactly(double[] inputs, int dimension, int n)
    {
        var ends = new TwoWordEnds(dimension, n);
        for (var e = 0; e < inputs.Length; e++)
        {
            var at = ends.At(e % dimension, e / dimension);
            (ends.High[at], ends.High[ends.Upper + at]) = (inputs[e], inputs[e]);
        }

        return ends;
    }

    private static double[] Rows(Weights<double> weights)
    {
        var rows = new double[weights.Rows * weights.Columns];
        weights.CopyTo(rows);
        return rows;
    }
}
