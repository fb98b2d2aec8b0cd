using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary><c>harness kernel</c>: the Gram matrix of a data set under the kernel of a network, finite or infinitely wide, as a NumPy array.</summary>
internal static class KernelCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A table of samples: one row each, comma, semicolon or tab between columns, with or without a header." };
        var rows = Numbers.OptionalCount("--rows", "Take the first N samples.", "N");
        var label = new Option<string?>("--label") { Description = "The column that is no input. Default: the last.", HelpName = "last|first|NAME|INDEX" };
        var kind = Choice.Of("--kind", KernelKind.Ntk, "The limit of the tangent kernel, the limit of the outputs' covariance, or the tangent kernel of one network of width m.");
        var architecture = ArchitectureOptions.Abbreviated();
        var depth = Numbers.Count("--depth", "L, the number of trained hidden layers.", 3);
        var width = Numbers.OptionalCount("--width", "m, the width of an empirical kernel's network. Default: 1024.", "m");
        var seed = Numbers.Seed();
        var output = new Option<string>("--out") { Description = "The .npy file to write: n × n, double precision.", HelpName = "FILE", Required = true };
        var command = new ExemplifiedCommand(
            "kernel",
            "Write the kernel matrix of your data as a NumPy .npy: NTK or NNGP of an infinitely wide network, or the tangent kernel of a finite one.",
            ("harness kernel mine.csv --depth 5 --out K.npy", "tangent kernel of an infinitely wide fully connected network"),
            ("harness kernel mine.csv --kind nngp --arch conv --positions 8x8 --filter 3x3 --depth 2 --out K.npy", "covariance of a convolutional network's outputs"),
            ("harness kernel mine.csv --kind empirical --arch res --depth 10 --width 512 --seed 7 --out K.npy", "one residual network at initialisation"))
        {
            file, rows, label, kind, depth, width, seed, output,
        };
        architecture.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var data = InputData.Read(parsed.GetRequiredValue(file), parsed.GetValue(rows), parsed.GetValue(label), samples => KernelRequest.RequireColumns(samples));
                var request = new KernelRequest(
                    data, parsed.GetValue(kind), architecture.Read(parsed, data.Samples), parsed.GetValue(depth), parsed.GetValue(width), parsed.GetValue(seed), parsed.GetRequiredValue(output));
                return KernelFile.Write(request, Console.Out, cancellation);
            },
            CancellationToken.None));
        return command;
    }
}
