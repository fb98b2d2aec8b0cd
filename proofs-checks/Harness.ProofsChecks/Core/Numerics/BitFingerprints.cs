using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Core.Training;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>Hashes of results of the core, each over all bits of a computation: equal lines mean equal bits.</summary>
public static class BitFingerprints
{
    /// <summary>Writes the vector widths in force and one line "name hash" for every computation.</summary>
    public static void Print(TextWriter output)
    {
        output.WriteLine($"widths {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0)}");
        foreach (var (name, hash) in Compute())
        {
            output.WriteLine($"{name} {hash}");
        }
    }

    /// <summary>Name and hash of every computation.</summary>
    public static IEnumerable<(string Name, string Hash)> Compute()
    {
        yield return ("uniform", Uniform());
        yield return ("gaussian", Hash<double>(Gaussian<double>(1001, "draws")));
        yield return ("gaussian-float", Hash<float>(Gaussian<float>(1001, "draws")));
        foreach (var n in new[] { 1, 3, 10, 33 })
        {
            yield return ($"products-double-{n}", Products<double>(45, 37, n));
            yield return ($"products-float-{n}", Products<float>(45, 37, n));
        }

        yield return ("sums", Hash<double>([FixedOrder.Dot<double>(Gaussian<double>(1001, "x"), Gaussian<double>(1001, "y")), FixedOrder.Sum<double>(Gaussian<double>(1001, "x"))]));
        yield return ("sums-float", Hash<float>([FixedOrder.Dot<float>(Gaussian<float>(1001, "x"), Gaussian<float>(1001, "y")), FixedOrder.Sum<float>(Gaussian<float>(1001, "x"))]));
        yield return ("eigenvalues", Eigenvalues(150));
        yield return ("eigenvectors", Eigenvectors(150));
        yield return ("cholesky", Factor<double>(150));
        yield return ("cholesky-float", Factor<float>(150));
        yield return ("spectral-norm", SpectralNorms());
        yield return ("certificates", Certificates<double>());
        yield return ("certificates-float", Certificates<float>());
        yield return ("double-double", Retry());
        yield return ("double-double-state", RoundedState());
        yield return ("eigenvalue-bound", EigenvalueBound(90));
        yield return ("elementary", Elementary<double>());
        yield return ("elementary-float", Elementary<float>());
        yield return ("limit-kernel", CertifiedLimit(7, 5));
        yield return ("infinite-width", InfiniteWidth(37, 6));
        yield return ("shallow", Shallow<double>());
        yield return ("shallow-float", Shallow<float>());
        yield return ("piecewise-affine", Pieces<double>());
        yield return ("piecewise-affine-float", Pieces<float>());
        yield return ("convergence-certificate", ConvergenceCertificate());
    }

    private static string Uniform()
    {
        var draws = new double[1001];
        RandomStream.FromSeed(1).FillUniform<double>(draws, 3);
        return Hash<double>(draws);
    }

    private static string Products<T>(int rows, int columns, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var weights = new Weights<T>(rows, columns);
        weights.FillGaussian(RandomStream.FromSeed(2), 0.2);
        var (h, g, s, k, w) = (Gaussian<T>(columns * n, "h"), new T[rows * n], new T[columns * n], new T[n * n], new T[rows * columns]);
        weights.Multiply(h, g, n, n);
        weights.MultiplyTransposed(g, s, n, n);
        weights.AddOuterProduct(T.CreateChecked(-0.01), g, h, n, n);
        weights.CopyTo(w);
        GramMatrix.Compute<T>(g, rows, n, n, k);
        return Hash<T>([.. g, .. s, .. k, .. w, weights.SquaredFrobeniusNorm()]);
    }

    private static string Eigenvalues(int n)
    {
        var (values, workspace) = (new double[n], new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
        SymmetricEigen.Values(Gram<double>(n), n, values, workspace);
        return Hash<double>(values);
    }

    private static string Eigenvectors(int n)
    {
        var (k, values, vectors, workspace) = (Gram<double>(n), new double[n], new double[n * n], new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        SymmetricEigen.Decompose((double[])k.Clone(), n, values, vectors, workspace);
        return Hash<double>([.. values, .. vectors, SymmetricEigen.Radius(k, n, values, vectors, workspace)]);
    }

    private static string Factor<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var k = Gram<T>(n);
        return Cholesky.TryFactor<T>(k, n) ? Hash<T>(k) : "not positive definite";
    }

    private static T[] Gram<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var k = new T[n * n];
        GramMatrix.Compute<T>(Gaussian<T>(2 * n * n, "gram"), 2 * n, n, n, k);
        return k;
    }

