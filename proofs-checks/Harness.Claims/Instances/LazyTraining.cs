using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Core.Training;

namespace Harness.Claims.Instances;

/// <summary>
/// A run of gradient descent on the squared loss beside the linear one that it approaches at large width, r(t+1) = (I − ηK)r(t) with the tangent kernel K fixed, and how far the two part
/// (docs/derivations.md, "Training near initialisation").
/// </summary>
public sealed class LazyTraining
{
    private const int Most = 4000;

    private readonly NetworkInstance instance;
    private readonly Network<double> initial;
    private readonly BatchState<double> kernelState;
    private readonly double[] workspace;
    private readonly double[] firstKernel;
    private readonly double[][] firstSigns;

    private LazyTraining(NetworkInstance instance, double η, double ε, double kernelFactor)
    {
        this.instance = instance;
        var (n, d) = (instance.Trial.n, instance.Trial.d);
        initial = new FullyConnected<double>(instance.Network.InputDimension, instance.Trial.m, instance.Trial.L, d);
        initial.CopyFrom(instance.Network);
        (kernelState, workspace) = (new(instance.Network, n * d), new double[TangentKernel.WorkspaceLength(n, d)]);
        firstKernel = Kernel();
        InitialLoss = instance.Loss();
        (firstSigns, InitialResidual) = (PreActivations(), Residual());
        Run(η, ε, kernelFactor);
        Measurement moved = Descent.Movement(instance.Network, initial);
        Movement = moved.Value.Midpoint;
    }

    /// <summary>F(W(0)).</summary>
    public double InitialLoss { get; }

    /// <summary>r(0) = y(W(0)) − y*, sample by sample.</summary>
    public double[] InitialResidual { get; }

    /// <summary>F(W(0)), F(W(1)), ….</summary>
    public double[] Losses { get; private set; } = [];

    /// <summary>‖W(T) − W(0)‖_F.</summary>
    public double Movement { get; }

    /// <summary>√(r(0)ᵀ K(0)⁻¹ r(0)): the distance to the nearest W at which the linearised network fits every sample.</summary>
    public double NearestSolution => Math.Sqrt(FixedOrder.Dot<double>(InitialResidual, Solved(firstKernel, InitialResidual)));

    /// <summary>max_t of the fraction of signs, over neurons of trained layers and samples, that differ from those at W(0).</summary>
    public double FlippedFraction { get; private set; }

    /// <summary>max_t ‖K(t) − K(0)‖_F/‖K(0)‖_F.</summary>
    public double KernelDrift { get; private set; }

    /// <summary>sup_t ‖r(t) − (I − ηK(0))ᵗ r(0)‖/‖r(0)‖.</summary>
    public double LinearisationError { get; private set; }

    /// <summary>Trains until F ≤ ε F(W(0)), or for 4000 steps. Signs and kernel are compared after 1, 2, 4, … steps and at the end, because what they measure grows and then settles.</summary>
    /// <param name="instance">The network is trained in place.</param>
    /// <param name="η">Learning rate.</param>
    /// <param name="ε">Accuracy.</param>
    /// <param name="kernelFactor">Factor on K in the linear run: 1 but for a kernel that is wrong on purpose.</param>
    public static LazyTraining Of(NetworkInstance instance, double η, double ε, double kernelFactor = 1) => new(instance, η, ε, kernelFactor);

    /// <summary>‖r(t)‖ for t = 0, 1, …, and √Σ_i (1 − ηλ_i)^{2t}(v_i·r(0))², what it is where another kernel, nd × nd with the eigenpairs λ_i and v_i, rules the training.</summary>
    public (double[] Norms, double[] Modes) BesideModes(double[] kernel, double η)
    {
        var size = InitialResidual.Length;
        var (values, vectors) = (new double[size], new double[size * size]);
        SymmetricEigen.Decompose([.. kernel], size, values, vectors, new double[SymmetricEigen.WorkspaceLength(size, vectors: true)]);
        var squares = new double[size];
        for (var k = 0; k < size; k++)
        {
            var part = FixedOrder.Dot<double>(vectors.AsSpan(k * size, size), InitialResidual);
            squares[k] = part * part;
        }

        var modes = new double[Losses.Length];
        for (var t = 0; t < modes.Length; t++)
        {
            modes[t] = Math.Sqrt(squares.Sum());
            for (var k = 0; k < size; k++)
            {
                squares[k] *= (1 - (η * values[k])) * (1 - (η * values[k]));
            }
        }

        return (Array.ConvertAll(Losses, loss => Math.Sqrt(2 * loss)), modes);
    }

