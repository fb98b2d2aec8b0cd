using Harness.Claims.Exact;
using Harness.Reports.Certificates;

namespace Harness.ReportsChecks.Certificates;

/// <summary>What is true of a small snapshot, over rational numbers: forward-mode derivatives, no backward pass, no rounding.</summary>
internal sealed class ExactTruth
{
    private readonly TrainedNetwork trained;
    private readonly RationalNetwork network;

    public ExactTruth(TrainedNetwork trained)
    {
        this.trained = trained;
        network = new(trained.Network);
        Loss = network.Loss(trained.Inputs, trained.Targets, trained.Samples);
        BigRational squares = 0;
        for (var l = trained.Network.FirstTrained; l <= trained.Network.LastTrained; l++)
        {
            var layer = trained.Network.Layer(l);
            for (var at = 0; at < layer.Rows * layer.Columns; at++)
            {
                var derivative = network.LossDerivative(trained.Inputs, trained.Targets, trained.Samples, l, at / layer.Columns, at % layer.Columns);
                squares += derivative * derivative;
            }
        }

        SquaredGradientNorm = squares;
    }

    public BigRational Loss { get; }

    public BigRational SquaredGradientNorm { get; }

    /// <summary>The smallest number in double precision that is not below F.</summary>
    public double LossRoundedUp
    {
        get
        {
            var ε = Loss.ToDouble();
            while (BigRational.Exactly(ε) >= Loss)
            {
                ε = double.BitDecrement(ε);
            }

            while (BigRational.Exactly(ε) < Loss)
            {
                ε = double.BitIncrement(ε);
            }

            return ε;
        }
    }

    /// <summary>The lead of the right output of every sample over the others.</summary>
    public IEnumerable<BigRational> Leads()
    {
        var (n, d) = (trained.Samples, trained.Network.OutputDimension);
        for (var i = 0; i < n; i++)
        {
            var y = network.Evaluate(trained.Inputs.AsSpan(i * trained.Network.InputDimension, trained.Network.InputDimension))[^1];
            var targets = trained.Targets[(i * d)..((i + 1) * d)];
            var right = Array.IndexOf(targets, targets.Max());
            yield return d == 1
                ? (targets[0] > 0 ? y[0] : -y[0])
                : y.Where((_, j) => j != right).Select(other => y[right] - other).Aggregate((least, lead) => lead < least ? lead : least);
        }
    }
}
