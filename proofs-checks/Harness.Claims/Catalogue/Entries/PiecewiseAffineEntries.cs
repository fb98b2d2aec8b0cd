namespace Harness.Claims.Catalogue;

/// <summary>
/// J1 to J15: gradient descent for two-layer networks with piecewise affine activations and biases (arXiv:2102.11840); the formalisation is this project's own (docs/derivations.md).
/// </summary>
public static class PiecewiseAffineEntries
{
    /// <summary>The entries in order.</summary>
    public static IReadOnlyList<Entry> All { get; } =
    [
        new("J1", Papers.JentzenKroeger, "Gram matrix at infinite width", "closed form for slopes α and β"),
        new("J2", Papers.JentzenKroeger, "Gram matrix at infinite width", "positive semi-definite, a sum of two parts"),
        new("J3", Papers.JentzenKroeger, "Gram matrix at infinite width", "explicit lower bound of the smallest eigenvalue, attained by some inputs"),
        new("J4", Papers.JentzenKroeger, "Necessity", "an affine activation is singular beyond its rank, duplicates always; how the eigenvalue falls towards either"),
        new("J5", Papers.JentzenKroeger, "Biases", "inputs x and 2x: singular without biases, positive definite with them"),
        new("J6", Papers.JentzenKroeger, "Gram matrix at initialisation", "deviation of the entries with high probability"),
        new("J7", Papers.JentzenKroeger, "Gram matrix at initialisation", "distance from the limit Θ(1/√m)"),
        new("J8", Papers.JentzenKroeger, "Gradient descent", "r_{k+1} = (I − ηH_k) r_k where no neuron changes sign"),
        new("J9", Papers.JentzenKroeger, "Gradient descent", "the remainder where some do"),
        new("J10", Papers.JentzenKroeger, "Linear convergence", "certificate from the initialisation: rate and movement for all time"),
        new("J11", Papers.JentzenKroeger, "Linear convergence", "the rate in the end is that of the smallest eigenvalue"),
        new("J12", Papers.JentzenKroeger, "Width", "movement, sign changes and drift of the kernel fall like 1/√m"),
        new("J13", Papers.JentzenKroeger, "Width", "success within given steps goes from never to always as the width grows"),
        new("J14", Papers.JentzenKroeger, "Learning rate", "no step grows below the stable rate; above 2/λ_{max} wide networks diverge"),
        new("J15", Papers.JentzenKroeger, "Anti-concentration", "P(|⟨w, x⟩| ≤ R‖x‖) ≤ √(2/π) R"),
    ];

    /// <summary>What is not tried.</summary>
    public static IReadOnlyList<Refusal> Refusals { get; } =
    [
    ];
}
