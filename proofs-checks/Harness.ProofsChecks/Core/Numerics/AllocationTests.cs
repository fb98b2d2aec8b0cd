using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>After the first call no numerical routine allocates: the count of bytes over a thousand calls is exactly zero.</summary>
[NonParallelizable]
public sealed class AllocationTests
{
    private const int M = 40, N = 9;

    private readonly RandomStream stream = RandomStream.FromSeed(1);
    private readonly Weights<double> weights = new(M, M);
    private readonly Weights<float> narrow = new(M, M);
    private readonly double[] h = new double[M * N], d = new double[M * N], a = new double[M * M], b = new double[M * M], workspace = new double[20_000];
    private readonly float[] floats = new float[M * N], otherFloats = new float[M * N];
    private readonly int[] permutation = new int[M];

    private static IEnumerable<TestCaseData> Routines()
    {
        TestCaseData Routine(string name, Action<AllocationTests> call) => new TestCaseData(call).SetArgDisplayNames(name);
        yield return Routine("draws", t => { t.stream.Derive("label").Derive(3).FillGaussian<double>(t.h, 1); t.stream.FillUniform<float>(t.floats); t.stream.Permutation(t.permutation); });
        yield return Routine("Gaussian weights", t => { t.weights.FillGaussian(t.stream, 1e-3); t.narrow.FillGaussian(t.stream, 1e-3); });
        yield return Routine("copies", t => { t.weights.CopyTo(t.a); t.weights.CopyFrom(t.a); t.weights.CopyFrom(t.weights); });
        yield return Routine("products in double", t => { t.weights.Multiply(t.h, t.d, N, N); t.weights.MultiplyTransposed(t.d, t.h, N, N); t.weights.AddOuterProduct(1e-9, t.d, t.h, N, N); });
        yield return Routine("products in float", t => { t.narrow.Multiply(t.floats, t.otherFloats, N, N); t.narrow.AddOuterProduct(1e-9f, t.floats, t.otherFloats, N, N); });
        yield return Routine("elementwise", t => { t.weights.AddScaled(0, t.weights); t.weights.Scale(1); _ = t.weights.SquaredFrobeniusNorm(); });
        yield return Routine("Gram matrix", t => { GramMatrix.Compute<double>(t.h, M, N, N, t.a.AsSpan(0, N * N)); GramMatrix.AddHadamard<double>(t.a, t.a, t.b); });
        yield return Routine("fixed-order sums", t => _ = FixedOrder.Dot<double>(t.h, t.d) + FixedOrder.Sum<float>(t.floats));
        yield return Routine("Cholesky", t => { t.SetLaplacian(); Cholesky.TryFactor<double>(t.a, M); Cholesky.Solve<double>(t.a, M, t.h.AsSpan(0, M)); });
        yield return Routine("eigenvalues", t =>
        {
            t.SetLaplacian();
            var (values, rest) = (t.workspace.AsMemory(0, M), t.workspace.AsMemory(M));
            SymmetricEigen.Values(t.a, M, values.Span, rest.Span);
            t.SetLaplacian();
            SymmetricEigen.Decompose(t.a, M, values.Span, t.b, rest.Span);
            t.SetLaplacian();
            _ = SymmetricEigen.Radius(t.a, M, values.Span, t.b, rest.Span);
        });
        var (problem, values, left) = (new NuclearNormLeastSquares([1, 0, 2, 0, 1, -1, 3, 1, 0, 1, 1, 1], [1, -1], 2, 3), new double[M], new double[M * M]);
        yield return Routine("singular values and low rank", t =>
        {
            RandomStream.FromSeed(1).FillGaussian<double>(t.a, 1);
            SingularValueDecomposition.Compute(t.a.AsSpan(0, 5 * M), 5, values.AsSpan(0, 5), left.AsSpan(0, 25));
            problem.Minimise(0.1, 1e-6, 40);
            _ = RankReduction.Reduce(t.b.AsSpan(0, 2 * 16), 2, 4, t.a.AsSpan(0, 12), t.workspace);
        });
        yield return Routine("spectral norm", t =>
        {
            t.weights.FillGaussian(t.stream, 1.0);
            _ = SpectralNorm.Enclose(t.weights, t.stream, 1e-3, t.workspace);
            _ = SpectralNorm.EncloseCoarsely(t.weights, t.stream, 3, t.workspace);
        });
    }

    private static IEnumerable<TestCaseData> ElementaryRoutines()
    {
        var (inputs, kernel, radii) = (new double[N * 3], new double[N * N], new double[N * N]);
        RandomStream.FromSeed(2).FillGaussian<double>(inputs, 1);
        yield return new TestCaseData((Action<AllocationTests>)(t =>
        {
            BallVector.Exp<double>(new(t.h, t.d), new(t.d, t.h));
            BallVector.Acos<float>(new(t.floats, t.otherFloats), new(t.floats, t.otherFloats));
            _ = Ball.Pow(Ball.Exactly(2), Ball.Pi) + Ball.Log(Ball.Pi);
        })).SetArgDisplayNames("elementary functions");
        yield return new TestCaseData((Action<AllocationTests>)(_ => CertifiedLimitKernel.Compute(inputs, N, 2, kernel, radii))).SetArgDisplayNames("certified limit kernel");
    }