    private void Run(double η, double ε, double kernelFactor)
    {
        var losses = new List<double>();
        var linear = InitialResidual.ToArray();
        var scale = Math.Sqrt(2 * InitialLoss);
        for (var t = 0; ; t++)
        {
            losses.Add(GradientDescent.Step(instance.Network, instance.Inputs, instance.Targets, η, instance.State));
            var residual = Residual();
            LinearisationError = Math.Max(LinearisationError, Distance(residual, linear) / scale);
            var ends = t == Most || !(losses[^1] > ε * InitialLoss) || !double.IsFinite(losses[^1]);
            if (int.IsPow2(t) || ends)
            {
                // The step's state holds W(t), its network W(t + 1): the kernel is one step ahead of the signs.
                FlippedFraction = Math.Max(FlippedFraction, Flipped());
                var kernel = Kernel();
                KernelDrift = Math.Max(KernelDrift, Distance(kernel, firstKernel) / Math.Sqrt(FixedOrder.SumOfSquares<double>(firstKernel)));
            }

            if (ends)
            {
                Losses = [.. losses];
                return;
            }

            var change = Product(firstKernel, linear);
            for (var k = 0; k < linear.Length; k++)
            {
                linear[k] -= η * kernelFactor * change[k];
            }
        }
    }

    private double[] Kernel()
    {
        var size = kernelState.Samples;
        var kernel = new double[size * size];
        TangentKernel.Compute<double>(instance.Network, instance.Inputs, kernelState, kernel, workspace);
        return kernel;
    }

    private double[] Residual()
    {
        var (d, residual) = (instance.Trial.d, new double[instance.Targets.Length]);
        for (var k = 0; k < residual.Length; k++)
        {
            residual[k] = instance.Output(k / d, k % d) - instance.Targets[k];
        }

        return residual;
    }

    private double[][] PreActivations() => [.. Enumerable.Range(1, instance.Trial.L).Select(l => instance.State.PreActivations(l).ToArray())];

    private double Flipped()
    {
        var (n, stride) = (instance.Trial.n, instance.State.Stride);
        long flipped = 0, all = 0;
        for (var l = 1; l <= instance.Trial.L; l++)
        {
            var before = firstSigns[l - 1];
            var now = instance.State.PreActivations(l);
            for (var k = 0; k < now.Length; k++)
            {
                if (k % stride < n)
                {
                    all++;
                    flipped += (before[k] >= 0) != (now[k] >= 0) ? 1 : 0;
                }
            }
        }

        return flipped / (double)all;
    }

    private static double[] Product(double[] matrix, double[] x)
    {
        var product = new double[x.Length];
        for (var k = 0; k < x.Length; k++)
        {
            product[k] = FixedOrder.Dot<double>(matrix.AsSpan(k * x.Length, x.Length), x);
        }

        return product;
    }

    private static double[] Solved(double[] matrix, double[] x)
    {
        var (factor, solution) = (matrix.ToArray(), x.ToArray());
        if (!Cholesky.TryFactor<double>(factor, x.Length))
        {
            throw new ArithmeticException("The tangent kernel at initialisation is singular to working precision: two inputs coincide, or the network is too narrow for its samples.");
        }

        Cholesky.Solve<double>(factor, x.Length, solution);
        return solution;
    }

    private static double Distance(double[] a, double[] b)
    {
        var squared = 0.0;
        for (var k = 0; k < a.Length; k++)
        {
            squared += (a[k] - b[k]) * (a[k] - b[k]);
        }

        return Math.Sqrt(squared);
    }
}
