using System.Globalization;
using System.Security.Cryptography;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;
using Harness.Reports.Files;

namespace Harness.Reports.Certificates;

/// <summary>
/// A network and the samples that it was trained on, read from a snapshot in the paper's names (arXiv:1811.03962, section 2 and appendices B and C): A, W1…WL, B, X (n × 𝔡), Y (n × d), the kind of network and loss where they are not the
/// fully connected one and the squared one, and W1_init… where they are there. Whoever wrote it: what is certified is a statement about these numbers.
/// </summary>
public sealed class TrainedNetwork
{
    private const string InitialSuffix = "_init";

    /// <summary>Reading allocates at most so many bytes for every byte of the file, and <see cref="MostBytesOfGraph"/>: the arrays, and the weights again.</summary>
    internal const int MostBytesPerByte = 2 * NpzFile.MostBytesPerByte;

    /// <summary>What the positions that filters read may take.</summary>
    internal const int MostBytesOfGraph = 1 << 26;

    private TrainedNetwork(Network<double> network, Loss loss, Weights<double>[]? initial, double[] inputs, double[] targets, int samples, string path, string sha256) =>
        (Network, Loss, Initial, Inputs, Targets, Samples, Path, Sha256) = (network, loss, initial, inputs, targets, samples, path, sha256);

    /// <summary>The file that it was read from.</summary>
    public string Path { get; }

    /// <summary>The network. Weights in single precision are numbers in double precision too, so nothing is rounded.</summary>
    public Network<double> Network { get; }

    /// <summary>The loss of a sample.</summary>
    public Loss Loss { get; }

    /// <summary>The trained layers before training, from the lowest up, or null where the snapshot has none.</summary>
    public IReadOnlyList<Weights<double>>? Initial { get; }

    /// <summary>n × 𝔡, one sample a row.</summary>
    public double[] Inputs { get; }

    /// <summary>n × d.</summary>
    public double[] Targets { get; }

    /// <summary>n.</summary>
    public int Samples { get; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Columns that one sample has in the widest trained layer: 1, or the positions that share it.</summary>
    internal int Positions => Enumerable.Range(Network.FirstTrained, Network.LastTrained - Network.FirstTrained + 1).Max(Network.Positions);

    /// <summary>The name that layer l has in a snapshot.</summary>
    internal string NameOf(int layer) => layer == 0 ? "A" : layer <= Network.Depth ? $"W{layer}" : "B";

    /// <summary>Reads a snapshot.</summary>
    /// <param name="path">The .npz file.</param>
    /// <exception cref="DataFileException">The file is missing or damaged, an array is missing, does not fit the others, or holds a number that is not finite.</exception>
    public static TrainedNetwork Read(string path)
    {
        var arrays = new SnapshotArrays(path);
        var a = arrays.Matrix("A");
        var depth = 0;
        while (arrays.Has($"W{depth + 1}"))
        {
            depth++;
        }

        if (depth == 0 || a.Shape[0] == 0 || a.Shape[1] == 0)
        {
            throw new DataFileException(path, depth == 0 ? "has no array W1: a network has at least one trained layer." : $"has an array A of shape {SnapshotArrays.Text(a)}; width and input dimension are at least 1.");
        }

        var hasInitial = arrays.Has($"W1{InitialSuffix}");
        if (arrays.Names.FirstOrDefault(name => IsBeyond(name, depth, hasInitial)) is { } beyond)
        {
            throw new DataFileException(
                path, $"has an array {beyond} that would be left out: the trained layers are W1 … W{depth}, numbered without a gap, and all of them or none have an initial state W1{InitialSuffix} ….");
        }

        var b = arrays.Matrix("B");
        var x = arrays.Matrix("X");
        var (n, d) = (x.Shape[0], b.Shape[0]);
        if (n == 0 || d == 0)
        {
            throw new DataFileException(path, $"has no samples or no outputs: X is {SnapshotArrays.Text(x)}, B is {SnapshotArrays.Text(b)}.");
        }

        // A network is made of the shape that few numbers claim, so the arrays must hold as many weights as it has at the least.
        for (var l = 1; l <= depth; l++)
        {
            var (rows, columns) = (arrays.Matrix($"W{l}").Shape[0], arrays.Matrix($"W{l}").Shape[1]);
            if (rows != a.Shape[0] || columns < a.Shape[0])
            {
                throw new DataFileException(path, $"has an array W{l} of shape ({rows}, {columns}); beside A, of shape {SnapshotArrays.Text(a)}, it must be ({a.Shape[0]}, {a.Shape[0]}), or wider in a convolutional network.");
            }
        }

        arrays.Require(b, "B", d, a.Shape[0]);
        var network = SnapshotNetwork.Create(arrays, a, x, depth, d);
        arrays.Require(x, "X", n, network.InputDimension);
        var y = arrays.Matrix("Y");
        arrays.Require(y, "Y", n, d);
        var initial = new List<Weights<double>>();
        for (var l = 0; l <= depth + 1; l++)
        {
            var (name, layer) = (l == 0 ? "A" : l <= depth ? $"W{l}" : "B", network.Layer(l));
            layer.CopyFrom(arrays.Matrix(name, layer.Rows, layer.Columns).Values);
            if (hasInitial && l >= network.FirstTrained && l <= network.LastTrained)
            {
                initial.Add(new(layer.Rows, layer.Columns));
                initial[^1].CopyFrom(arrays.Matrix(name + InitialSuffix, layer.Rows, layer.Columns).Values);
            }
        }

        return new(network, SnapshotNetwork.LossOf(arrays), hasInitial ? [.. initial] : null, x.Values, y.Values, n, path, Hash(path));
    }

    /// <summary>What to throw where numbers are too large to say anything of a quantity.</summary>
    internal DataFileException Overflow(string quantity) => new(Path, $"has numbers so large that {quantity} overflows double precision on the way; nothing can be certified of it.");

    /// <summary>Whether a name is that of a layer, or of its initial state, that would be left out silently.</summary>
    private static bool IsBeyond(string name, int depth, bool hasInitial)
    {
        var isInitial = name.EndsWith(InitialSuffix, StringComparison.Ordinal);
        var number = isInitial ? name[..^InitialSuffix.Length] : name;
        return number.StartsWith('W') && int.TryParse(number.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var l) && (l < 1 || l > depth || (isInitial && !hasInitial));
    }

    private static string Hash(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"cannot be read: {DataFileException.Words(e)}", e);
        }
    }
}
