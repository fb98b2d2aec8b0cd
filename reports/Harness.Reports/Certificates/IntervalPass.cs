using Harness.Claims.Exact;
using Harness.Core.Numerics;

namespace Harness.Reports.Certificates;

/// <summary>
/// Outputs, loss, margins and open signs of a network by another route than the certificate's: intervals with two ends of two words each (<see cref="RunningErrorProduct"/>), and from the outputs on exact rational arithmetic.
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
            var (below, above, isHidden) = (x, new TwoWordEnds(weights.Rows, x.Stride), l <= network.Depth);
            var rows = Rows(weights);
            Parallel.For(0, weights.Rows, i => Interlocked.Add(
                ref openSigns, RunningErrorProduct.Row(rows.AsSpan(i * weights.Columns, weights.Columns), below, above, i, n, isHidden)));
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
    public Range Output(int sample, int output) => Ends(sample, output) is var (lower, upper) ? Rounded(lower, upper) : Unknown;

    /// <inheritdoc/>
    public Range Difference(int sample, int output, int other) => Ends(sample, output) is var (lower, upper) && Ends(sample, other) is var (otherLower, otherUpper)
        ? Rounded(lower - otherUpper, upper - otherLower)
        : Unknown;

    private static Range Unknown { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    private Range EncloseLoss()
    {
        var (twiceLower, twiceUpper, d) = (default(BigRational), default(BigRational), trained.Network.OutputDimension);
        for (var e = 0; e < trained.Targets.Length; e++)
        {
            if (Ends(e / d, e % d) is not var (lower, upper))
            {
                return Unknown;
            }

            var target = BigRational.Exactly(trained.Targets[e]);
            var (from, to) = (lower - target, upper - target);
            var (near, far) = (from.Sign > 0 ? from : to.Sign < 0 ? -to : 0, BigRational.Max(-from, to));
            (twiceLower, twiceUpper) = (twiceLower + (near * near), twiceUpper + (far * far));
        }

        return Rounded(twiceLower / 2, twiceUpper / 2);
    }

    /// <summary>The ends of an output; null after an overflow.</summary>
    private (BigRational Lower, BigRational Upper)? Ends(int sample, int output)
    {
        var lower = (output * outputs.Stride) + sample;
        var upper = outputs.Upper + lower;
        return double.IsFinite(outputs.High[lower]) && double.IsFinite(outputs.Low[lower]) && double.IsFinite(outputs.High[upper]) && double.IsFinite(outputs.Low[upper])
            ? (BigRational.Exactly(outputs.High[lower]) + BigRational.Exactly(outputs.Low[lower]), BigRational.Exactly(outputs.High[upper]) + BigRational.Exactly(outputs.Low[upper]))
            : null;
    }

    /// <summary>The closest numbers in double precision outside.</summary>
    private static Range Rounded(BigRational lower, BigRational upper) => new(-AtLeast(-lower), AtLeast(upper));

    /// <summary>The smallest number in double precision that is not below x.</summary>
    private static double AtLeast(BigRational x)
    {
        var near = x.ToDouble();
        while (double.IsFinite(near) && BigRational.Exactly(near) >= x)
        {
            near = double.BitDecrement(near);
        }

        do
        {
            near = double.BitIncrement(near);
        }
        while (double.IsFinite(near) && BigRational.Exactly(near) < x);
        return near;
    }

    private static TwoWordEnds Exactly(double[] inputs, int dimension, int n)
    {
        var ends = new TwoWordEnds(dimension, (n + 7) / 8 * 8);
        for (var e = 0; e < inputs.Length; e++)
        {
            var at = (e % dimension * ends.Stride) + (e / dimension);
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
