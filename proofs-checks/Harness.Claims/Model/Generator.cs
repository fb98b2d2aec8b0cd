namespace Harness.Claims;

/// <summary>Hypotheses without the type of their instances.</summary>
public abstract class Generator(Domain domain, string inWords, bool takesData)
{
    /// <summary>Cells and trials.</summary>
    public Domain Domain { get; } = domain;

    /// <summary>The instances in words.</summary>
    public string InWords { get; } = inWords;

    /// <summary>Whether instances can be drawn from real samples.</summary>
    public bool TakesData { get; } = takesData;

    /// <summary>Whether real samples must have classes: the statement says nothing of a regression.</summary>
    public bool NeedsClasses { get; init; }
}

/// <summary>
/// Hypotheses as a generator: instances that satisfy them by construction, never by filtering.
/// </summary>
/// <param name="domain">Cells and trials.</param>
/// <param name="inWords">The instances in words.</param>
/// <param name="takesData">Whether instances can be drawn from real samples.</param>
/// <param name="sample">Draws the instance of a trial and records its measured margins.</param>
public sealed class Generator<TInstance>(Domain domain, string inWords, bool takesData, Func<Trial, TInstance> sample) : Generator(domain, inWords, takesData)
{
    /// <summary>Draws the instance of a trial.</summary>
    public TInstance Sample(Trial trial) => sample(trial);

    /// <summary>The same instances changed after they are drawn: the way to drop a hypothesis.</summary>
    public Generator<TInstance> Changed(string how, Func<TInstance, TInstance> change) =>
        new(Domain, $"{InWords}; {how}", TakesData, trial => change(sample(trial))) { NeedsClasses = NeedsClasses };

    /// <summary>The same instances, never drawn from real samples: for statements that need the same inputs in every cell.</summary>
    public Generator<TInstance> GeneratedOnly() => new(Domain, InWords, takesData: false, sample);
}
