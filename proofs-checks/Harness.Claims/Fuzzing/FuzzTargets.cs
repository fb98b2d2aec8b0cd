using Harness.Claims.Fuzzing.Targets;

namespace Harness.Claims.Fuzzing;

/// <summary>Everything that is fuzzed.</summary>
public static class FuzzTargets
{
    /// <summary>New instances of all targets, each time in the same order: a set for one thread.</summary>
    public static IReadOnlyList<FuzzTarget> Create() =>
    [
        new BallTarget(), new BallVectorTarget(), new ProductTarget(), new ForwardTarget(), new LossTarget(), new GradientTarget(), new TangentKernelTarget(), new DoubleDoubleTarget(),
        new ArchitectureTarget(), new ExtremeEigenvaluesTarget(), new EigenvaluesTarget(), new SpectralNormTarget(),
    ];
}
