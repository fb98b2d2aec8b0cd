using Harness.Core.Enclosures;

namespace Harness.Core.Transfer;

/// <summary>Thresholds of discrepancies (<see cref="TransferModel.Discrepancy"/>).</summary>
/// <remarks>
/// ‖Z‖ of a standard normal Z ∈ ℝ^d has its mean between √(d − 1) and √d and exceeds the mean by c with probability at most e^{−c²/2} (Gaussian concentration). So c is compared with ‖Z‖ − √(d − 1): in one dimension |Z| itself.
/// </remarks>
internal static class Threshold
{
    /// <summary>(√(d − 1) + c)².</summary>
    public static double Squared(TransferModel model, double c)
    {
        var norm = Math.Sqrt(model.Dimension - 1) + c;
        return norm * norm;
    }

    /// <summary>ln x, the same bits everywhere.</summary>
    public static double Log(double x) => Ball.Log(Ball.Exactly(x)).Midpoint;
}
