using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Reports.Files;

namespace Harness.Reports.Certificates;

/// <summary>A certified forward pass in one precision and what follows from it.</summary>
internal sealed class EnclosedPass : IEnclosedOutputs
{
    private readonly TrainedNetwork trained;
    private readonly BatchState<double> state;
    private readonly BatchRadii<double> radii;
    private readonly DoubleDoubleState? words;

    /// <summary>Runs the pass.</summary>
    /// <exception cref="DataFileException">An output overflows double precision on the way.</exception>
    public EnclosedPass(TrainedNetwork trained, ProofPrecision precision)
    {
        var network = trained.Network;
        this.trained = trained;
        state = new(network, trained.Samples);
        radii = new(network, state);
        if (precision == ProofPrecision.DoubleDouble)
        {
            words = new(network, trained.Samples);
            DoubleDoubleForward.Run(network, trained.Inputs, words, state, radii, copies: 1);
        }
        else
        {
            CertifiedForward.Run(network, trained.Inputs, state, radii);
        }

        Loss = Checked(EncloseLoss(), "the loss");
        Classification = Margins.Classify(trained.Targets, trained.Samples, this);
        OpenSigns = Enumerable.Range(0, network.Depth + 1).Sum(l => CertifiedForward.CountOpenSigns(state, radii, l));
    }

    /// <summary>F(W).</summary>
    public Range Loss { get; }

    /// <summary>Null where targets name no class.</summary>
    public Classification? Classification { get; }

    /// <summary>Neurons, over all layers and samples, whose sign the pass does not settle.</summary>
    public int OpenSigns { get; }

    /// <inheritdoc/>
    public Range Output(int sample, int output) => words is null ? Range.Of(Plain(sample, output)) : Range.Of(words.Output(sample, output));

    /// <inheritdoc/>
    public Range Difference(int sample, int output, int other) => words is null
        ? Range.Of(Plain(sample, output) - Plain(sample, other))
        : Range.Of(words.Output(sample, output) - words.Output(sample, other));

    /// <summary>‖∇F‖_F, by a backward pass in double.</summary>
    /// <exception cref="DataFileException">It overflows double precision on the way.</exception>
    public Range GradientNorm()
    {
        CertifiedGradient.Backward(trained.Network, state, radii);
        var square = Checked(Range.Of(CertifiedGradient.SquaredFrobeniusNorm(state, radii, new double[CertifiedGradient.WorkspaceLength(state)])), "the gradient");
        return new(RoundedUp.SqrtDown(square.AtLeast), RoundedUp.Sqrt(square.AtMost));
    }

    /// <summary>F(W), and its derivative by the outputs in the output signal. The squared loss keeps both words; of the others the outputs are rounded to one.</summary>
    private Range EncloseLoss()
    {
        if (trained.Loss != Core.Training.Loss.Squared)
        {
            return Range.Of(CertifiedLoss.Evaluate<double>(state, radii, trained.Targets, trained.Loss));
        }

        if (words is null)
        {
            return Range.Of(CertifiedLoss.Evaluate<double>(state, radii, trained.Targets));
        }

        DoubleDoubleLoss.Signal(words, trained.Targets, state, radii);
        return Range.Of(DoubleDoubleLoss.Evaluate(words, trained.Targets));
    }

    private Ball Plain(int sample, int output)
    {
        var at = (output * state.Stride) + sample;
        return new(state.Output[at], radii.Output[at]);
    }

    /// <summary>A quantity that is not negative, or a refusal.</summary>
    private Range Checked(Range range, string quantity) => range.IsFinite ? range with { AtLeast = Math.Max(range.AtLeast, 0) } : throw trained.Overflow(quantity);
}
