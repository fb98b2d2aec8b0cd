using Harness.Claims;

namespace Harness.Reports.Runs;

/// <summary>Where a run keeps its observations. Called by one thread at a time.</summary>
public interface IObservationStore
{
    /// <summary>The observation of an earlier session of the same run, or null.</summary>
    Observation? Find(WorkItem item);

    /// <summary>Appends an observation; the calls come in an order that depends on the plan alone.</summary>
    void Append(WorkItem item, Observation observation);
}
