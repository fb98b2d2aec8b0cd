using Harness.Core.Costs;

namespace Harness.Reports.Adapters;

/// <summary>A weight matrix of a transformer block that can have an adapter.</summary>
public enum AdapterTarget
{
    /// <summary>Queries, d_model × d_model.</summary>
    Q,

    /// <summary>Keys.</summary>
    K,

    /// <summary>Values.</summary>
    V,

    /// <summary>The attention's output, d_model × d_model.</summary>
    O,

    /// <summary>The first feed-forward matrix.</summary>
    Up,

    /// <summary>The second.</summary>
    Down,
}

/// <summary>What adapters of one rank on some matrices of every block train and store (arXiv:2106.09685, section 5.1).</summary>
/// <param name="Model">The model.</param>
/// <param name="Rank">r ≥ 1.</param>
/// <param name="Targets">The adapted matrices, each once.</param>
/// <param name="BytesPerNumber">Bytes of a stored number.</param>
public sealed record AdapterCount(ModelShape Model, int Rank, IReadOnlyList<AdapterTarget> Targets, int BytesPerNumber)
{
    /// <summary>Trained parameters: Σ r(d + k) over the adapted matrices; 2·L_LoRA·d_model·r where all are square.</summary>
    public long Trainable => checked(Model.Layers * Targets.Sum(target => Shape(target).Parameters));

    /// <summary>Bytes of a checkpoint of the adapters alone.</summary>
    public long Bytes => checked(Trainable * BytesPerNumber);

    /// <summary>Bytes of a checkpoint of the whole model; null where its parameters are not known.</summary>
    public long? ModelBytes => checked(Model.Parameters * BytesPerNumber);

    /// <summary>Parameters of the model for each that is trained; null where they are not known.</summary>
    public double? Reduction => Model.Parameters / (double)Trainable;

    private AdapterCosts Shape(AdapterTarget target) => target switch
    {
        AdapterTarget.K or AdapterTarget.V => new(Model.KeyValue, Model.Hidden, Rank),
        AdapterTarget.Up => new(Model.FeedForward, Model.Hidden, Rank),
        AdapterTarget.Down => new(Model.Hidden, Model.FeedForward, Rank),
        _ => new(Model.Hidden, Model.Hidden, Rank),
    };
}
