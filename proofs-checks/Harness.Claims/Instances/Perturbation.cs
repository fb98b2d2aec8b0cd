using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>
/// W' = (W'_1 … W'_L), every layer of spectral norm ω. "For every W' in the ball" is tried in three families, because random directions never
/// reach the exponents of the theory: Gaussian matrices, the rank-one gradient direction of one output, and the greedy sign-flipping adversary.
/// </summary>
public sealed class Perturbation
{
    private readonly Weights<double>[] layers;

    private Perturbation(Weights<double>[] layers) => this.layers = layers;

    /// <summary>W'_l, l = 1…L.</summary>
    public Weights<double> Layer(int layer) => layers[layer - 1];

    /// <summary>
    /// Independent N(0, ω²/4m) entries: ‖W'_l‖₂ = ω(1 + O(m^{−2/3})), since an m × m standard Gaussian matrix has norm 2√m + O(m^{−1/6}).
    /// </summary>
    public static Perturbation Gaussian(Network<double> network, RandomStream stream, double ω) => new(Each(network, (l, w) =>
        w.FillGaussian(stream.Derive((ulong)l), ω / (2 * Math.Sqrt(network.Width)))));

    /// <summary>
    /// The direction that changes output j of sample i fastest: W'_l = ±ω u_l h_{l−1}ᵀ / (‖u_l‖‖h_{l−1}‖) with u_l = D_l Back_{l+1}ᵀ e_j. Rank one, norm ω exactly up to rounding.
    /// </summary>
    /// <param name="instance">Its state is overwritten by the passes of this output.</param>
    /// <param name="sample">i.</param>
    /// <param name="coordinate">j.</param>
    /// <param name="ω">Signed radius.</param>
    public static Perturbation AlongGradient(NetworkInstance instance, int sample, int coordinate, double ω)
    {
        var state = instance.State;
        instance.Network.Forward(instance.Inputs, state);
        Array.Clear(state.OutputSignal);
        state.OutputSignal[(coordinate * state.Stride) + sample] = 1;
        instance.Network.Backward(state);
        return new(Each(instance.Network, (l, w) =>
        {
            var (u, h) = (instance.Column(state.Signals(l), sample), instance.Column(state.Features(l - 1), sample));
            w.AddOuterProduct(ω / Math.Sqrt(FixedOrder.SumOfSquares<double>(u) * FixedOrder.SumOfSquares<double>(h)), u, h, 1, 1);
        }));
    }

    /// <summary>
    /// The adversary of Claim 8.3: in one layer it moves the smallest pre-activations of sample i just across zero, as many as a budget of ω‖h‖ buys:
    /// W'_l = −(1 + θ) g_S hᵀ/‖h‖² on the cheapest set S, and zero in all other layers. ‖W'_l‖₂ ≤ ω.
    /// </summary>
    /// <param name="instance">Its state must hold a forward pass.</param>
    /// <param name="sample">i.</param>
    /// <param name="layer">l = 1…L.</param>
    /// <param name="ω">Radius.</param>
    public static Perturbation SignFlips(NetworkInstance instance, int sample, int layer, double ω)
    {
        var (g, h) = (instance.Column(instance.State.PreActivations(layer), sample), instance.Column(instance.State.Features(layer - 1), sample));
        var squaredNorm = FixedOrder.SumOfSquares<double>(h);
        var order = new int[g.Length];
        for (var k = 0; k < order.Length; k++)
        {
            order[k] = k;
        }

        Array.Sort(Array.ConvertAll(g, Math.Abs), order);
        const double Overshoot = 1e-6; // crosses zero strictly; costs a relative 1e-6 of the budget
        var (budget, spent) = (ω * ω * squaredNorm, 0.0);
        var step = new double[g.Length];
        foreach (var k in order)
        {
            var move = -(1 + Overshoot) * g[k];
            spent += move * move;
            if (spent > budget)
            {
                break;
            }

            step[k] = move;
        }

        return Moving(instance, sample, layer, step);
    }

    /// <summary>The smallest perturbation of one layer that moves g_{i,l} by a given shift while the layers below stay: W'_l = shift·hᵀ/‖h‖², of norm ‖shift‖/‖h‖; zero in all other layers.</summary>
    /// <param name="instance">Its state must hold a forward pass.</param>
    /// <param name="sample">i.</param>
    /// <param name="layer">l = 1…L.</param>
    /// <param name="shift">m numbers.</param>
    public static Perturbation Moving(NetworkInstance instance, int sample, int layer, double[] shift)
    {
        var h = instance.Column(instance.State.Features(layer - 1), sample);
        return new(Each(instance.Network, (l, w) =>
        {
            if (l == layer)
            {
                w.AddOuterProduct(1 / FixedOrder.SumOfSquares<double>(h), shift, h, 1, 1);
            }
        }));
    }

    /// <summary>W ← W + α·W'.</summary>
    public void AddTo(Network<double> network, double α)
    {
        for (var l = 1; l <= network.Depth; l++)
        {
            network.Hidden(l).AddScaled(α, Layer(l));
        }
    }

    /// <summary>⟨∇F, W'⟩ = Σᵢ ⟨vᵢ, ẏᵢ⟩, enclosed: ẏ is the derivative of the outputs along W', by one pass upwards with ġ_l = W_l ḣ_{l−1} + W'_l h_{l−1} and ḣ_l = D_l ġ_l.</summary>
    /// <remarks>Upwards, because radii compound from layer to layer: those of a backward pass have grown through all layers before they start down again.</remarks>
    /// <param name="instance">Holds an enclosed loss.</param>
    public Ball EnclosedDerivativeOfLoss(NetworkInstance instance)
    {
        var network = instance.Network;
        EnclosedBatch? tangent = null;
        for (var l = 1; l <= network.Depth; l++)
        {
            var injected = EnclosedBatch.Features(instance, l - 1).Through(Layer(l));
            tangent = (tangent is null ? injected : tangent.Through(network.Hidden(l)).Plus(injected)).Gated(instance, l);
        }

        var (outputs, sum) = (tangent!.Through(network.Output), Ball.Exactly(0));
        for (var i = 0; i < instance.Trial.n; i++)
        {
            for (var j = 0; j < instance.Trial.d; j++)
            {
                sum += instance.EnclosedOutputSignal(i, j) * outputs[j, i];
            }
        }

        return sum;
    }

    /// <summary>‖W'‖_F, enclosed.</summary>
    public Ball FrobeniusNorm() => Ball.Sqrt(layers.Aggregate(Ball.Exactly(0), (sum, layer) => sum + EnclosedNorms.SquaredFrobenius(layer)));

    private static Weights<double>[] Each(Network<double> network, Action<int, Weights<double>> fill)
    {
        var layers = new Weights<double>[network.Depth];
        for (var l = 1; l <= network.Depth; l++)
        {
            layers[l - 1] = new(network.Hidden(l).Rows, network.Hidden(l).Columns);
            fill(l, layers[l - 1]);
        }

        return layers;
    }
}
