namespace Harness.Core.Costs;

/// <summary>
/// How many multiply-adds a fully connected network (arXiv:1811.03962, section 2) costs on a batch of n samples, exactly: polynomials in n, 𝔡, m, L and d.
/// </summary>
/// <remarks>
/// One multiply-add is one a·b + c, whether it is rounded once or twice: two floating-point operations. Every element of a result is counted once; what a register tile
/// computes twice at its edge, and the other half of a symmetric product, is not work that was asked for. Rectifiers and sign matrices multiply nothing and count
/// nothing. So the numbers depend on neither machine nor implementation, and dividing by time gives useful work.
/// </remarks>
public readonly struct FullyConnectedCosts
{
    private readonly long n, dx, m, L, d;

    /// <summary>Costs at one shape.</summary>
    /// <param name="samples">n ≥ 1.</param>
    /// <param name="inputDimension">𝔡 ≥ 1.</param>
    /// <param name="width">m ≥ 1.</param>
    /// <param name="depth">L ≥ 1, the number of trained layers.</param>
    /// <param name="outputDimension">d ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is less than one.</exception>
    public FullyConnectedCosts(int samples, int inputDimension, int width, int depth, int outputDimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputDimension, 1);
        (n, dx, m, L, d) = (samples, inputDimension, width, depth, outputDimension);
    }

    /// <summary>A forward pass: n·m·(𝔡 + L·m + d), for A·X, W_l·H_{l−1} and B·H_L.</summary>
    /// <exception cref="OverflowException">The count exceeds 2⁶³ − 1.</exception>
    public long Forward => checked(n * m * (dx + (L * m) + d));

    /// <summary>A backward pass down to the signal u₁ of the lowest trained layer: n·m·(d + (L − 1)·m), for Bᵀ·V and W_lᵀ·U_l, l = L…2.</summary>
    /// <exception cref="OverflowException">The count exceeds 2⁶³ − 1.</exception>
    public long Backward => checked(n * m * (d + ((L - 1) * m)));

    /// <summary>The squared loss: n·d squares.</summary>
    /// <exception cref="OverflowException">The count exceeds 2⁶³ − 1.</exception>
    public long SquaredLoss => checked(n * d);

    /// <summary>A step of gradient descent: forward, loss, backward, and (n + 1)·L·m² for W_l − η·U_l·H_{l−1}ᵀ.</summary>
    /// <exception cref="OverflowException">The count exceeds 2⁶³ − 1.</exception>
    public long GradientDescentStep => checked(Forward + SquaredLoss + Backward + ((n + 1) * L * m * m));

    /// <summary>
    /// The empirical tangent kernel, N × N with N = n·d: forward and backward pass over N columns, and for every layer two symmetric Gram matrices over m features, together
    /// m·N·(N + 1), and N² for their Hadamard product.
    /// </summary>
    /// <exception cref="OverflowException">The count exceeds 2⁶³ − 1.</exception>
    public long TangentKernel
    {
        get
        {
            checked
            {
                var N = n * d;
                return (d * (Forward + Backward)) + (L * ((m * N * (N + 1)) + (N * N)));
            }
        }
    }
}
