using Harness.Core.Enclosures;

namespace Harness.Claims.Instances;

/// <summary>An <see cref="OutputPass"/> with proven errors: outputs, pre-activations g_l, features h_l and signals u_l of one output, y_j, at every sample, kept so that passes at two weights can be compared.</summary>
/// <remarks>Where a perturbation's norm is of rounding's size off its ω, so is what is claimed of it; what is observed is enclosed at the weights that W + W′ was rounded to.</remarks>
internal sealed class EnclosedPass
{
    private readonly EnclosedVector[][] g, h, u; // [layer][sample]
    private readonly double[][][] midpoints, radii; // of g, entry by entry: what signs are decided on

    private EnclosedPass(NetworkInstance instance, Ball[] outputs)
    {
        var depth = instance.Network.Depth;
        Outputs = outputs;
        g = Columns(0, depth + 1, (l, i) => EnclosedVector.PreActivation(instance, l, i));
        h = Columns(0, depth + 1, (l, i) => EnclosedVector.Feature(instance, l, i));
        u = Columns(1, depth, (l, i) => EnclosedVector.Signal(instance, l, i));
        midpoints = Columns(0, depth + 1, (l, i) => instance.Column(instance.State.PreActivations(l), i));
        radii = Columns(0, depth + 1, (l, i) => instance.Column(instance.Radii.PreActivations(l), i));

        T[][] Columns<T>(int first, int count, Func<int, int, T> column) =>
            [.. Enumerable.Range(first, count).Select(l => Enumerable.Range(0, instance.Trial.n).Select(i => column(l, i)).ToArray())];
    }

    /// <summary>y_j at every sample.</summary>
    public Ball[] Outputs { get; }

    /// <summary>g_{i,l}.</summary>
    public EnclosedVector PreActivations(int layer, int sample) => g[layer][sample];

    private int Depth => u.Length;

    /// <summary>Passes of output j at the instance's present weights; its state is overwritten.</summary>
    public static EnclosedPass Of(NetworkInstance instance, Arithmetic arithmetic, int coordinate = 0)
    {
        instance.EncloseForward(arithmetic);
        Ball[] outputs = [.. Enumerable.Range(0, instance.Trial.n).Select(i => instance.EnclosedOutput(i, coordinate))];
        instance.EncloseBackward([.. Enumerable.Range(0, instance.Trial.n).Select(i => (i, coordinate, 1.0))]);
        return new(instance, outputs);
    }

    /// <summary>Passes of output j at W + W′; the instance's weights are as before afterwards, bit for bit.</summary>
    public static EnclosedPass Of(NetworkInstance instance, Perturbation perturbation, Arithmetic arithmetic, int coordinate = 0) =>
        instance.At(perturbation, () => Of(instance, arithmetic, coordinate));

    /// <summary>⟨∇_W y_j(x_i), ∇_W y_j(x_k)⟩: an entry of the tangent kernel of output j.</summary>
    public Ball Kernel(int i, int k)
    {
        var sum = Ball.Exactly(0);
        for (var l = 0; l < Depth; l++)
        {
            sum += u[l][i].Dot(u[l][k]) * h[l][i].Dot(h[l][k]);
        }

        return sum;
    }

    /// <summary>‖∇_W y_j(x_i) at these weights − at the <paramref name="original"/> ones‖²_F, as a sum of small terms (<see cref="OutputPass.SquaredGradientChange"/>).</summary>
    public Ball SquaredGradientChange(EnclosedPass original, int sample)
    {
        var sum = Ball.Exactly(0);
        for (var l = 0; l < Depth; l++)
        {
            EnclosedVector before = original.u[l][sample], after = h[l][sample];
            EnclosedVector signal = u[l][sample].Minus(before), feature = after.Minus(original.h[l][sample]);
            sum += (signal.Dot(signal) * after.Dot(after)) + (before.Dot(before) * feature.Dot(feature)) + (Ball.Exactly(2) * (signal.Dot(before) * after.Dot(feature)));
        }

        return sum;
    }

    /// <summary>D′_{i,l} g_{i,l}: the <paramref name="original"/> pre-activations of the neurons whose sign differs here. One whose sign is open at either weights may be among them or not.</summary>
    public EnclosedVector Flipped(EnclosedPass original, int layer, int sample)
    {
        var ((from, fromRadii), (to, toRadii)) = ((original.midpoints[layer][sample], original.radii[layer][sample]), (midpoints[layer][sample], radii[layer][sample]));
        var (flipped, errors) = (new double[from.Length], new double[from.Length]);
        for (var k = 0; k < from.Length; k++)
        {
            flipped[k] = (from[k] >= 0) != (to[k] >= 0) ? from[k] : 0;
            errors[k] = IsOpen(from[k], fromRadii[k]) || IsOpen(to[k], toRadii[k]) ? RoundedUp.Add(Math.Abs(from[k]), fromRadii[k]) : flipped[k] == 0 ? 0 : fromRadii[k];
        }

        return new(flipped, EnclosedNorms.Above(errors));
    }

    private static bool IsOpen(double midpoint, double radius) => !(midpoint - radius >= 0 || midpoint + radius < 0);
}
