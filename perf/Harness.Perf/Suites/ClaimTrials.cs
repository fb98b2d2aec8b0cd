using BenchmarkDotNet.Attributes;
using Harness.Claims;
using Harness.Claims.Catalogue;

namespace Harness.Perf.Suites;

/// <summary>One trial of every claim of the catalogue on generated instances: drawing the instance and measuring it.</summary>
public class ClaimTrials
{
    private const Profile Size = Profile.Gate;

    private WorkItem item = null!;

    /// <summary>Ids of the catalogue.</summary>
    public static IEnumerable<string> Ids => Catalogue.All.Select(claim => claim.Id);

    /// <summary>Id of the claim.</summary>
    [ParamsSource(nameof(Ids))]
    public string Claim { get; set; } = "";

    /// <summary>The first trial of the last cell in the gate profile: the widest, where the cells climb a ladder of widths.</summary>
    [GlobalSetup]
    public void Choose()
    {
        var claim = Catalogue.All.Single(claim => claim.Id == Claim);
        item = new(claim, Variant: 0, ClaimPlan.Cells(claim, variant: 0, Size, data: null)[^1], Trial: 0, Data: null);
    }

    /// <summary>Instance and observation.</summary>
    [Benchmark]
    public Observation Observe() => item.Observe(seed: 1, Size);
}
