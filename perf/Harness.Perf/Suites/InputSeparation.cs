using BenchmarkDotNet.Attributes;
using Harness.Core.Data;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>δ of n random inputs of dimension 64: the least distance of two.</summary>
public class InputSeparation
{
    private const int InputDimension = 64;

    private double[] inputs = [];

    /// <summary>n.</summary>
    [Params(64, 256, 1024, 4096)]
    public int Samples { get; set; }

    /// <summary>Inputs on the sphere.</summary>
    [GlobalSetup]
    public void Draw()
    {
        inputs = new double[Samples * InputDimension];
        SyntheticInputs.Random(RandomStream.FromSeed(1), Samples, InputDimension, inputs);
    }

    /// <summary>min ‖x_i − x_j‖ over pairs.</summary>
    [Benchmark]
    public InputPair Measure() => Separation.Measure(inputs, InputDimension);
}
