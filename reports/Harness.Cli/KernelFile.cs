using Harness.Cli.Output;
using Harness.Core.Data;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Reports.Files;
using Harness.Reports.Runs;

namespace Harness.Cli;

/// <summary>Which kernel of a network.</summary>
internal enum KernelKind
{
    /// <summary>The tangent kernel in the limit of infinite width.</summary>
    Ntk,

    /// <summary>The covariance of the outputs in that limit.</summary>
    Nngp,

    /// <summary>The tangent kernel of one network at initialisation.</summary>
    Empirical,
}

/// <summary>What <c>kernel</c> is asked for.</summary>
/// <param name="Data">The samples.</param>
/// <param name="Kind">Which kernel.</param>
/// <param name="Architecture">Of which network.</param>
/// <param name="Depth">L.</param>
/// <param name="Width">m of an empirical kernel, or null for the default.</param>
/// <param name="Seed">Seed of an empirical kernel's weights.</param>
/// <param name="Output">The file to write.</param>
internal sealed record KernelRequest(InputData Data, KernelKind Kind, Architecture Architecture, int Depth, int? Width, ulong Seed, string Output)
{
    /// <summary>The most columns of a matrix: samples, times positions where an empirical kernel has those.</summary>
    private const int MostColumns = 10_000;

    /// <summary>Refuses what does not fit together before anything is computed.</summary>
    /// <exception cref="UsageException">It does not; the message says what to do.</exception>
    public void Validate()
    {
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(Output))))
        {
            throw new UsageException($"--out {Output}: there is no such folder to write it in.");
        }

        if (Width is not null && Kind != KernelKind.Empirical)
        {
            throw new UsageException("--width belongs to --kind empirical; the other kernels are those of infinite width.");
        }

        RequireColumns(Data.Samples, Kind == KernelKind.Empirical && Architecture is Architecture.Convolutional grid ? grid.Height * grid.Width : 1);
    }

    /// <summary>Refuses more samples than a matrix has room for.</summary>
    /// <exception cref="UsageException">There are more.</exception>
    public static void RequireColumns(DataSet samples, int positions = 1)
    {
        if ((long)samples.Count * positions > MostColumns)
        {
            throw new UsageException($"{samples.Name} has {samples.Count} samples{(positions == 1 ? "" : $" of {positions} positions")}, and a matrix has at most {MostColumns} columns. Take {MostColumns / positions} with --rows.");
        }
    }
}

/// <summary>Computes kernel matrices of samples and writes them.</summary>
/// <remarks>
/// The networks are those of <c>train</c>: A and B stay as they were drawn, W₁…W_L are trained. An empirical tangent kernel is multiplied by 2/m, so that it tends to the limit that <see cref="KernelKind.Ntk"/> names. The residual layer of
/// arXiv:1811.03962 has no closed limit; the limits of a residual network are those of <see cref="ResidualKernel"/>.
/// </remarks>
internal static class KernelFile
{
    private const int StandardWidth = 1024;

    /// <summary>Computes, writes and says what was written; a run that is cancelled writes nothing.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Write(KernelRequest request, TextWriter text, CancellationToken cancellation)
    {
        request.Validate();
        DataText.Write(text, request.Data.Request.Summary);
        var samples = request.Architecture.Prepare(request.Data.Samples);
        var matrix = request.Kind == KernelKind.Empirical ? Empirical(request, samples) : Limit(request, samples);
        cancellation.ThrowIfCancellationRequested();
        NpyArray.Write<double>(request.Output, matrix, samples.Count, samples.Count);
        text.WriteLine($"Wrote {request.Output}: {samples.Count} × {samples.Count}, {Describe(request)}.");
        return ExitCode.Holds;
    }

    private static double[] Empirical(KernelRequest request, DataSet samples)
    {
        var (n, m) = (samples.Count, request.Width ?? StandardWidth);
        var network = request.Architecture.Create<double>(new DataSet(samples.Name, samples.Inputs, samples.InputDimension, new double[n], 1), m, request.Depth, trainsAllLayers: false);
        network.Initialise(RandomStream.FromSeed(request.Seed).Derive("weights"));
        var (state, matrix) = (new BatchState<double>(network, n), new double[n * n]);
        TangentKernel.Compute(network, samples.Inputs, state, matrix, new double[TangentKernel.WorkspaceLength(state)]);
        return Array.ConvertAll(matrix, entry => 2 * entry / m);
    }

    private static double[] Limit(KernelRequest request, DataSet samples)
    {
        var (kind, depth) = (request.Kind == KernelKind.Ntk ? LimitingKernel.Tangent : LimitingKernel.GaussianProcess, request.Depth);
        return request.Architecture switch
        {
            Architecture.Convolutional grid => Gram(InfiniteWidthKernel.FrozenEnds(PositionGraph.Torus(grid.Height, grid.Width, grid.FilterHeight, grid.FilterWidth), depth, kind), samples),
            Architecture.Residual { Step: var scale } => Gram(new ResidualKernel(depth, scale ?? 1 / Math.Sqrt(depth), PiecewiseAffine.Rectifier, kind), samples),
            _ => Gram(kind == LimitingKernel.Tangent ? InfiniteWidthKernel.FrozenEnds(depth) : InfiniteWidthKernel.FullyConnected(depth + 1, PiecewiseAffine.Rectifier, kind), samples),
        };
    }

    private static double[] Gram(IKernel kernel, DataSet samples)
    {
        var n = samples.Count;
        var matrix = new double[n * n];
        KernelMatrix.Gram(kernel, samples.Inputs, n, matrix, new double[KernelMatrix.WorkspaceLength(kernel, n, samples.InputDimension)]);
        return matrix;
    }

    private static string Describe(KernelRequest request)
    {
        var network = request.Architecture switch { Architecture.Convolutional => "convolutional", Architecture.Residual => "residual", _ => "fully connected" };
        return request.Kind switch
        {
            KernelKind.Empirical => $"2/m times the tangent kernel of a {network} network, L = {request.Depth}, m = {request.Width ?? StandardWidth}, seed {request.Seed}",
            KernelKind.Ntk => $"tangent kernel of a {network} network of infinite width, L = {request.Depth}",
            _ => $"covariance of the outputs of a {network} network of infinite width, L = {request.Depth}",
        };
    }
}
