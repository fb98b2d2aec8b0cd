using Harness.Claims;

namespace MyClaims;

/// <summary>The papers whose statements are checked here. A claim's id begins with its paper's key.</summary>
public static class Papers
{
    /// <summary>Tails of sums of squared normal variables.</summary>
    public static Paper LaurentMassart { get; } = new("lm", "Laurent, Massart", "Adaptive Estimation of a Quadratic Functional by Model Selection", "Annals of Statistics 28 (2000)");
}
