using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Core.Enclosures;
using Harness.Reports.Files;

namespace Harness.Reports.Certificates;

/// <summary>A number between two others, in exact arithmetic.</summary>
/// <param name="AtLeast">Lower bound.</param>
/// <param name="AtMost">Upper bound.</param>
public sealed record Range(double AtLeast, double AtMost)
{
    /// <summary>The ends of a ball; without end where its radius is no bound, as after an overflow.</summary>
    public static Range Of(Ball ball) => ball.IsRigorous ? new(ball.Lower, ball.Upper) : new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The ends of a ball with two words, likewise.</summary>
    public static Range Of(DoubleDoubleBall ball) => ball.IsRigorous ? new(ball.Lower, ball.Upper) : new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether both ends are numbers, so that something is said.</summary>
    [JsonIgnore]
    public bool IsFinite => double.IsFinite(AtLeast) && double.IsFinite(AtMost);
}

/// <summary>What a certificate is about.</summary>
/// <param name="Sha256">SHA-256 of the snapshot's file.</param>
/// <param name="Samples">n.</param>
/// <param name="InputDimension">𝔡.</param>
/// <param name="Width">m.</param>
/// <param name="Depth">L.</param>
/// <param name="OutputDimension">d.</param>
/// <param name="Network">Fully connected, convolutional or residual.</param>
/// <param name="Loss">The loss of a sample, as 'harness train' names it.</param>
/// <param name="TrainsAllLayers">Whether A and B are trained beside W₁…W_L.</param>
public sealed record Subject(string Sha256, int Samples, int InputDimension, int Width, int Depth, int OutputDimension, string Network, string Loss, bool TrainsAllLayers)
{
    /// <summary>What a snapshot holds.</summary>
    public static Subject Of(TrainedNetwork trained)
    {
        ArgumentNullException.ThrowIfNull(trained);
        var network = trained.Network;
        return new(
            trained.Sha256, trained.Samples, network.InputDimension, network.Width, network.Depth, network.OutputDimension, SnapshotNetwork.NameOf(network), trained.Loss.Name, network.TrainsAllLayers);
    }
}

/// <summary>How far a layer is from where it began, in spectral norm.</summary>
/// <param name="Layer">Its name in the snapshot.</param>
/// <param name="Range">‖W − W⁽⁰⁾‖₂.</param>
public sealed record Distance(string Layer, Range Range);

/// <summary>How the samples are classified: by the largest output, or by the sign of the only one.</summary>
/// <param name="Correct">Samples that are certainly classified as their targets say.</param>
/// <param name="Wrong">Samples that certainly are not.</param>
/// <param name="LeastMargin">A lower bound of the smallest lead of the right output over the others (d = 1: of output times the target's sign).</param>
public sealed record Classification(int Correct, int Wrong, double LeastMargin);

/// <summary>The tangent kernel's spectrum.</summary>
/// <param name="SmallestAtLeast">No eigenvalue is below.</param>
/// <param name="LargestAtMost">None is above.</param>
/// <param name="Guesses">The approximate extreme eigenvalues that the bounds were found from: with them one factorisation checks each.</param>
public sealed record KernelSpectrum(double SmallestAtLeast, double LargestAtMost, Range Guesses);

/// <summary>A certificate of training: statements about the weights and samples of one snapshot that hold in exact arithmetic.</summary>
/// <param name="Format">Names this layout.</param>
/// <param name="Subject">The snapshot.</param>
/// <param name="Loss">F(W) = Σᵢ f(yᵢ; yᵢ*) with the loss f of the subject.</param>
/// <param name="LossBelow">ε, where F(W) ≤ ε was asked for and proved.</param>
/// <param name="Classification">Null where targets name no class: several are largest, or the only one is zero.</param>
/// <param name="Accuracy">Where this fraction of right samples was asked for and proved.</param>
/// <param name="OpenSigns">At most so many neurons, over all layers and samples, have a sign that no rounding bound settles; they were carried as intervals.</param>
/// <param name="GradientNorm">‖∇F‖_F over the trained layers; null where n times the positions that share a layer is beyond <see cref="Certifier.LargestGradient"/>.</param>
/// <param name="Kernel">Null where n·d, times the positions that share a layer, is beyond <see cref="Certifier.LargestKernel"/>.</param>
/// <param name="Distances">For every trained layer from the lowest up, or null where the snapshot has no initial weights.</param>
/// <param name="Precisions">Which arithmetic decided what.</param>
public sealed record Certificate(
    string Format, Subject Subject, Range Loss, double? LossBelow, Classification? Classification, double? Accuracy, int OpenSigns, Range? GradientNorm, KernelSpectrum? Kernel,
    IReadOnlyList<Distance>? Distances, Precisions Precisions)
{
    /// <summary>The layout that this program writes and reads.</summary>
    public const string CurrentFormat = "harness-certificate/3";

    /// <summary>Reading allocates at most so many bytes for every byte of the file, and a mebibyte.</summary>
    internal const int MostBytesPerByte = 64;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>Writes the certificate, whole or not at all.</summary>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Json));

    /// <summary>Reads a certificate.</summary>
    /// <exception cref="DataFileException">The file cannot be read, is no certificate, or has another format.</exception>
    public static Certificate Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var certificate = JsonSerializer.Deserialize<Certificate>(stream, Json) ?? throw new DataFileException(path, "is not a certificate: it holds null.");
            return certificate.Format == CurrentFormat ? certificate : throw new DataFileException(path, $"has the format {DataFileException.Quote(certificate.Format)}; this program reads {CurrentFormat}.");
        }
        catch (JsonException e)
        {
            throw new DataFileException(path, $"is not a certificate: {DataFileException.Words(e)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"cannot be read: {DataFileException.Words(e)}", e);
        }
    }
}
