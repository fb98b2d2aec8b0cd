using System.Numerics;
using Harness.Core.Data;
using Harness.Core.Networks;

namespace Harness.Reports.Runs;

/// <summary>Which network of arXiv:1811.03962 is trained, and what only that kind has: the fully connected one of section 2, the convolutional one of appendix B, the residual one of appendix C.</summary>
public abstract record Architecture
{
    private Architecture()
    {
    }

    /// <summary>The samples as the network takes them.</summary>
    /// <param name="normalised">Samples as <see cref="UnitNormalisation"/> leaves them.</param>
    public virtual DataSet Prepare(DataSet normalised) => normalised;

    /// <summary>A network for prepared samples, with all weights zero.</summary>
    /// <param name="samples">Give the dimensions of inputs and outputs.</param>
    /// <param name="width">m.</param>
    /// <param name="depth">L.</param>
    /// <param name="trainsAllLayers">Whether A and B are trained too.</param>
    public abstract Network<T> Create<T>(DataSet samples, int width, int depth, bool trainsAllLayers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Section 2.</summary>
    public sealed record FullyConnected : Architecture
    {
        /// <inheritdoc/>
        public override Network<T> Create<T>(DataSet samples, int width, int depth, bool trainsAllLayers) =>
            new FullyConnected<T>(samples.InputDimension, width, depth, samples.OutputDimension) { TrainsAllLayers = trainsAllLayers };
    }

    /// <summary>Appendix B: features on a grid that wraps around, and beside them a constant channel in place of the paper's bias.</summary>
    /// <param name="Height">Rows of the grid.</param>
    /// <param name="Width">Columns of the grid.</param>
    /// <param name="FilterHeight">At most the grid's.</param>
    /// <param name="FilterWidth">At most the grid's.</param>
    public sealed record Convolutional(int Height, int Width, int FilterHeight, int FilterWidth) : Architecture
    {
        private const int Channels = 2;

        /// <summary>
        /// Two channels: the features, and at every position √((1 − ‖x‖²)/p), which keeps the norm at one. It stands for the two coordinates that the normalisation has added, so it is 1/√(2p)
        /// for the longest samples and more for shorter ones, and samples that differ stay different.
        /// </summary>
        /// <exception cref="ArgumentException">There is not one feature for every position.</exception>
        public override DataSet Prepare(DataSet normalised)
        {
            ArgumentNullException.ThrowIfNull(normalised);
            var p = Height * Width;
            var features = normalised.InputDimension - UnitNormalisation.AddedCoordinates;
            if (features != p)
            {
                throw new ArgumentException($"{features} features do not fill {Height} × {Width} positions.", nameof(normalised));
            }

            var inputs = new double[normalised.Count * Channels * p];
            for (var i = 0; i < normalised.Count; i++)
            {
                var row = normalised.Input(i);
                var input = inputs.AsSpan(i * Channels * p, Channels * p);
                row[..p].CopyTo(input);
                input[p..].Fill(Math.Sqrt(((row[p] * row[p]) + (row[p + 1] * row[p + 1])) / p));
            }

            return new(normalised.Name, inputs, Channels * p, normalised.Targets, normalised.OutputDimension, normalised.Labels, normalised.Classes);
        }

        /// <inheritdoc/>
        public override Network<T> Create<T>(DataSet samples, int width, int depth, bool trainsAllLayers) =>
            new Convolutional<T>(PositionGraph.Torus(Height, Width, FilterHeight, FilterWidth), Channels, width, depth, samples.OutputDimension) { TrainsAllLayers = trainsAllLayers };
    }

    /// <summary>Appendix C.</summary>
    /// <param name="Step">τ, or null for the paper's 1/(L log m).</param>
    public sealed record Residual(double? Step = null) : Architecture
    {
        /// <inheritdoc/>
        public override Network<T> Create<T>(DataSet samples, int width, int depth, bool trainsAllLayers) =>
            new Residual<T>(samples.InputDimension, width, depth, samples.OutputDimension, Step) { TrainsAllLayers = trainsAllLayers };
    }
}
