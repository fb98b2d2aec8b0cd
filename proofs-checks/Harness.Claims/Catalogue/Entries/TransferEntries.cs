namespace Harness.Claims.Catalogue;

/// <summary>
/// MS1 to MS15: what adaptation to unknown biases of several sources costs (arXiv:2605.09471, of which the abstract is the source); the formalisation in a Gaussian model is this project's own (docs/derivations.md).
/// </summary>
public static class TransferEntries
{
    /// <summary>The entries in order.</summary>
    public static IReadOnlyList<Entry> All { get; } =
    [
        new("MS1", Papers.ChakrabortyMaity, "Oracle", "the linear oracle in closed form is the least of a quadratic program"),
        new("MS2", Papers.ChakrabortyMaity, "Oracle", "its risk within a factor 4 of min_k(V_k + h_k²)"),
        new("MS3", Papers.ChakrabortyMaity, "Oracle", "monotone in sample sizes and biases"),
        new("MS4", Papers.ChakrabortyMaity, "One source", "the risk reduces to that of a scalar normal mean"),
        new("MS5", Papers.ChakrabortyMaity, "One source", "risk of the hard threshold in closed form"),
        new("MS6", Papers.ChakrabortyMaity, "Two sources", "no estimator beats the two-point bound"),
        new("MS7", Papers.ChakrabortyMaity, "Two sources", "the constant of that bound"),
        new("MS8", Papers.ChakrabortyMaity, "Fixed number of sources", "where the oracle is attainable, and where it is not"),
        new("MS9", Papers.ChakrabortyMaity, "Growth", "the cost is linear in the number of equal sources"),
        new("MS10", Papers.ChakrabortyMaity, "Fixed number of sources", "the target alone costs 1 + N/n₀ at most, with equality without biases"),
        new("MS11", Papers.ChakrabortyMaity, "One source", "cost of one source between logarithms"),
        new("MS12", Papers.ChakrabortyMaity, "One source", "James and Stein towards the source in d dimensions"),
        new("MS13", Papers.ChakrabortyMaity, "Ordered biases", "Lepski's rule costs a logarithm"),
        new("MS14", Papers.ChakrabortyMaity, "Ordered biases", "variance of the difference of two pooled means"),
        new("MS15", Papers.ChakrabortyMaity, "Separated sources", "screening attains the oracle beyond a gap, and not inside"),
    ];

    /// <summary>What is not tried.</summary>
    public static IReadOnlyList<Refusal> Refusals { get; } =
    [
    ];
}
