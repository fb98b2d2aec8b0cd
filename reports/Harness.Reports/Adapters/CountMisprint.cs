namespace Harness.Reports.Adapters;

/// <summary>Counts that arXiv:2106.09685 prints beside settings whose formula gives another.</summary>
public static class CountMisprint
{
    /// <summary>What to say of a count, or null where the paper prints what its formula gives, or nothing.</summary>
    public static string? Of(AdapterCount count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return (count.Model.Name, count.Rank, count.Targets.Order().ToArray()) switch
        {
            ("gpt3-175b", 2, [AdapterTarget.Q, AdapterTarget.K, AdapterTarget.V, AdapterTarget.O]) => "The paper lists this setting (appendix D.4) among those of 37.7M parameters, which is rank 4; its formula gives 18.9M.",
            ("gpt2-medium", 4, [AdapterTarget.Q, AdapterTarget.V]) => "The paper prints 0.35M for this setting (table 3); its formula gives 0.39M.",
            _ => null,
        };
    }
}
