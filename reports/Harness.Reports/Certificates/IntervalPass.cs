using Harness.Core.Numerics;

namespace Harness.Reports.Certificates;

/// <summary>
/// Outputs and loss of a network by another route than the certificate's: plain interval arithmetic, two ends, one sample and one neuron at a time, every operation rounded outwards.
/// It shares no kernel, no bound and no order of summation with midpoint–radius arithmetic, so a defect of one does not hide in the other.
/// </summary>
internal static class IntervalPass
{
    /// <summary>Bounds of all outputs, one sample a row.</summary>
    public static Range[,] Outputs(TrainedNetwork trained)
    {
        var network = trained.Network;
        double[][] layers = [Rows(network.Input), .. Enumerable.Range(1, network.Depth).Select(l => Rows(network.Hidden(l))), Rows(network.Output)];
        var outputs = new Range[trained.Samples, network.OutputDimension];
        Parallel.For(0, trained.Samples, i =>
        {
            var x = trained.Inputs.AsSpan(i * network.InputDimension, network.InputDimension).ToArray();
            var (lower, upper) = (x, x);
            for (var l = 0; l < layers.Length; l++)
            {
                (lower, upper) = Multiply(layers[l], lower, upper, rectified: l < layers.Length - 1);
            }

            for (var j = 0; j < lower.Length; j++)
            {
                outputs[i, j] = new(lower[j], upper[j]);
            }
        });
        return outputs;
    }

    /// <summary>Bounds of F on outputs.</summary>
    public static Range Loss(TrainedNetwork trained, Range[,] outputs)
    {
        var (lower, upper, d) = (0.0, 0.0, trained.Network.OutputDimension);
        for (var i = 0; i < trained.Samples; i++)
        {
            for (var j = 0; j < d; j++)
            {
                var target = trained.Targets[(i * d) + j];
                var (from, to) = (Directed.SumBelow(outputs[i, j].AtLeast, -target), Directed.SumAbove(outputs[i, j].AtMost, -target));
                var (near, far) = (from > 0 ? from : to < 0 ? -to : 0, Math.Max(-from, to));
                lower = Directed.SumBelow(lower, Math.Max(0, Directed.ProductBelow(near, near)));
                upper = Directed.SumAbove(upper, Directed.ProductAbove(far, far));
            }
        }

        return new(Math.Max(0, Directed.ProductBelow(0.5, lower)), Directed.ProductAbove(0.5, upper));
    }

    private static (double[] Lower, double[] Upper) Multiply(double[] weights, double[] lower, double[] upper, bool rectified)
    {
        var columns = lower.Length;
        var (low, high) = (new double[weights.Length / columns], new double[weights.Length / columns]);
        for (var i = 0; i < low.Length; i++)
        {
            var (from, to) = (0.0, 0.0);
            for (var k = 0; k < columns; k++)
            {
                var w = weights[(i * columns) + k];
                var (one, other) = w >= 0 ? (lower[k], upper[k]) : (upper[k], lower[k]);
                from = Directed.SumBelow(from, Directed.ProductBelow(w, one));
                to = Directed.SumAbove(to, Directed.ProductAbove(w, other));
            }

            (low[i], high[i]) = rectified ? (Math.Max(from, 0), Math.Max(to, 0)) : (from, to);
        }

        return (low, high);
    }

    private static double[] Rows(Weights<double> weights)
    {
        var rows = new double[weights.Rows * weights.Columns];
        weights.CopyTo(rows);
        return rows;
    }
}
