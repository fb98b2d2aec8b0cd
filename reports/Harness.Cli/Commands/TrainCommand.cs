using System.CommandLine;
using System.Globalization;

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
    private const string AutomaticRate = "auto";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = new DataOptions();
        var width = Numbers.Count("--width", "m, the width of the hidden layers.", 256);
        var depth = Numbers.Count("--depth", "L, the number of trained layers.", 3);
        var steps = Numbers.Count("--steps", "T, the number of steps.", 100);
        var rate = Rate();
        var seed = Numbers.Seed();
        var precision = Choice.Of("--precision", Precision.Double, "Precision of weights and passes.");
        var snapshot = new Option<string>("--snapshot") { Description = "The .npz file to write.", HelpName = "FILE", Required = true };
        var command = new ExemplifiedCommand(
            "train",
            "Train a fully connected network by gradient descent and write weights, gradient and tangent kernel as a NumPy .npz.",
            ("harness train --rows 50 --snapshot digits.npz", "50 of the digits, at the theorem's learning rate"),
            ("harness train --data mine.csv --width 1024 --depth 2 --steps 500 --rate 1e-4 --precision float --snapshot mine.npz", "everything chosen"));
        data.AddTo(command);
        foreach (var option in new Option[] { width, depth, steps, rate, seed, precision, snapshot })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var samples = data.Read(parsed) ?? throw new UsageException("--data none: there is nothing to train on. Leave the option out for the digits that come with the program.");
                var request = new TrainingRequest(
                    samples,
                    parsed.GetValue(width),
                    parsed.GetValue(depth),
                    parsed.GetValue(steps),
                    parsed.GetValue(rate),
                    parsed.GetValue(seed),
                    parsed.GetRequiredValue(snapshot));
                return parsed.GetValue(precision) == Precision.Float ? Training.Run<float>(request, cancellation) : Training.Run<double>(request, cancellation);
            },
            CancellationToken.None));
        return command;
    }

    private static Option<double?> Rate() => new("--rate")
    {
        Description = $"η, the learning rate. Default: {AutomaticRate}, which is d/(n L m).",
        HelpName = $"{AutomaticRate}|X",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text == AutomaticRate)
            {
                return null;
            }

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var η) && η > 0 && double.IsFinite(η))
            {
                return η;
            }

            result.AddError($"--rate {text}: expected {AutomaticRate} or a positive number, such as 1e-4.");
            return null;
        },
    };
}
