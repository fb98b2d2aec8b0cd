using System.CommandLine;
using Harness.Core.Training;
using Harness.Reports.Runs;

namespace Harness.Cli.Commands;

/// <summary>The precision of a network.</summary>
internal enum Precision
{
    /// <summary>Binary64.</summary>
    Double,

    /// <summary>Binary32.</summary>
    Float,
}

/// <summary><c>harness train</c>: gradient descent on a data set, and a snapshot that another program can check.</summary>
internal static class TrainCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var (data, architecture, rate, seed) = (new DataOptions(), new ArchitectureOptions(), RateOption.Create(), Numbers.Seed());
        var width = Numbers.Count("--width", "m, the width of the hidden layers.", 256);
        var depth = Numbers.Count("--depth", "L, the number of hidden layers.", 3);
        var all = new Option<bool>("--train-all") { Description = "Train A and B too, which the paper leaves as they were drawn." };
        var loss = Choice.Among("--loss", [.. Loss.All.Select(l => (l.Name, l))], Loss.Squared, "The loss of a sample (see docs/cli.md).");
        var steps = Numbers.Count("--steps", "T, the number of steps, or the most where it is told when to stop.", 100);
        var batch = Numbers.OptionalCount("--batch", "b, the samples of a step of stochastic gradient descent. Default: all, which is gradient descent.", "b");
        var untilLoss = Numbers.Optional("--until-loss", "Stop when F(W) ≤ ε.", "ε", ε => ε >= 0, "a number that is not negative, such as 1e-3");
        var untilAccuracy = Numbers.Optional("--until-accuracy", "Stop when at least this fraction of the samples is classified rightly.", "a", a => a is >= 0 and <= 1, "a fraction between 0 and 1");
        var precision = Choice.Of("--precision", Precision.Double, "Precision of weights and passes.");
        var snapshot = new Option<string>("--snapshot") { Description = "The .npz file to write.", HelpName = "FILE", Required = true };
        var command = new ExemplifiedCommand(
            "train",
            "Train a network by gradient descent and write weights, gradient and tangent kernel as a NumPy .npz.",
            ("harness train --rows 50 --snapshot digits.npz", "50 of the digits, fully connected, squared loss"),
            ("harness train --depth 4 --loss cross-entropy --batch 64 --rate 0.0028d/m --steps 6000 --until-accuracy 1 --precision float --snapshot all.npz", "all the digits, by stochastic gradient descent, until every one is learnt"),
            ("harness train --network convolutional --filter 3x3 --width 32 --depth 2 --rows 50 --snapshot convolution.npz", "filters over the 8 × 8 pixels of a digit"),
            ("harness train --network residual --depth 20 --loss logistic --train-all --rows 50 --snapshot residual.npz", "a deep one, with all layers trained"),
            ("harness train --data mine.csv --width 1024 --depth 2 --steps 500 --rate 1e-4 --precision float --snapshot mine.npz", "a table of one's own"));
        data.AddTo(command);
        architecture.AddTo(command);
        foreach (var option in new Option[] { width, depth, all, loss, batch, steps, untilLoss, untilAccuracy, rate, seed, precision, snapshot })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var samples = data.Read(parsed) ?? throw new UsageException("--data none: there is nothing to train on. Leave the option out for the digits that come with the program.");
                var settings = new TrainingSettings(
                    architecture.Read(parsed, samples.Samples),
                    parsed.GetValue(width),
                    parsed.GetValue(depth),
                    parsed.GetValue(all),
                    parsed.GetRequiredValue(loss),
                    parsed.GetValue(batch),
                    parsed.GetValue(rate)?.In(parsed.GetValue(width), samples.Samples.OutputDimension),
                    parsed.GetValue(seed));
                var request = new TrainingRequest(samples, settings, parsed.GetValue(steps), new(parsed.GetValue(untilLoss), parsed.GetValue(untilAccuracy)), parsed.GetRequiredValue(snapshot));
                return parsed.GetValue(precision) == Precision.Float ? Training.Run<float>(request, cancellation) : Training.Run<double>(request, cancellation);
            },
            CancellationToken.None));
        return command;
    }
}
