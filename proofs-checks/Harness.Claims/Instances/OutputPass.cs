using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>
/// A forward pass and the backward pass of one output, y_j, at every sample: pre-activations g_l, features h_l and signals u_l = D_l Back_{l+1}ᵀ e_j, kept so that passes at two weights can be compared.
/// </summary>
/// <remarks>∇_{W_l} y_j(x_i) = u_{i,l} h_{i,l−1}ᵀ has rank one, so norms and inner products of gradients are those of vectors.</remarks>
public sealed class OutputPass
{
    private readonly double[][][] g, h, u; // [layer][sample]

    private OutputPass(double[][][] g, double[][][] h, double[][][] u, double[] outputs) => (this.g, this.h, this.u, Outputs) = (g, h, u, outputs);

    /// <summary>y_j at every sample.</summary>
    public double[] Outputs { get; }

    /// <summary>g_{i,l}.</summary>
    public double[] PreActivations(int layer, int sample) => g[layer][sample];

    /// <summary>h_{i,l}.</summary>
    public double[] Features(int layer, int sample) => h[layer][sample];

    /// <summary>u_{i,l}.</summary>
    public double[] Signals(int layer, int sample) => u[layer - 1][sample];

    private int Depth => u.Length;

    /// <summary>Passes at the instance's present weights; its state is overwritten.</summary>
    public static OutputPass Of(NetworkInstance instance, int coordinate = 0)
    {
        var (state, samples) = (instance.State, instance.Trial.n);
        instance.Network.Forward(instance.Inputs, state);
        Array.Clear(state.OutputSignal);
        var outputs = new double[samples];
        for (var i = 0; i < samples; i++)
        {
            outputs[i] = instance.Output(i, coordinate);
            state.OutputSignal[(coordinate * state.Stride) + i] = 1;
        }

        instance.Network.Backward(state);
        var depth = instance.Network.Depth;
        return new(
            Columns(0, depth + 1, (l, i) => instance.Column(state.PreActivations(l), i)),
            Columns(0, depth + 1, (l, i) => instance.Column(state.Features(l), i)),
            Columns(1, depth, (l, i) => instance.Column(state.Signals(l), i)),
            outputs);

        double[][][] Columns(int first, int count, Func<int, int, double[]> column) =>
            [.. Enumerable.Range(first, count).Select(l => Enumerable.Range(0, samples).Select(i => column(l, i)).ToArray())];
    }

    /// <summary>Passes of the first output at W + W'; the instance's weights are as before afterwards, bit for bit.</summary>
    public static OutputPass Of(NetworkInstance instance, Perturbation perturbation) => instance.At(perturbation, () => Of(instance));

    /// <summary>Passes of every output.</summary>
    public static OutputPass[] OfEach(NetworkInstance instance) => [.. Enumerable.Range(0, instance.Trial.d).Select(j => Of(instance, j))];

    /// <summary>Passes of every output at W + W'; the instance's weights are as before afterwards, bit for bit.</summary>
    public static OutputPass[] OfEach(NetworkInstance instance, Perturbation perturbation) => instance.At(perturbation, () => OfEach(instance));

    /// <summary>⟨∇_W y_j(x_i), ∇_W y_j(x_k)⟩: an entry of the tangent kernel of output j.</summary>
    public double Kernel(int i, int k)
    {
        double sum = 0;
        for (var l = 1; l <= Depth; l++)
        {
            sum += FixedOrder.Dot<double>(Signals(l, i), Signals(l, k)) * FixedOrder.Dot<double>(Features(l - 1, i), Features(l - 1, k));
        }

        return sum;
    }

    /// <summary>‖∇_W y_j(x_i) at these weights − at the <paramref name="original"/> ones‖²_F.</summary>
    /// <remarks>u′h′ᵀ − uhᵀ = (u′ − u)h′ᵀ + u(h′ − h)ᵀ: a sum of small terms, no difference of large ones.</remarks>
    public double SquaredGradientChange(OutputPass original, int sample)
    {
        double sum = 0;
        for (var l = 1; l <= Depth; l++)
        {
            double[] before = original.Signals(l, sample), after = Features(l - 1, sample);
            double[] signal = Difference(Signals(l, sample), before), feature = Difference(after, original.Features(l - 1, sample));
            sum += (FixedOrder.SumOfSquares<double>(signal) * FixedOrder.SumOfSquares<double>(after))
                + (FixedOrder.SumOfSquares<double>(before) * FixedOrder.SumOfSquares<double>(feature))
                + (2 * FixedOrder.Dot<double>(signal, before) * FixedOrder.Dot<double>(after, feature));
        }

        return sum;
    }

    /// <summary>Signs of g_{i,l} that differ from those of the <paramref name="original"/> pass; zero counts as positive.</summary>
    public int Flips(OutputPass original, int layer, int sample)
    {
        var count = 0;
        foreach (var (after, before) in PreActivations(layer, sample).Zip(original.PreActivations(layer, sample)))
        {
            count += (after >= 0) != (before >= 0) ? 1 : 0;
        }

        return count;
    }

    /// <summary>a − b.</summary>
    public static double[] Difference(double[] a, double[] b)
    {
        var difference = new double[a.Length];
        for (var k = 0; k < a.Length; k++)
        {
            difference[k] = a[k] - b[k];
        }

        return difference;
    }
}
