namespace Harness.ReportsChecks.Certificates;

/// <summary>NumPy's files beside the tests.</summary>
internal static class SnapshotFiles
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Certificates", "Snapshots", name + ".npz");
}
