using System.Collections.Immutable;

namespace Harness.Reports.Diagnoses;

/// <summary>What the theory says of a data set and a network, measured on them. Names are those of <c>diagnose --format json</c>, documented in docs/cli.md and stable.</summary>
/// <param name="Network">The network and how it was trained.</param>
/// <param name="Data">The samples.</param>
/// <param name="InfiniteWidth">The limit kernel of the different samples that were taken.</param>
/// <param name="FiniteWidth">The tangent kernel of the network as it was drawn, on the same samples.</param>
/// <param name="Descent">Gradient descent, predicted and measured.</param>
/// <param name="Labels">The labels in the eigenvectors of the limit kernel.</param>
/// <param name="Theorems">What convergence theorems ask for.</param>
/// <param name="Readings">What it all means, in plain words.</param>
public sealed record Diagnosis(
    NetworkDiagnosis Network,
    DataDiagnosis Data,
    KernelDiagnosis InfiniteWidth,
    KernelDiagnosis FiniteWidth,
    DescentDiagnosis Descent,
    LabelDiagnosis Labels,
    TheoremDiagnosis Theorems,
    ImmutableArray<Reading> Readings);

/// <summary>The network that was diagnosed.</summary>
/// <param name="Depth">L.</param>
/// <param name="Width">m.</param>
/// <param name="Samples">n, different inputs that kernels and training were computed on.</param>
/// <param name="Outputs">d.</param>
/// <param name="Seed">Seed of rows and weights.</param>
public sealed record NetworkDiagnosis(int Depth, int Width, int Samples, int Outputs, ulong Seed);

/// <summary>Samples in the terms of the theory. Lines are those of the file, counted from 1.</summary>
/// <param name="Name">File name.</param>
/// <param name="RowsInFile">Samples of the file.</param>
/// <param name="Rows">Samples that were drawn from it; all where they are as many.</param>
/// <param name="InputDimension">Columns of inputs.</param>
/// <param name="Classes">Names of the classes; empty for regression.</param>
/// <param name="Separation">δ, the smallest distance between two different inputs after normalisation; null where all inputs are equal.</param>
/// <param name="ClosestPairs">The closest pairs of different inputs, and the closest that have different labels, unless a thousand pairs are closer.</param>
/// <param name="RepeatedRows">Samples whose input occurs earlier.</param>
/// <param name="Conflicts">Inputs that occur with different labels, at most <see cref="MostConflicts"/> of them.</param>
/// <param name="ConflictingInputs">How many such inputs there are.</param>
/// <param name="BestAccuracy">The largest accuracy that any function of the inputs can have; null for regression.</param>
/// <param name="LeastLoss">The smallest F = ½ Σ ‖f(x) − y*‖² that any function of the inputs can have.</param>
/// <param name="ConstantColumns">Columns with a single value.</param>
/// <param name="LongestColumn">The column with the largest share of Σ ‖x‖².</param>
/// <param name="LongestColumnShare">Its share.</param>
public sealed record DataDiagnosis(
    string Name,
    int RowsInFile,
    int Rows,
    int InputDimension,
    ImmutableArray<string> Classes,
    double? Separation,
    ImmutableArray<ClosePair> ClosestPairs,
    int RepeatedRows,
    ImmutableArray<ConflictingInput> Conflicts,
    int ConflictingInputs,
    double? BestAccuracy,
    double LeastLoss,
    ImmutableArray<string> ConstantColumns,
    string? LongestColumn,
    double LongestColumnShare)
{
    /// <summary>Conflicts that are listed.</summary>
    public const int MostConflicts = 10;
}

/// <summary>Two different inputs.</summary>
/// <param name="FirstLine">Line of one.</param>
/// <param name="SecondLine">Line of the other.</param>
/// <param name="Distance">Between them, after normalisation.</param>
/// <param name="HasSameLabel">Whether their targets agree.</param>
public sealed record ClosePair(long FirstLine, long SecondLine, double Distance, bool HasSameLabel);

/// <summary>An input that occurs with different labels.</summary>
/// <param name="Lines">Where it occurs.</param>
/// <param name="Labels">The labels there.</param>
public sealed record ConflictingInput(ImmutableArray<long> Lines, ImmutableArray<string> Labels)
{
    private const int MostInWords = 10;

    /// <summary>"2, 6, 9", and no more than a reader looks up.</summary>
    public string LinesInWords() => string.Join(", ", Lines.Take(MostInWords)) + (Lines.Length > MostInWords ? ", …" : "");

    /// <summary>"a (2), b (1)", the most frequent first.</summary>
    public string LabelsInWords() => string.Join(", ", Labels.CountBy(label => label).OrderByDescending(count => count.Value).Take(MostInWords).Select(count => $"{count.Key} ({count.Value})"));
}

/// <summary>The spectrum of a kernel matrix in units of m/2d, in which its diagonal is about L.</summary>
/// <param name="Order">Rows of the matrix: n in the limit, where all outputs have one kernel; n·d for a network.</param>
/// <param name="Smallest">λ_min as computed.</param>
/// <param name="SmallestAtLeast">A proven lower bound of λ_min; null where nothing is proved.</param>
/// <param name="Largest">λ_max as computed.</param>
/// <param name="LargestAtMost">A proven upper bound of λ_max; null where nothing is proved.</param>
/// <param name="Eigenvalues">All of them as computed, from the largest down.</param>
public sealed record KernelDiagnosis(int Order, double Smallest, double? SmallestAtLeast, double Largest, double? LargestAtMost, ImmutableArray<double> Eigenvalues)
{
    /// <summary>Whether the matrix is proved to be positive definite.</summary>
    public bool IsPositive => SmallestAtLeast > 0;
}

