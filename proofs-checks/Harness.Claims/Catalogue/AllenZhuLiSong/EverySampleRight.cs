using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>
/// What the theorems promise in the end, on samples of any kind: gradient descent and stochastic gradient descent classify every training sample rightly, with the cross-entropy and with the squared loss. On real data all rows
/// are taken from the standard profile on.
/// </summary>
/// <remarks>
/// The theorems' widths are out of reach, so m, L, the constant c of the learning rate and the most steps T are given here, and the verdict is about them. Drawn instances must be fitted within T. On real samples, of which nothing is
/// known beforehand, steps that run out refute nothing, because the theorems allow polynomially many: the claim is then undecided. Derivation: docs/derivations.md, "Every sample right".
/// </remarks>
public static class EverySampleRight
{
    /// <summary>Gradient descent on the cross-entropy.</summary>
    public static Claim CrossEntropy { get; } = Of(
        "azls.all-right-cross-entropy", "Theorem 6 (classification)", "the cross-entropy", Loss.CrossEntropy, Drawn(c: 2, T: 1000), Real(m: 96, L: 4, c: 3, T: 4000));

    /// <summary>Stochastic gradient descent on the cross-entropy.</summary>
    public static Claim CrossEntropyInBatches { get; } = Of(
        "azls.sgd-all-right-cross-entropy", "Theorems 2 and 6 (classification)", "the cross-entropy", Loss.CrossEntropy, Drawn(c: 1.5, T: 1600, Batch(1)), Real(m: 256, L: 4, c: 5, T: 20_000, Batch(64)));

    /// <summary>Gradient descent on the squared loss.</summary>
    public static Claim Squared { get; } = Of(
        "azls.all-right-squared", "Theorem 1", "the squared loss", Loss.Squared, Drawn(c: 1, T: 3000), Real(m: 64, L: 6, c: 2, T: 20_000));

    /// <summary>Stochastic gradient descent on the squared loss.</summary>
    /// <remarks>At c = 0.7 one instance of 39 was not fitted within 2000 steps; at 0.35 all of 480 were, within 1728.</remarks>
    public static Claim SquaredInBatches { get; } = Of(
        "azls.sgd-all-right-squared", "Theorem 2", "the squared loss", Loss.Squared, Drawn(c: 0.35, T: 4000, Batch(1)), Real(m: 128, L: 6, c: 1, T: 60_000, Batch(64)));

    private static Claim Of(string id, string item, string lossName, Loss loss, VariableRange[] drawn, VariableRange[] real)
    {
        var (isInBatches, c) = (drawn[^1].Symbol == "b", Array.FindIndex(drawn, range => range.Symbol == "c"));
        return Claim
            .Named(id)
            .DerivedFrom(Papers.AllenZhuLiSong, item, "Every sample right", isInBatches ? "C52" : loss == Loss.Squared ? "C44" : "C53")
            .States($"every training sample is classified correctly after at most T steps of {(isInBatches ? "stochastic gradient descent, W ← W − η (n/b) Σ_{i∈S} ∇F_i," : "gradient descent")} on {lossName} at η = c d/(n m)")
            .Given(ClassedSamples.In(Instances(drawn).OnData(Domain.Climbing("n", rungs: (1, 2, 2), trials: (1, 1, 4), real))))
            .Observes("misclassified samples after T steps", samples => Misclassified(samples, loss))
            .AgainstItsOwnBound("0")
            .DecidedBy(Inequality.AtMost)
            .RefutedWhen("the last sample has the input of the first and another class", ClassedSamples.In(Instances(drawn)).Changed("the last has the input of the first and another class", ClassedSamples.Contradict))
            .RefutedWhen(isInBatches ? "the factor n/b is left out" : "η is n² times smaller", ClassedSamples.In(Instances([.. drawn[..c], Smaller(drawn[c], isInBatches ? Samples : Samples * Samples), .. drawn[(c + 1)..]])))
            .Build();
    }

    private const int Samples = 32;

    private static VariableRange Batch(double b) => new("b", b, b, IsInteger: true);

    private static VariableRange[] Drawn(double c, double T, params VariableRange[] batch) => [n(Samples), d(4), .. Network(m: 48, L: 2, c, T), .. batch];

    /// <summary>128 rows in the gate, and as many as the digits have beyond.</summary>
    private static VariableRange[] Real(double m, double L, double c, double T, params VariableRange[] batch) => [n(128, (128, 1797, 1797)), .. Network(m, L, c, T), .. batch];

    private static VariableRange[] Network(double m, double L, double c, double T) => [Ranges.m(m), Ranges.L(L), new("c", c, c, IsInteger: false), new("T", T, T, IsInteger: true)];

    private static Domain Instances(VariableRange[] ranges) => Domain.Filling(cells: 1, trials: (3, 6, 24), ranges);

    private static VariableRange Smaller(VariableRange range, double factor) => range with { From = range.From / factor, To = range.From / factor };

    private static Measurement Misclassified(ClassedSamples samples, Loss loss)
    {
        var fitting = Fitting.Run(samples, loss);
        var wrong = fitting.Misclassified;
        var mayBeZero = samples.Trial.Data is not null && wrong.Upper > 0;
        return new(mayBeZero ? new Ball(wrong.Upper / 2, wrong.Upper / 2) : wrong) { Bound = Ball.Exactly(0), Series = fitting.Curve.ToSeries() };
    }
}
