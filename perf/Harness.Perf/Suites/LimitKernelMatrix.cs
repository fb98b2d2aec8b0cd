using BenchmarkDotNet.Attributes;
using Harness.Core.Data;
using Harness.Core.Numerics;
using Harness.Core.Tangents;

namespace Harness.Perf.Suites;

/// <summary>The tangent kernel's limit at infinite width, n × n, for n random inputs of dimension 64.</summary>
public class LimitKernelMatrix
{
    private const int InputDimension = 64;

    private double[] inputs = [], kernel = [];

    /// <summary>n.</summary>
    [Params(64, 256, 1024)]
    public int Samples { get; set; }

    /// <summary>L.</summary>
    [Params(1, 3, 8)]
    public int Depth { get; set; }

    /// <summary>Inputs on the sphere.</summary>
    [GlobalSetup]
    public void Draw()
    {
        (inputs, kernel) = (new double[Samples * InputDimension], new double[Samples * Samples]);
        SyntheticInputs.Random(RandomStream.FromSeed(1), Samples, InputDimension, inputs);
    }

    /// <summary>Θ_∞(x_i, x_j).</summary>
    [Benchmark]
    public void Compute() => LimitKernel.Compute(inputs, Samples, Depth, kernel);
}
