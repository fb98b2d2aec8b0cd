namespace Harness.Core.Tangents;

/// <summary>A layer of a network in the limit of infinite width: the law of its parameters at initialisation, and whether training moves them.</summary>
/// <param name="WeightVariance">σ_w² &gt; 0: weights have variance σ_w² over the number of inputs that one output reads (of the first layer: σ_w² itself), so that a layer takes the covariance Σ to σ_w² E φφ + σ_b².</param>
/// <param name="BiasVariance">σ_b² ≥ 0: biases have this variance; 0: there are none.</param>
/// <param name="IsTrained">Whether the layer's own gradient enters the tangent kernel.</param>
public readonly record struct KernelLayer(double WeightVariance, double BiasVariance = 0, bool IsTrained = true);
