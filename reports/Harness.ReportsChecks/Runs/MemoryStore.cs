using Harness.Claims;
using Harness.Reports.Runs;

namespace Harness.ReportsChecks.Runs;

/// <summary>A store in memory, with what an earlier session left.</summary>
internal sealed class MemoryStore(IEnumerable<KeyValuePair<string, Observation>>? earlier = null) : IObservationStore
{
    private readonly Dictionary<string, Observation> known = (earlier ?? []).ToDictionary();

    /// <summary>What this session appended, in order.</summary>
    public List<KeyValuePair<string, Observation>> Appended { get; } = [];

    public Observation? Find(WorkItem item) => known.GetValueOrDefault(Key(item));

    public void Append(WorkItem item, Observation observation) => Appended.Add(new(Key(item), observation));

    private static string Key(WorkItem item) => ReplayKey.Of(item, Profile.Gate, 7).ToString();
}