/// <summary>Gradient descent at η = 1/λ_max of the network's kernel, predicted and measured.</summary>
/// <param name="LearningRate">η.</param>
/// <param name="InitialLoss">F(W⁽⁰⁾).</param>
/// <param name="FinalLoss">F at the last step; null where it is no finite number.</param>
/// <param name="Steps">Steps that were run.</param>
/// <param name="HasDiverged">Whether the loss grew beyond all bounds, or ceased to be a number.</param>
/// <param name="Accuracy">ε.</param>
/// <param name="StepsMeasured">Steps to F ≤ ε F(W⁽⁰⁾); null where the run ended before.</param>
/// <param name="StepsLinearised">Those of the network linearised at its initial weights; null where it never arrives.</param>
/// <param name="StepsInfiniteWidth">Those of the limit kernel from the same start; null where it never arrives.</param>
/// <param name="StepsAtWorst">Steps that are enough for the linearised network whatever the labels, log(1/ε)/(2ηλ_min), since 1 − ηλ ≤ e^{−ηλ}; null where λ_min is not proved positive.</param>
/// <param name="RateMeasured">Factor of the loss in a step, the mean over the last half of the run; null where that is no finite number.</param>
/// <param name="RateLinearised">The same of the linearised network; null where nothing is left of its loss.</param>
/// <param name="RateAtWorst">(1 − ηλ_min)², the factor in the slowest direction.</param>
/// <param name="Movement">‖W − W⁽⁰⁾‖_F at the last point of the curve.</param>
/// <param name="MovementLinearised">The same of the linearised network.</param>
/// <param name="MovementLimit">√(r₀ᵀK⁻¹r₀): where the linearised network ends; null where K is not proved positive.</param>
/// <param name="InitialNorm">‖W⁽⁰⁾‖_F of the trained layers.</param>
/// <param name="LinearisationError">max_t ‖y(W⁽ᵗ⁾) − y_lin(t)‖/‖y(W⁽⁰⁾) − y*‖ over the curve.</param>
/// <param name="Misclassified">Samples that the network misclassifies at the last step; null for regression.</param>
/// <param name="Curve">The run at some of its steps.</param>
public sealed record DescentDiagnosis(
    double LearningRate,
    double InitialLoss,
    double? FinalLoss,
    int Steps,
    bool HasDiverged,
    double Accuracy,
    int? StepsMeasured,
    long? StepsLinearised,
    long? StepsInfiniteWidth,
    double? StepsAtWorst,
    double? RateMeasured,
    double? RateLinearised,
    double RateAtWorst,
    double Movement,
    double MovementLinearised,
    double? MovementLimit,
    double InitialNorm,
    double LinearisationError,
    int? Misclassified,
    ImmutableArray<CurvePoint> Curve);

/// <summary>A step of the run, and what was predicted for it.</summary>
/// <param name="Step">t.</param>
/// <param name="Loss">F(W⁽ᵗ⁾).</param>
/// <param name="LossLinearised">That of the linearised network.</param>
/// <param name="LossInfiniteWidth">That of the limit kernel; null where η is so large for it that it diverges.</param>
/// <param name="Movement">‖W⁽ᵗ⁾ − W⁽⁰⁾‖_F.</param>
/// <param name="LinearisationError">‖y(W⁽ᵗ⁾) − y_lin(t)‖/‖y(W⁽⁰⁾) − y*‖.</param>
public sealed record CurvePoint(int Step, double Loss, double LossLinearised, double? LossInfiniteWidth, double Movement, double LinearisationError);

/// <summary>The labels seen by the limit kernel (arXiv:2509.20294 with a fixed design): energies θ² of its eigendirections, all outputs together, as fractions of their sum.</summary>
/// <param name="Energies">By falling eigenvalue.</param>
/// <param name="Spans">Effective span dimensions at some noise levels.</param>
public sealed record LabelDiagnosis(ImmutableArray<double> Energies, ImmutableArray<SpanAtNoise> Spans);

/// <summary>An effective span dimension.</summary>
/// <param name="NoiseFraction">The noise, as a fraction of the variance of the labels.</param>
/// <param name="Least">d† where rounding leaves a tie open: the smaller side.</param>
/// <param name="Most">The larger side.</param>
/// <param name="BestOrder">What it would be in the order of |θ|, which no kernel can beat.</param>
/// <param name="Unrelated">What it would be for labels that lie in all directions alike.</param>
public sealed record SpanAtNoise(double NoiseFraction, int Least, int Most, int BestOrder, int Unrelated);

/// <summary>What convergence theorems ask for at these n, L, d and δ, every hidden constant set to 1; null where that is beyond all numbers, or δ is zero.</summary>
/// <param name="Widths">One a theorem.</param>
/// <param name="Steps">n⁶ L² δ⁻² log(1/ε), the steps of arXiv:1811.03962, Theorem 1.</param>
/// <param name="Movement">n³ √d log(m)/(δ √m), the distance that it allows.</param>
public sealed record TheoremDiagnosis(ImmutableArray<AskedWidth> Widths, double? Steps, double? Movement);

/// <summary>The width of a theorem.</summary>
/// <param name="Paper">Authors and identifier.</param>
/// <param name="Item">The theorem.</param>
/// <param name="Network">What is trained.</param>
/// <param name="Formula">The width in symbols.</param>
/// <param name="Width">At the data; null where the formula depends on what a separation does not bound, too.</param>
public sealed record AskedWidth(string Paper, string Item, string Network, string Formula, double? Width);

/// <summary>What a part of the diagnosis means to whoever owns the data.</summary>
/// <param name="Topic">data, kernel, descent, movement, labels or theorems.</param>
/// <param name="Text">Sentences.</param>
public sealed record Reading(string Topic, string Text);
