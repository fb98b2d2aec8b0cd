using System.Numerics.Tensors;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Core.Threads;

namespace Harness.Perf.Ratios;

/// <summary>Dispatch to a team of threads, kernels of infinite width, and what runs along vectors: draws and reductions.</summary>
internal static class OtherWorkloads
{
    /// <summary>Nothing, done by a team of two.</summary>
    public static Workload Dispatch() => new("dispatch and join of two threads", "-", 2, 0, 0, 0, new(0, 1), () =>
    {
        var (team, body) = (new ThreadTeam(2), new Action<int>(_ => { }));
        return new(
            [
                new("Harness", () =>
                {
                    var work = default(Nothing);
                    team.Run(ref work);
                }),
                new("Parallel.For", () => Parallel.For(0, 2, body)),
            ],
            team);
    });

    /// <summary>The tangent kernel of infinite width of n standard normal inputs, L rectified layers; NumPy beside it.</summary>
    public static Workload InfiniteWidth(int n, int dimension, int depth, int threads) => new($"infinite-width kernel, n = {n}, 𝔡 = {dimension}, L = {depth}", "double", threads, 0, 0, 0, new(0, 5), () =>
    {
        var (inputs, matrix, kernel) = (new double[n * dimension], new double[n * n], InfiniteWidthKernel.FullyConnected(depth, PiecewiseAffine.Rectifier, LimitingKernel.Tangent));
        RandomStream.FromSeed(1).FillGaussian<double>(inputs, 1);
        var team = threads > 1 ? new ThreadTeam(threads) : null;
        var workspace = new double[KernelMatrix.WorkspaceLength(kernel, n, dimension, threads)];
        return new([new("Harness", () => KernelMatrix.Gram(kernel, inputs, n, matrix, workspace, team))], team);
    });

    /// <summary>Inner product of two vectors in the fixed order, from main memory.</summary>
    public static Workload Dot()
    {
        const int Length = 1 << 24;
        return new("inner product from memory, n = 2²⁴", "double", 1, 2.0 * Length, 16.0 * Length, 0, new(0.8), () =>
        {
            var (x, y) = (new double[Length], new double[Length]);
            x.AsSpan().Fill(1);
            y.AsSpan().Fill(1);
            return new([new("Harness", () => FixedOrder.Dot<double>(x, y)), new("TensorPrimitives.Dot", () => TensorPrimitives.Dot<double>(x, y))]);
        });
    }

    /// <summary>Standard normal draws; MathNet's own generator beside them.</summary>
    public static Workload Draws()
    {
        const int Length = 1 << 16;
        return new("Gaussian draws, n = 2¹⁶", "double", 1, 0, 0, 0, new(0, 1), () =>
        {
            var (draws, stream, source) = (new double[Length], RandomStream.FromSeed(1), new MathNet.Numerics.Random.Xoshiro256StarStar(1));
            return new(
            [
                new("Harness", () => stream.FillGaussian(draws, 1.0)),
                new("MathNet", () => MathNet.Numerics.Distributions.Normal.Samples(source, draws, 0, 1)),
            ]);
        });
    }

    private struct Nothing : ITeamWork
    {
        public readonly void Execute(int member, int count)
        {
        }
    }
}
