using Harness.Core.Enclosures;

namespace Harness.Core.Spectra;

/// <summary>
/// k_L(u) = Σ_{r=0}^{L} κ₁^{(r)}(u) Π_{s=r}^{L−1} κ₀(κ₁^{(s)}(u)): the tangent kernel of a rectified network with L hidden layers, all of them trained, at two unit inputs of cosine u
/// (arXiv:2305.02657). On inputs with a bias coordinate, x̃ = (x, 1), the network's kernel is |x̃||ỹ| k_L + 1.
/// </summary>
/// <remarks>
/// The versine is carried from layer to layer, never the cosine, so that no digit of a small angle is lost: 1 − κ₁ = ((π − θ)v + θ − sin θ)/π, a sum of positive terms, for θ ≤ π/2, and
/// κ₁ = (θ′v′ − (θ′ − sin θ′))/π at the supplement θ′ beyond it. Error: a few u of the value for each layer. k_L(1) = L + 1.
/// </remarks>
/// <param name="layers">L ≥ 1.</param>
public readonly struct DeepTangent(int layers) : IZonalKernel
{
    /// <inheritdoc/>
    public double At(double versine)
    {
        var sum = 1 - versine;
        for (var l = 0; l < layers; l++)
        {
            var (order0, next) = Layer(versine);
            sum = Math.FusedMultiplyAdd(order0, sum, 1 - next);
            versine = next;
        }

        return sum;
    }

    /// <summary>κ₀ and 1 − κ₁ at a versine.</summary>
    internal static (double Order0, double NextVersine) Layer(double versine)
    {
        if (versine <= 1)
        {
            var (angle, rest) = (AnglePoint.Evaluate(versine).Midpoint, AnglePoint.LessSine(versine).Midpoint);
            return (1 - (angle / Math.PI), (((Math.PI - angle) * versine) + rest) / Math.PI);
        }

        var (supplement, beyond) = (AnglePoint.Evaluate(2 - versine).Midpoint, AnglePoint.LessSine(2 - versine).Midpoint);
        return (supplement / Math.PI, 1 - (((supplement * (2 - versine)) - beyond) / Math.PI));
    }
}
