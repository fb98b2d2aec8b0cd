using Harness.Claims.Catalogue.AllenZhuLiSong;

namespace Harness.Claims.Catalogue;

/// <summary>Every claim that ships with the project, in the order in which the papers are read.</summary>
public static class Catalogue
{
    /// <summary>All claims.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        GradientFormula.Claim,
        KernelIdentity.Claim,
        ForwardNorm.Mean,
        ForwardNorm.Variance,
        ForwardNorm.Tail,
        LayerSpectralNorm.Claim,
        InitialGradient.SquaredNorm,
        InitialGradient.Output,
        SeparationThroughLayers.Claim,
        IntermediateNorms.Forward,
        IntermediateNorms.Backward,
        GradientBounds.FromAbove,
        GradientBounds.FromBelow,
        SemiSmoothness.Claim,
        ForwardDifference.SignCorrection,
        ForwardDifference.Telescoped,
        FlipBudget.Claim,
        ForwardPerturbation.Signs,
        ForwardPerturbation.Output,
        LinearConvergence.EveryStep,
        LinearConvergence.Movement,
        StepsToAccuracy.Claim,
        KernelLimit.Claim,
        ConvolutionalNorm.Claim,
        ConvolutionalKernelLimit.Claim,
        OtherArchitectures.ConvolutionalSteps,
        ResidualGrowth.Mean,
        ResidualGrowth.Depth,
        OtherArchitectures.ResidualSteps,
        OtherArchitectures.ResidualDepth,
        CertificateTightness.Loss,
        CertificateTightness.Gradient,
        CertificateTightness.Eigenvalue,
        OperationCount.Forward,
        OperationCount.Step,
        OperationCount.Kernel,
        OperationCount.WorkspaceBytes,
        .. RunningTime.Claims,
    ];
}
