namespace Harness.Core.Transfer;

/// <summary>A mean of groups weighted by their sizes, built up in place.</summary>
internal ref struct WeightedMean
{
    private readonly TransferModel model;
    private readonly ReadOnlySpan<double> means;
    private readonly Span<double> mean;

    /// <summary>Starts empty.</summary>
    /// <param name="model">Sizes.</param>
    /// <param name="means">(K + 1) × d.</param>
    /// <param name="mean">Receives the mean: d numbers.</param>
    public WeightedMean(TransferModel model, ReadOnlySpan<double> means, Span<double> mean)
    {
        this.model = model;
        this.means = means;
        this.mean = mean;
        mean.Clear();
    }

    /// <summary>The sizes added up.</summary>
    public double Size { get; private set; }

    /// <summary>Adds group k.</summary>
    public void Add(int k) => Add(model.Mean(means, k), model.Sizes[k]);

    /// <summary>Adds a mean of <paramref name="size"/> observations. The first is copied, so that a mean of one group has its bits.</summary>
    public void Add(ReadOnlySpan<double> other, double size)
    {
        Size += size;
        var share = size / Size;
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] += share * (other[i] - mean[i]);
        }
    }
}