    private static IEnumerable<TestCaseData> KernelRoutines()
    {
        var (inputs, block, radii) = (new double[N * 6], new double[N * N], new double[N * N]);
        RandomStream.FromSeed(2).FillGaussian<double>(inputs, 1);
        foreach (ICertifiedKernel kernel in new ICertifiedKernel[]
        {
            InfiniteWidthKernel.WithInputAndOutputBias(3), new ResidualKernel(2, 0.5, PiecewiseAffine.AbsoluteValue, LimitingKernel.Tangent),
            InfiniteWidthKernel.Convolutional(PositionGraph.Ring(3, 2), [new(1), new(2)], PiecewiseAffine.Rectifier, KernelReadout.Flatten, LimitingKernel.Tangent),
        })
        {
            var (workspace, balls) = (new double[KernelMatrix.WorkspaceLength(kernel, N, 6)], new Ball[kernel.EnclosureLength(N, N, 6)]);
            yield return new TestCaseData((Action<AllocationTests>)(_ =>
            {
                KernelMatrix.Gram(kernel, inputs, N, block, workspace);
                kernel.Block(inputs, N, inputs, N, block, workspace.AsSpan()[(N * N)..]);
            })).SetArgDisplayNames($"kernel of infinite width, {kernel.GetType().Name}, {workspace.Length}");
            yield return new TestCaseData((Action<AllocationTests>)(_ => kernel.Enclose(inputs.AsSpan(0, 12), 2, inputs.AsSpan(0, 12), 2, new(block.AsSpan(0, 4), radii.AsSpan(0, 4)), balls)))
                .SetArgDisplayNames($"enclosure of a kernel of infinite width, {kernel.GetType().Name}, {balls.Length}");
        }
    }

    private static IEnumerable<TestCaseData> CertifiedRoutines()
    {
        var network = new FullyConnected<double>(3, M, 2, 2);
        network.Initialise(RandomStream.FromSeed(1));
        var (inputs, targets, kernel, bounds) = (new double[N * 3], new double[N * 2], new double[4 * N * N], new double[4 * N * N]);
        RandomStream.FromSeed(2).FillGaussian<double>(inputs, 1);
        var (state, wide, retry) = (new BatchState<double>(network, N), new BatchState<double>(network, 2 * N), new DoubleDoubleState(network, N));
        var (radii, wideRadii) = (new BatchRadii<double>(network, state), new BatchRadii<double>(network, wide));
        var (work, bound) = (new double[CertifiedGradient.WorkspaceLength(wide)], new double[EigenvalueBounds.WorkspaceLength(2 * N)]);
        yield return new TestCaseData((Action<AllocationTests>)(_ =>
        {
            CertifiedForward.Run<double>(network, inputs, state, radii);
            CertifiedLoss.Evaluate<double>(state, radii, targets);
            CertifiedGradient.Backward(network, state, radii);
            CertifiedGradient.SquaredFrobeniusNorm<double>(state, radii, work);
        })).SetArgDisplayNames("certified loss and gradient");
        yield return new TestCaseData((Action<AllocationTests>)(_ =>
        {
            CertifiedTangentKernel.Compute<double>(network, inputs, wide, wideRadii, kernel, bounds, work);
            EigenvalueBounds.Smallest(kernel, bounds, 2 * N, 0, 1e-3, bound);
        })).SetArgDisplayNames("certified kernel and its smallest eigenvalue");
        yield return new TestCaseData((Action<AllocationTests>)(_ => DoubleDoubleForward.Loss(network, inputs, targets, retry))).SetArgDisplayNames("double-double loss");
    }

    [TestCaseSource(nameof(Routines))]
    [TestCaseSource(nameof(CertifiedRoutines))]
    [TestCaseSource(nameof(ElementaryRoutines))]
    [TestCaseSource(nameof(KernelRoutines))]
    public void Routine_AfterWarmUp_AllocatesNothing(Action<AllocationTests> routine)
    {
        routine(this);
        routine(this);

        // A collection that another thread of the test process starts takes this thread's buffer away, and what was left of it counts as allocated. A routine that allocates does so every time.
        Assert.That(Enumerable.Range(0, 3).Min(_ => BytesOfManyCalls(routine)), Is.Zero);
    }

    private long BytesOfManyCalls(Action<AllocationTests> routine)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            routine(this);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void SetLaplacian()
    {
        for (var i = 0; i < M; i++)
        {
            for (var j = 0; j < M; j++)
            {
                a[(i * M) + j] = Math.Abs(i - j) switch { 0 => 2, 1 => -1, _ => 0 };
            }
        }
    }
}
