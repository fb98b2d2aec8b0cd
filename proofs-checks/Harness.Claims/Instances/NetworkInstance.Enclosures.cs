using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <content>The same quantities with proven radii: for the instance at hand they hold in exact arithmetic. Midpoints in <see cref="Arithmetic.Double"/> are those of the plain computation, bit for bit.</content>
public sealed partial class NetworkInstance
{
    private BatchRadii<double>? radii;
    private DoubleDoubleState? doubleDouble;

    /// <summary>The radii beside <see cref="State"/>.</summary>
    public BatchRadii<double> Radii => radii ??= new(Network, State);

    /// <summary>Forward pass: pre-activations, features and outputs in the state, their radii in <see cref="Radii"/>. Other architectures than the fully connected one know double precision only.</summary>
    public void EncloseForward(Arithmetic arithmetic)
    {
        if (arithmetic == Arithmetic.DoubleDouble && Network is FullyConnected<double> network)
        {
            DoubleDoubleForward.Run(network, Inputs, doubleDouble ??= new(network, Trial.n), State, Radii, copies: 1);
        }
        else
        {
            CertifiedForward.Run<double>(Network, Inputs, State, Radii);
        }
    }

    /// <summary>Forward pass and F; afterwards the state's output signal is y − y* within its radii.</summary>
    public Ball EncloseLoss(Arithmetic arithmetic)
    {
        EncloseForward(arithmetic);
        return CertifiedLoss.Evaluate<double>(State, Radii, Targets);
    }

    /// <summary>Forward and backward pass, F and ‖∇F‖²_F. Only the forward pass knows of <see cref="Arithmetic.DoubleDouble"/>: with it residuals and signs are all but exact, and the radius of the gradient is that of one backward pass.</summary>
    public (Ball Loss, Ball SquaredGradientNorm) EncloseLossAndGradient(Arithmetic arithmetic)
    {
        var loss = EncloseLoss(arithmetic);
        CertifiedGradient.Backward(Network, State, Radii);
        return (loss, CertifiedGradient.SquaredFrobeniusNorm<double>(State, Radii, new double[CertifiedGradient.WorkspaceLength(State)]));
    }

    /// <summary>Backward pass of an exact residual v that is zero but at the given places, after an enclosed forward pass.</summary>
    internal void EncloseBackward(params ReadOnlySpan<(int Sample, int Coordinate, double Value)> residual)
    {
        Array.Clear(State.OutputSignal);
        Array.Clear(Radii.OutputSignal);
        foreach (var (sample, coordinate, value) in residual)
        {
            State.OutputSignal[(coordinate * State.Stride) + sample] = value;
        }

        CertifiedGradient.Backward(Network, State, Radii);
    }

    /// <summary>‖Σ_i u_{i,l} h_{i,l−1}ᵀ‖²_F of the enclosed passes that the instance holds: Σ_{i,k} ⟨u_i, u_k⟩⟨h_i, h_k⟩.</summary>
    internal Ball EnclosedSquaredGradientNorm(int layer)
    {
        EnclosedVector[] u = [.. Enumerable.Range(0, Trial.n).Select(i => EnclosedVector.Signal(this, layer, i))];
        EnclosedVector[] h = [.. Enumerable.Range(0, Trial.n).Select(i => EnclosedVector.Feature(this, layer - 1, i))];
        var sum = Ball.Exactly(0);
        for (var i = 0; i < u.Length; i++)
        {
            sum += u[i].Dot(u[i]) * h[i].Dot(h[i]);
            for (var k = 0; k < i; k++)
            {
                sum += Ball.Exactly(2) * (u[i].Dot(u[k]) * h[i].Dot(h[k]));
            }
        }

        return sum;
    }

    /// <summary>The eigenvalues of the tangent kernel, nd of them in ascending order. The state and its radii are not touched.</summary>
    internal Ball[] EncloseKernelEigenvalues(Arithmetic arithmetic)
    {
        var columns = Trial.n * Trial.d;
        var state = new BatchState<double>(Network, columns);
        var stateRadii = new BatchRadii<double>(Network, state);
        var (kernel, kernelRadii, workspace) = (new double[columns * columns], new double[columns * columns], new double[CertifiedGradient.WorkspaceLength(state)]);
        if (arithmetic == Arithmetic.DoubleDouble && Network is FullyConnected<double> network)
        {
            DoubleDoubleForward.Run(network, Inputs, new(network, Trial.n), state, stateRadii, copies: Trial.d);
            CertifiedTangentKernel.FromForward<double>(Network, state, stateRadii, kernel, kernelRadii, workspace);
        }
        else
        {
            CertifiedTangentKernel.Compute<double>(Network, Inputs, state, stateRadii, kernel, kernelRadii, workspace);
        }

        var (values, vectors, eigenWorkspace) = (new double[columns], new double[columns * columns], new double[SymmetricEigen.WorkspaceLength(columns, vectors: true)]);
        SymmetricEigen.Decompose((double[])kernel.Clone(), columns, values, vectors, eigenWorkspace);
        var radius = EigenvalueBounds.Radius(kernel, kernelRadii, columns, values, vectors, eigenWorkspace);
        return Array.ConvertAll(values, value => new Ball(value, radius));
    }

    /// <summary>‖W‖_F over all trained layers.</summary>
    public Ball FrobeniusNorm()
    {
        var squared = Ball.Exactly(0);
        for (var l = 1; l <= Network.Depth; l++)
        {
            squared += EnclosedNorms.SquaredFrobenius(Network.Hidden(l));
        }

        return Ball.Sqrt(squared);
    }

    /// <summary>y_{i,j} of the last enclosed forward pass.</summary>
    public Ball EnclosedOutput(int sample, int coordinate) => At(State.Output, Radii.Output, sample, coordinate);

    /// <summary>v_{i,j} = y_{i,j} − y*_{i,j} of the last enclosed loss.</summary>
    public Ball EnclosedOutputSignal(int sample, int coordinate) => At(State.OutputSignal, Radii.OutputSignal, sample, coordinate);

    /// <summary>1{g_l ≥ 0} of one sample, neuron by neuron, from the last enclosed forward pass, and whether rounding leaves it open.</summary>
    public (bool IsActive, bool IsOpen)[] EnclosedSigns(int layer, int sample)
    {
        var (g, r) = (Column(State.PreActivations(layer), sample), Column(Radii.PreActivations(layer), sample));
        var signs = new (bool, bool)[g.Length];
        for (var k = 0; k < g.Length; k++)
        {
            signs[k] = (g[k] >= 0, !(g[k] - r[k] >= 0 || g[k] + r[k] < 0));
        }

        return signs;
    }

    private Ball At(double[] midpoints, double[] radiiOf, int sample, int coordinate)
    {
        var at = (coordinate * State.Stride) + sample;
        return new(midpoints[at], radiiOf[at]);
    }
}