    private static string SpectralNorms()
    {
        var (weights, workspace) = (new Weights<double>(70, 50), new double[SpectralNorm.WorkspaceLength(70, 50)]);
        weights.FillGaussian(RandomStream.FromSeed(3), 1.0);
        var (narrow, coarse) = (SpectralNorm.Enclose(weights, RandomStream.FromSeed(4), 1e-6, workspace), SpectralNorm.EncloseCoarsely(weights, RandomStream.FromSeed(4), 5, workspace));
        return Hash<double>([narrow.Midpoint, narrow.Radius, coarse.Midpoint, coarse.Radius]);
    }

    private static string Certificates<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (network, inputs, targets) = Instance<T>();
        var (state, wide) = (new BatchState<T>(network, 5), new BatchState<T>(network, 10));
        var (radii, wideRadii) = (new BatchRadii<T>(network, state), new BatchRadii<T>(network, wide));
        var (kernel, bounds, workspace) = (new T[100], new T[100], new T[CertifiedGradient.WorkspaceLength(wide)]);
        CertifiedForward.Run<T>(network, inputs, state, radii);
        var loss = CertifiedLoss.Evaluate<T>(state, radii, targets);
        CertifiedGradient.Backward(network, state, radii);
        var norm = CertifiedGradient.SquaredFrobeniusNorm(state, radii, workspace);
        CertifiedTangentKernel.Compute(network, inputs, wide, wideRadii, kernel, bounds, workspace);
        var (sums, products) = (new T[55], new T[55]);
        RoundedUp.Add(inputs.AsSpan(0, 15), inputs.AsSpan(0, 15), sums.AsSpan(0, 15));
        BallVector.Multiply(new BallSpan<T>(state.Signals(1)[..55], radii.Signals(1)[..55]), new BallSpan<T>(state.Signals(1)[..55], radii.Signals(1)[..55]), new BallSpan<T>(sums, products));
        return Hash<double>(
        [
            loss.Midpoint, loss.Radius, norm.Midpoint, norm.Radius, .. Array.ConvertAll([.. radii.PreActivations(2), .. radii.Signals(1), .. bounds, .. sums, .. products], double.CreateTruncating),
        ]);
    }

    private static string EigenvalueBound(int n)
    {
        var (x, k, workspace) = (Gaussian<double>(2 * n * n, "eigen"), new double[n * n], new double[EigenvalueBounds.WorkspaceLength(n)]);
        GramMatrix.Compute<double>(x, 2 * n, n, n, k);
        return Hash<double>([EigenvalueBounds.Smallest(k, [], n, 30, 1e-3, workspace), EigenvalueBounds.Largest(k, [], n, 300, 1e-3, workspace)]);
    }

    private static string Elementary<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (x, r, all) = (Gaussian<T>(201, "x"), new T[201], new List<double>());
        foreach (var function in new Func<Ball, Ball>[] { Ball.Exp, Ball.Log, Ball.Acos, ball => Ball.Pow(ball, Ball.Exactly(0.3)), ball => Ball.Pow(ball, -7) })
        {
            all.AddRange(x.Select(value => function(Ball.Exactly(double.CreateTruncating(value)))).SelectMany(ball => new[] { ball.Midpoint, ball.Radius }).Where(double.IsFinite));
        }

        BallVector.Exp(new BallSpan<T>(x, r), new BallSpan<T>(x, r));
        BallVector.Sqrt(new BallSpan<T>(x, r), new BallSpan<T>(x, r));
        return Hash<double>([.. all, .. Array.ConvertAll([.. x, .. r], double.CreateTruncating)]);
    }

    private static string CertifiedLimit(int n, int dimension)
    {
        var (inputs, kernel, radii) = (Gaussian<double>(n * dimension, "limit"), new double[n * n], new double[n * n]);
        CertifiedLimitKernel.Compute(inputs, n, 3, kernel, radii);
        var δ = CertifiedSeparation.Measure(inputs, dimension);
        return Hash<double>([.. kernel, .. radii, δ.Midpoint, δ.Radius]);
    }

    private static string InfiniteWidth(int n, int dimension)
    {
        var (inputs, kernel, all) = (Gaussian<double>(n * dimension, "kernel"), new double[n * n], new List<double>());
        foreach (var function in new IKernel[]
        {
            InfiniteWidthKernel.WithInputAndOutputBias(5), new ResidualKernel(3, 0.5, PiecewiseAffine.AbsoluteValue, LimitingKernel.Tangent),
            InfiniteWidthKernel.Convolutional(PositionGraph.Ring(3, 2), [new(1), new(2, 0.1), new(1)], PiecewiseAffine.WithSlopes(0.1, 1), KernelReadout.AveragePooling, LimitingKernel.Tangent),
        })
        {
            KernelMatrix.Gram(function, inputs, n, kernel, new double[KernelMatrix.WorkspaceLength(function, n, dimension)]);
            all.AddRange(kernel);
        }

        return Hash<double>([.. all]);
    }

    private static string Shallow<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new ShallowNetwork<T>(3, 700);
        network.Initialise(RandomStream.FromSeed(5));
        var (state, inputs, kernel) = (new ShallowState<T>(network, 5), Gaussian<T>(15, "inputs"), new T[25]);
        network.Forward(inputs, state);
        var loss = ShallowDescent.Step<T>(network, Gaussian<T>(5, "targets"), T.CreateChecked(0.1), state);
        ShallowKernel.Compute<T>(network, inputs, state, kernel, new T[ShallowKernel.WorkspaceLength(5)]);
        return Hash<T>([loss, .. state.Output, .. kernel]);
    }

    private static string Pieces<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new ShallowNetwork<T>(3, 700, new([-0.7, 0.3, 1.1], [0.2, -1.3, 0.9, 0.1]));
        network.InitialiseMirrored(RandomStream.FromSeed(5));
        var (state, inputs, kernel, crossings) = (new ShallowState<T>(network, 5), Gaussian<T>(15, "inputs"), new T[25], new int[5]);
        network.Forward(inputs, state);
        var loss = ShallowDescent.Step<T>(network, Gaussian<T>(5, "targets"), T.CreateChecked(0.9), state, crossings);
        ShallowKernel.Compute<T>(network, inputs, state, kernel, new T[ShallowKernel.WorkspaceLength(5)]);
        return Hash<T>([loss, .. state.Output, .. kernel, .. crossings.Select(T.CreateChecked)]);
    }

    private static string ConvergenceCertificate()
    {
        var network = new ShallowNetwork<double>(3, 700, PiecewiseAffine.WithSlopes(0.1, 1));
        network.InitialiseMirrored(RandomStream.FromSeed(5));
        var certificate = ShallowCertifier.Evaluate(network, Gaussian<double>(12, "inputs"), Gaussian<double>(4, "targets"), steps: 10);
        return Hash<double>(
        [
            certificate.SmallestEigenvalue, certificate.LargestEigenvalue, certificate.InitialResidual, certificate.MovementBound, certificate.FlipRatio, certificate.Slack, certificate.OutputError,
            certificate.BoundAfter(9).Midpoint, LimitEigenvalueBound.Evaluate(network.Activation, Gaussian<double>(12, "inputs"), 4).Midpoint, .. certificate.NeuronsNear,
        ]);
    }

    private static string Retry()
    {
        var (network, inputs, targets) = Instance<double>();
        var loss = DoubleDoubleForward.Loss(network, inputs, targets, new DoubleDoubleState(network, 5));
        return Hash<double>([loss.Midpoint, loss.Radius]);
    }

    private static string RoundedState()
    {
        var (network, inputs, targets) = Instance<double>();
        var state = new BatchState<double>(network, 5);
        var radii = new BatchRadii<double>(network, state);
        DoubleDoubleForward.Run(network, inputs, new DoubleDoubleState(network, 5), state, radii, copies: 1);
        var loss = CertifiedLoss.Evaluate<double>(state, radii, targets);
        return Hash<double>([loss.Midpoint, loss.Radius, .. state.PreActivations(2), .. radii.PreActivations(2), .. state.Features(1), .. state.Output, .. radii.Output]);
    }

    private static (FullyConnected<T> Network, T[] Inputs, T[] Targets) Instance<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new FullyConnected<T>(3, 21, 2, 2);
        network.Initialise(RandomStream.FromSeed(5));
        return (network, Gaussian<T>(15, "inputs"), Gaussian<T>(10, "targets"));
    }

    private static T[] Gaussian<T>(int count, string label)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var draws = new T[count];
        RandomStream.FromSeed(1).Derive(label).FillGaussian(draws, 1.0);
        return draws;
    }

    private static string Hash<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(numbers)).AsSpan(0, 8));
}
