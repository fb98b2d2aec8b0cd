using System.Globalization;
using System.Security.Cryptography;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Reports.Files;

namespace Harness.Reports.Certificates;

/// <summary>
/// A network and the samples that it was trained on, read from a snapshot in the paper's names (arXiv:1811.03962, section 2): A (m × 𝔡), W1…WL (m × m), B (d × m), X (n × 𝔡), Y (n × d), and
/// W1_init…WL_init where they are there. Whoever wrote it: what is certified is a statement about these numbers.
/// </summary>
public sealed class TrainedNetwork
{
    private const string InitialSuffix = "_init";

    private TrainedNetwork(FullyConnected<double> network, Weights<double>[]? initial, double[] inputs, double[] targets, int samples, string path, string sha256) =>
        (Network, Initial, Inputs, Targets, Samples, Path, Sha256) = (network, initial, inputs, targets, samples, path, sha256);

    /// <summary>The file that it was read from.</summary>
    public string Path { get; }

    /// <summary>The network. Weights in single precision are numbers in double precision too, so nothing is rounded.</summary>
    public FullyConnected<double> Network { get; }

    /// <summary>W₁⁽⁰⁾…W_L⁽⁰⁾, or null where the snapshot has none.</summary>
    public IReadOnlyList<Weights<double>>? Initial { get; }

    /// <summary>n × 𝔡, one sample a row.</summary>
    public double[] Inputs { get; }

    /// <summary>n × d.</summary>
    public double[] Targets { get; }

    /// <summary>n.</summary>
    public int Samples { get; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a snapshot.</summary>
    /// <param name="path">The .npz file.</param>
    /// <exception cref="DataFileException">The file is missing or damaged, an array is missing, does not fit the others, or holds a number that is not finite.</exception>
    public static TrainedNetwork Read(string path)
    {
        var arrays = NpzFile.Read(path);
        RequireSupported(arrays, path);
        var a = Matrix(arrays, "A", path);
        var (m, inputDimension) = (a.Shape[0], a.Shape[1]);
        var depth = 0;
        while (arrays.ContainsKey($"W{depth + 1}"))
        {
            depth++;
        }

        if (depth == 0 || m == 0 || inputDimension == 0)
        {
            throw new DataFileException(path, depth == 0 ? "has no array W1: a network has at least one trained layer." : $"has an array A of shape {Text(a)}; width and input dimension are at least 1.");
        }

        if (arrays.Keys.FirstOrDefault(name => IsBeyond(name, depth, arrays.ContainsKey($"W1{InitialSuffix}"))) is { } beyond)
        {
            throw new DataFileException(
                path, $"has an array {beyond} that would be left out: the trained layers are W1 … W{depth}, numbered without a gap, and all of them or none have an initial state W1{InitialSuffix} ….");
        }

        var b = Matrix(arrays, "B", path);
        Require(b, "B", b.Shape[0], m, path);
        var x = Matrix(arrays, "X", path);
        Require(x, "X", x.Shape[0], inputDimension, path);
        var (n, d) = (x.Shape[0], b.Shape[0]);
        if (n == 0 || d == 0)
        {
            throw new DataFileException(path, $"has no samples or no outputs: X is {Text(x)}, B is {Text(b)}.");
        }

        var y = Matrix(arrays, "Y", path);
        Require(y, "Y", n, d, path);
        var network = new FullyConnected<double>(inputDimension, m, depth, d);
        network.Input.CopyFrom(a.Values);
        network.Output.CopyFrom(b.Values);
        for (var l = 1; l <= depth; l++)
        {
            network.Hidden(l).CopyFrom(Layer(arrays, $"W{l}", m, path).Values);
        }

        var initial = arrays.ContainsKey($"W1{InitialSuffix}") ? new Weights<double>[depth] : null;
        for (var l = 1; initial is not null && l <= depth; l++)
        {
            initial[l - 1] = new(m, m);
            initial[l - 1].CopyFrom(Layer(arrays, $"W{l}{InitialSuffix}", m, path).Values);
        }

        return new(network, initial, x.Values, y.Values, n, path, Hash(path));
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

    /// <summary>What is certified is the fully connected network with the squared loss, its hidden layers trained: a snapshot that says it is another one is not taken for it.</summary>
    private static void RequireSupported(IReadOnlyDictionary<string, NpyArray> arrays, string path)
    {
        foreach (var (array, kind) in new[] { ("network", "network that is not fully connected"), ("loss_function", "loss that is not the squared one") })
        {
            if (arrays.TryGetValue(array, out var code) && code.Values.Any(value => value != 0))
            {
                throw new DataFileException(path, $"has a {kind} ({array} is {string.Join(", ", code.Values)}, not 0); only fully connected networks with the squared loss are certified.");
            }
        }

        if (arrays.ContainsKey("gradA") || arrays.ContainsKey("gradB"))
        {
            throw new DataFileException(path, "has trained A or B (gradA or gradB is there); only networks whose hidden layers alone are trained are certified.");
        }
    }

    private static NpyArray Layer(IReadOnlyDictionary<string, NpyArray> arrays, string name, int m, string path)
    {
        var layer = Matrix(arrays, name, path);
        Require(layer, name, m, m, path);
        return layer;
    }

    private static NpyArray Matrix(IReadOnlyDictionary<string, NpyArray> arrays, string name, string path)
    {
        if (!arrays.TryGetValue(name, out var array))
        {
            throw new DataFileException(path, $"has no array {name}; a snapshot has A, W1…, B, X and Y, as 'harness train --snapshot' writes it.");
        }

        if (array.Shape.Length != 2)
        {
            throw new DataFileException(path, $"has an array {name} of shape {Text(array)}; it must be a matrix.");
        }

        var odd = array.Values.AsSpan().IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        return odd < 0 ? array : throw new DataFileException(
            path, $"has {array.Values[odd]} in {name}[{odd / array.Shape[1]}, {odd % array.Shape[1]}]; nothing can be certified of a network with such a number.");
    }

    private static void Require(NpyArray array, string name, int rows, int columns, string path)
    {
        if (array.Shape[0] != rows || array.Shape[1] != columns)
        {
            throw new DataFileException(path, $"has an array {name} of shape {Text(array)}; beside the others it must be ({rows}, {columns}).");
        }
    }

    private static string Text(NpyArray array) => $"({string.Join(", ", array.Shape)})";

    private static string Hash(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"cannot be read: {e.Message}", e);
        }
    }
}
