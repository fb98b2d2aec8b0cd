using Harness.Claims.Instances;

namespace Harness.Claims.Exact;

/// <summary>Passes of a network on a training set, over dyadic numbers: values, F and derivatives without rounding.</summary>
/// <param name="Oracle">The network.</param>
/// <param name="Inputs">n × 𝔡.</param>
/// <param name="Targets">n × d.</param>
/// <param name="Samples">n.</param>
internal sealed record ExactPasses(DyadicNetwork Oracle, double[] Inputs, double[] Targets, int Samples)
{
    private Dyadic[][][]? values;
    private Dyadic[]? residuals;

    /// <summary>Passes of an instance at the weights that it has.</summary>
    public static ExactPasses Of(NetworkInstance instance) => Of(instance, [.. Enumerable.Range(0, instance.Trial.n)]);

    /// <summary>The same on some of its samples.</summary>
    public static ExactPasses Of(NetworkInstance instance, int[] samples) =>
        new(DyadicNetwork.Of(instance.Network), Rows(instance.Inputs, samples, instance.Trial.n), Rows(instance.Targets, samples, instance.Trial.n), samples.Length);

    /// <summary>g_0 … g_L and y of every sample.</summary>
    public Dyadic[][][] Values => values ??= [.. Enumerable.Range(0, Samples).Select(i => Oracle.Evaluate(Input(i)))];

    /// <summary>y − y* at i·d + j.</summary>
    public Dyadic[] Residuals => residuals ??= [.. Targets.Select((target, at) => Values[at / Oracle.Outputs][^1][at % Oracle.Outputs] - Dyadic.Exactly(target))];

    /// <summary>F = ½ Σᵢ ‖yᵢ − yᵢ*‖².</summary>
    public Dyadic Loss()
    {
        Dyadic twice = default;
        foreach (var residual in Residuals)
        {
            twice += residual * residual;
        }

        return Dyadic.Scale(twice, -1);
    }

    /// <summary>∂y_j/∂W_l at sample i, row-major, at i·d + j.</summary>
    public Dyadic[][] OutputDerivatives(int layer) => [.. Enumerable.Range(0, Samples).SelectMany(i => Oracle.OutputDerivatives(Input(i), Values[i], layer))];

    /// <summary>∂F/∂W_l, row-major.</summary>
    public Dyadic[] LossDerivative(int layer)
    {
        var outputs = OutputDerivatives(layer);
        var derivative = new Dyadic[outputs[0].Length];
        for (var w = 0; w < derivative.Length; w++)
        {
            for (var a = 0; a < outputs.Length; a++)
            {
                derivative[w] += Residuals[a] * outputs[a][w];
            }
        }

        return derivative;
    }

    private static double[] Rows(double[] matrix, int[] rows, int of) => [.. rows.SelectMany(i => matrix.Skip(i * (matrix.Length / of)).Take(matrix.Length / of))];

    private ReadOnlySpan<double> Input(int sample) => Inputs.AsSpan(sample * (Inputs.Length / Samples), Inputs.Length / Samples);
}
