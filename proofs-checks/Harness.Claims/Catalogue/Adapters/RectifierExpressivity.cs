using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>Zeng and Lee's construction for rectifier networks: biases keep the inner layers of a block active on a bounded set, where the block is then linear, and the last bias takes them back.</summary>
public static class RectifierExpressivity
{
    private static readonly Domain Sizes = Domain.Filling(
        cells: (12, 24, 60), trials: (1, 2, 4), new VariableRange("D", 2, (3, 4, 5), IsInteger: true), new VariableRange("L", 1, 3, IsInteger: true), new VariableRange("ρ", 1, 8, IsInteger: true), new VariableRange("rank E", 1, (2, 3, 4), IsInteger: true));

    /// <summary>One block, one layer of the target.</summary>
    public static Claim Block { get; } = Claim
        .Named("zl.rectifier-block")
        .DerivedFrom(Papers.ZengLee, "Rectifier networks (exact representation of a layer by a block)", "Expressive power of adapters", "L13")
        .States("L rectifier layers with adapters of rank ⌈rank(W̄ − ΠW_l)/L⌉ and free biases equal φ(W̄x + b̄) for every x of a box")
        .Given(RectifierBlock.On(Sizes))
        .Observes("largest difference at the vertices of the box, and largest negative value of an inner layer there, in rational arithmetic and in the core's", block => Difference(block, block.ErrorRank, isShifted: true, factor: 1))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("without the shift", block => Difference(block, block.ErrorRank, isShifted: false, factor: 1))
        .RefutedWhen("outside the box", block => Difference(block, block.ErrorRank, isShifted: true, factor: 3))
        .RefutedWhen("one rank is lost", block => Difference(block, block.ErrorRank - 1, isShifted: true, factor: 1))
        .Build();

    private static Measurement Difference(RectifierBlock block, int columns, bool isShifted, int factor) =>
        new(TransferProblem.Enclosed(block.Difference(block.Adapted(columns, isShifted), factor))) { Bound = Ball.Exactly(0) };
}
