using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;

namespace Harness.Claims.Instances;

/// <summary>
/// Descent in single precision until every sample is classified rightly, by all samples or by minibatches (arXiv:1811.03962, Algorithms 1 and 2), for T steps at most. How many are wrong at the end is counted on enclosures: the final
/// weights are numbers in double precision too, the samples are taken as they are, and a sample is right where the ball of its right output lies above the balls of all others.
/// </summary>
/// <remarks>Read from the trial: m, L, c of the learning rate η = c d/(n m), the most steps T, and b where there are minibatches. The number of steps made is recorded (<see cref="TrainingCurve.Steps"/>).</remarks>
public sealed class Fitting
{
    private readonly ClassedSamples samples;
    private readonly Loss loss;
    private readonly FullyConnected<float> network;
    private readonly BatchState<float> state;
    private readonly MiniBatch<float>? batch;
    private readonly RandomStream batches;
    private readonly float[] inputs, targets;
    private readonly float rate;

    private Fitting(ClassedSamples samples, Loss loss)
    {
        var (trial, n, d) = (samples.Trial, samples.Count, samples.Trial.d);
        (this.samples, this.loss, batches) = (samples, loss, trial.Random("batches"));
        network = new(samples.Dimension, trial.m, trial.L, d);
        network.Initialise(trial.Random("weights"));
        state = new(network, n);
        batch = trial.Variables.TryGet("b", out var b) && b < n ? new(network, n, (int)b) : null;
        inputs = Array.ConvertAll(samples.Inputs, x => (float)x);
        targets = new float[n * d];
        for (var i = 0; i < n; i++)
        {
            targets[(i * d) + samples.Labels[i]] = 1;
        }

        rate = (float)(trial.Variables["c"] * d / (n * (double)trial.m));
    }

    /// <summary>Samples that are certainly wrong at the last weights, up to those that are not certainly right.</summary>
    public Ball Misclassified { get; private set; }

    /// <summary>Loss and misclassified samples over the steps, as single precision has them; at the end those that are not certainly right.</summary>
    public TrainingCurve Curve { get; } = new();

    /// <summary>Trains.</summary>
    /// <param name="samples">The samples; the trial's variables say how.</param>
    /// <param name="loss">The loss of a sample.</param>
    public static Fitting Run(ClassedSamples samples, Loss loss)
    {
        var fitting = new Fitting(samples, loss);
        fitting.Train((int)samples.Trial.Variables["T"]);
        return fitting;
    }

    private void Train(int most)
    {
        // All samples are passed through the network at every step of descent on all of them, and as often as minibatches have gone through them.
        var between = batch is null ? 1 : Math.Max(1, samples.Count / batch.State.Samples);
        for (var t = 0; ; t += between)
        {
            // Descent on all samples counts before its step, so its weights are one step on.
            var steps = batch is null ? t + 1 : t;
            var isLast = steps + between > most;
            var (before, wrong) = Advance(t, between);
            if (!isLast && wrong > 0 && float.IsFinite(before))
            {
                Curve.Add(t, before, wrong);
                continue;
            }

            Misclassified = Count();
            if (isLast || Misclassified.Upper == 0 || !float.IsFinite(before))
            {
                Curve.Add(steps, before, (int)Misclassified.Upper, isLast: true);
                samples.Trial.Measure(TrainingCurve.Steps, steps);
                return;
            }
        }
    }

    /// <summary>Loss and misclassified samples at W(t), and the steps that follow.</summary>
    private (float Loss, int Misclassified) Advance(int t, int steps)
    {
        if (batch is null)
        {
            return (GradientDescent.Step(network, inputs, targets, rate, loss, state), Wrong());
        }

        for (var s = Math.Max(0, t - steps); s < t; s++)
        {
            StochasticGradientDescent.Step(network, inputs, targets, rate, loss, batch, batches.Derive((ulong)s));
        }

        network.Forward(inputs, state);
        return (loss.Evaluate<float>(state, targets), Wrong());
    }

    private int Wrong()
    {
        var wrong = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            var right = state.Output[(samples.Labels[i] * state.Stride) + i];
            for (var j = 0; j < network.OutputDimension; j++)
            {
                if (j != samples.Labels[i] && !(state.Output[(j * state.Stride) + i] < right))
                {
                    wrong++;
                    break;
                }
            }
        }

        return wrong;
    }

    private Ball Count()
    {
        var exact = new FullyConnected<double>(network.InputDimension, network.Width, network.Depth, network.OutputDimension);
        for (var l = 0; l <= network.Depth + 1; l++)
        {
            var weights = new float[network.Layer(l).Rows * network.Layer(l).Columns];
            network.Layer(l).CopyTo(weights);
            exact.Layer(l).CopyFrom(Array.ConvertAll(weights, w => (double)w));
        }

        var passes = new BatchState<double>(exact, samples.Count);
        var radii = new BatchRadii<double>(exact, passes);
        CertifiedForward.Run(exact, samples.Inputs, passes, radii);
        var (wrong, open) = (0, 0);
        for (var i = 0; i < samples.Count; i++)
        {
            var (least, most) = Lead(passes, radii, i);
            wrong += most <= 0 ? 1 : 0;
            open += !(most <= 0 || least > 0) ? 1 : 0;
        }

        return new(wrong + (open / 2.0), open / 2.0);
    }

    /// <summary>By how much the right output of a sample leads over the others, at least and at most.</summary>
    private (double Least, double Most) Lead(BatchState<double> passes, BatchRadii<double> radii, int sample)
    {
        var (least, most) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var j = 0; j < network.OutputDimension; j++)
        {
            if (j != samples.Labels[sample])
            {
                var lead = Output(samples.Labels[sample]) - Output(j);
                (least, most) = (Math.Min(least, lead.Lower), Math.Min(most, lead.Upper));
            }
        }

        return (least, most);

        Ball Output(int j) => new(passes.Output[(j * passes.Stride) + sample], radii.Output[(j * passes.Stride) + sample]);
    }
}
