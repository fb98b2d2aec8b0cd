namespace Harness.Core.Spectra;

/// <summary>
/// Energies of a signal that leading coordinates leave out, in the Gaussian sequence model z_j = θ_j + ξ_j, Var ξ_j = σ², seen through a spectrum λ, of which only the order counts: coordinates by falling λ, ties by index
/// (Huang, Li, Li and Lin, arXiv:2509.20294, section 3).
/// </summary>
public static class OrderedEnergies
{
    /// <summary>The order π of the coordinates: λ_{π(1)} ≥ λ_{π(2)} ≥ …, equal ones by index.</summary>
    /// <param name="spectrum">λ: d numbers.</param>
    /// <param name="order">Receives π, counted from 0.</param>
    /// <param name="workspace">d numbers.</param>
    /// <exception cref="ArgumentException">A length differs, or a λ is not a number.</exception>
    public static void Order(ReadOnlySpan<double> spectrum, Span<int> order, Span<double> workspace)
    {
        Check(spectrum.Length, order.Length);
        var keys = workspace[..spectrum.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            if (double.IsNaN(spectrum[i]))
            {
                throw new ArgumentException($"A spectrum orders coordinates by size; the value at index {i} is not a number.", nameof(spectrum));
            }

            (keys[i], order[i]) = (-spectrum[i], i);
        }

        keys.Sort(order);

        // The sort is not stable: equal values are put back in the order of their indices.
        for (var (from, to) = (0, 0); from < keys.Length; from = to)
        {
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            order[from..to].Sort();
        }
    }

    /// <summary>Energies that are left out: tails[k] = Σ_{i&gt;k} θ²_{π(i)} for k = 0, …, d; tails[d] = 0.</summary>
    /// <remarks>Summed from the far end by fused multiply-add, so computed = exact · (1 + ε) with |ε| ≤ γ_{d−k} (<see cref="RelativeError"/>) in the absence of underflow, and non-increasing in k.</remarks>
    /// <param name="coefficients">θ: d numbers.</param>
    /// <param name="order">π.</param>
    /// <param name="tails">Receives d + 1 numbers.</param>
    /// <exception cref="ArgumentException">A length differs.</exception>
    public static void Tails(ReadOnlySpan<double> coefficients, ReadOnlySpan<int> order, Span<double> tails)
    {
        Check(coefficients.Length, order.Length);
        Check(coefficients.Length + 1, tails.Length);
        tails[^1] = 0;
        for (var k = order.Length - 1; k >= 0; k--)
        {
            var θ = coefficients[order[k]];
            tails[k] = Math.FusedMultiplyAdd(θ, θ, tails[k + 1]);
        }
    }

    /// <summary>γ_n = nu/(1 − nu), u = 2⁻⁵³, rounded up: the relative error of <see cref="Tails"/> over n terms.</summary>
    public static double RelativeError(int n)
    {
        const double Unit = 1.1102230246251565e-16;
        return double.BitIncrement(double.BitIncrement(n * Unit) / double.BitDecrement(1 - (n * Unit)));
    }

    private static void Check(int expected, int found)
    {
        if (expected != found)
        {
            throw new ArgumentException($"Lengths of a sequence model must agree: expected {expected}, got {found}.");
        }
    }
}
