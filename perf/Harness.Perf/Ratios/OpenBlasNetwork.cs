using System.Numerics;
using System.Numerics.Tensors;
using Harness.Core.Networks;

namespace Harness.Perf.Ratios;

/// <summary>The strongest peer that can be built by hand: the same network over OpenBLAS's products, everything in place, elementwise work by TensorPrimitives.</summary>
/// <remarks>All matrices row-major, batches feature-major: h is m × n.</remarks>
internal sealed class OpenBlasNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly OpenBlas blas;
    private readonly int n, m, inputDimension, outputDimension;
    private readonly T[] input, output, x, y, kernel, features, signals;
    private readonly T[][] hidden, h, u;

    public OpenBlasNetwork(OpenBlas blas, FullyConnected<T> network, ReadOnlySpan<T> inputs, int samples)
    {
        (this.blas, n, m, inputDimension, outputDimension) = (blas, samples, network.Width, network.InputDimension, network.OutputDimension);
        (input, output) = (new T[m * inputDimension], new T[outputDimension * m]);
        network.Input.CopyTo(input);
        network.Output.CopyTo(output);
        hidden = [.. Enumerable.Range(1, network.Depth).Select(l =>
        {
            var w = new T[m * m];
            network.Hidden(l).CopyTo(w);
            return w;
        })];
        (h, u) = (Layers(network.Depth + 1), Layers(network.Depth));
        (x, y) = (new T[inputDimension * n], new T[outputDimension * n]);
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < inputDimension; k++)
            {
                x[(k * n) + i] = inputs[(i * inputDimension) + k];
            }
        }

        (kernel, features, signals) = (new T[n * n], new T[n * n], new T[n * n]);
    }

    /// <summary>One hidden layer's product.</summary>
    public void Product() => blas.Multiply(m, n, m, T.One, hidden[0], false, h[0], false, T.Zero, h[1]);

    /// <summary>One step of gradient descent on the squared loss with targets zero.</summary>
    public void Step(T learningRate)
    {
        Forward();
        Backward(y);
        for (var l = 1; l <= hidden.Length; l++)
        {
            blas.Multiply(m, m, n, -learningRate, u[l - 1], false, h[l - 1], true, T.One, hidden[l - 1]);
        }
    }

    /// <summary>The lower triangle of the tangent kernel, for one output.</summary>
    public void Kernel()
    {
        Forward();
        y.AsSpan().Fill(T.One);
        Backward(y);
        Array.Clear(kernel);
        for (var l = 1; l <= hidden.Length; l++)
        {
            blas.Gram(h[l - 1], m, n, features);
            blas.Gram(u[l - 1], m, n, signals);
            TensorPrimitives.MultiplyAdd<T>(features, signals, kernel, kernel);
        }
    }

    private void Forward()
    {
        blas.Multiply(m, n, inputDimension, T.One, input, false, x, false, T.Zero, h[0]);
        TensorPrimitives.Max(h[0], T.Zero, h[0]);
        for (var l = 1; l <= hidden.Length; l++)
        {
            blas.Multiply(m, n, m, T.One, hidden[l - 1], false, h[l - 1], false, T.Zero, h[l]);
            TensorPrimitives.Max(h[l], T.Zero, h[l]);
        }

        blas.Multiply(outputDimension, n, m, T.One, output, false, h[^1], false, T.Zero, y);
    }

    private void Backward(T[] signal)
    {
        blas.Multiply(m, n, outputDimension, T.One, output, true, signal, false, T.Zero, u[^1]);
        for (var l = hidden.Length; l >= 1; l--)
        {
            Relu.Gate<T>(h[l], u[l - 1], u[l - 1]);
            if (l > 1)
            {
                blas.Multiply(m, n, m, T.One, hidden[l - 1], true, u[l - 1], false, T.Zero, u[l - 2]);
            }
        }
    }

    private T[][] Layers(int count) => [.. Enumerable.Range(0, count).Select(_ => new T[m * n])];
}
