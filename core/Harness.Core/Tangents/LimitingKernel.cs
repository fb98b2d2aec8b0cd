namespace Harness.Core.Tangents;

/// <summary>Which of the two kernels of a network of infinite width.</summary>
public enum LimitingKernel
{
    /// <summary>NTK: the Gram matrix of the gradients with respect to all trained parameters.</summary>
    Tangent,

    /// <summary>NNGP: the covariance of the outputs at initialisation.</summary>
    GaussianProcess,
}
