using System.Numerics;
using System.Numerics.Tensors;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Core.Threads;
using Harness.Core.Training;

namespace Harness.Perf.Ratios;

/// <summary>Products, steps and kernels of the fully connected network, d = 10 for steps and 1 for kernels, 𝔡 = 64.</summary>
internal static class NetworkWorkloads
{
    private const int InputDimension = 64;

    /// <summary>Two medians of the same work differ by a few hundredths.</summary>
    private const double MergedShare = 0.95;

    /// <summary>One hidden layer's product W·H, m × m by m × n.</summary>
    public static Workload Product<T>(string what, int n, int m, Target target, OpenBlas? blas, long cache)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
        $"{what}, m = {m}, n = {n}", Name<T>(), 1, 2.0 * m * m * n, FromMemory<T>((double)m * m, cache), 0, target, () =>
        {
            var (weights, stride) = (new Weights<T>(m, m), Stride<T>(n));
            weights.FillGaussian(RandomStream.FromSeed(1), Math.Sqrt(2.0 / m));
            var (h, g) = (new T[m * stride], new T[m * stride]);
            RandomStream.FromSeed(2).FillGaussian<T>(h, 1.0);
            List<Contender> contenders = [new("Harness", () => weights.Multiply(h, g, n, stride))];
            var (rows, b, c) = (new T[m * m], new T[m * n], new T[m * n]);
            weights.CopyTo(rows);
            RandomStream.FromSeed(2).FillGaussian<T>(b, 1.0);
            if (blas is not null)
            {
                contenders.Add(new("OpenBLAS", () => blas.Multiply(m, n, m, T.One, rows, false, b, false, T.Zero, c)));
            }

            if (m <= 1024)
            {
                contenders.Add(new("TensorPrimitives.Dot", () => DotLoops(rows, b, c, m, n)));
            }

            return new(contenders);
        });

    /// <summary>A layer with its adapter merged; without the adapter and with it side by side as peers. Merging is to cost nothing: the base's time is to be ours, but for the noise of a median.</summary>
    public static Workload Merged<T>(int n, int m, int rank)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
        $"merged adapter, m = {m}, n = {n}, r = {rank}", Name<T>(), 1, 2.0 * m * m * n, 0, 0, new(0, MergedShare), () =>
        {
            var (weights, merged, stride) = (new Weights<T>(m, m), new Weights<T>(m, m), Stride<T>(n));
            var adapter = new LowRankAdapter<T>(m, m, rank, AdapterScale.ByRank(2 * rank, rank));
            weights.FillGaussian(RandomStream.FromSeed(1), Math.Sqrt(2.0 / m));
            adapter.Down.FillGaussian(RandomStream.FromSeed(3), 1 / Math.Sqrt(m));
            adapter.Up.FillGaussian(RandomStream.FromSeed(4), 1 / Math.Sqrt(m));
            merged.CopyFrom(weights);
            adapter.Merge(merged);
            var (h, g, workspace) = (new T[m * stride], new T[m * stride], new T[adapter.WorkspaceLength(stride)]);
            RandomStream.FromSeed(2).FillGaussian<T>(h, 1.0);
            return new(
            [
                new("Harness", () => merged.Multiply(h, g, n, stride)),
                new("without adapter", () => weights.Multiply(h, g, n, stride)),
                new("side by side", () =>
                {
                    weights.Multiply(h, g, n, stride);
                    adapter.AddProduct(h, g, n, stride, workspace);
                }),
            ]);
        });

    /// <summary>A step of gradient descent.</summary>
    public static Workload Step<T>(int n, int m, int depth, int threads, double excess, OpenBlas? blas, long cache)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var weights = FromMemory<T>((double)depth * m * m, cache);
        return new($"GD step, n = {n}, m = {m}, L = {depth}", Name<T>(), threads, 2.0 * ((3 * depth) - 1) * m * m * n, weights, weights, new(1 / excess), () =>
        {
            var (network, inputs) = Network<T>(n, m, depth, 10);
            var team = threads > 1 ? new ThreadTeam(threads) : null;
            var (state, targets, η) = (new BatchState<T>(network, n, team), new T[n * 10], T.CreateChecked(1e-9));
            List<Contender> contenders = [new("Harness", () => GradientDescent.Step<T>(network, inputs, targets, η, state))];
            if (blas is not null)
            {
                var peer = new OpenBlasNetwork<T>(blas, network, inputs, n);
                contenders.Add(new("OpenBLAS by hand", () => peer.Step(η)));
            }

            return new(contenders, team);
        });
    }

    /// <summary>The empirical tangent kernel of a network with one output; of its Gram matrices half counts.</summary>
    public static Workload Kernel<T>(int n, int m, int depth, double excess, OpenBlas? blas, long cache)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
        $"tangent kernel, n = {n}, m = {m}, L = {depth}", Name<T>(), 1, (2.0 * ((2 * depth) - 1) * m * m * n) + (2.0 * depth * m * n * (n + 1)),
        FromMemory<T>(2.0 * depth * m * m, cache), 0, new(1 / excess), () =>
        {
            var (network, inputs) = Network<T>(n, m, depth, 1);
            var (state, kernel, workspace) = (new BatchState<T>(network, n), new T[n * n], new T[TangentKernel.WorkspaceLength(n, 1)]);
            List<Contender> contenders = [new("Harness", () => TangentKernel.Compute<T>(network, inputs, state, kernel, workspace))];
            if (blas is not null)
            {
                var peer = new OpenBlasNetwork<T>(blas, network, inputs, n);
                contenders.Add(new("OpenBLAS by hand", peer.Kernel));
            }

            return new(contenders);
        });

    private static (FullyConnected<T> Network, T[] Inputs) Network<T>(int n, int m, int depth, int outputDimension)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new FullyConnected<T>(InputDimension, m, depth, outputDimension);
        network.Initialise(RandomStream.FromSeed(1));
        var inputs = new T[n * InputDimension];
        RandomStream.FromSeed(2).FillGaussian<T>(inputs, 1 / Math.Sqrt(InputDimension));
        return (network, inputs);
    }

    /// <summary>The product as loops over rows of both factors, the right one transposed first: what TensorPrimitives offer without a matrix product.</summary>
    private static void DotLoops<T>(T[] a, T[] b, T[] c, int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                c[(i * n) + j] = TensorPrimitives.Dot<T>(a.AsSpan(i * m, m), b.AsSpan(j * m, m));
            }
        }
    }

    /// <summary>Bytes of so many numbers, if the last-level cache cannot hold them.</summary>
    private static double FromMemory<T>(double count, long cache)
        where T : unmanaged
    {
        unsafe
        {
            return count * sizeof(T) > cache ? count * sizeof(T) : 0;
        }
    }

    private static unsafe int Stride<T>(int n)
        where T : unmanaged => (n + (64 / sizeof(T)) - 1) / (64 / sizeof(T)) * (64 / sizeof(T));

    private static string Name<T>() => typeof(T) == typeof(float) ? "float" : "double";
}
