namespace Harness.Cli;

/// <summary>The sweeps that come with the program.</summary>
internal static class ShippedSweeps
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "data", "sweeps");

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*.toml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal) : [];

    /// <summary>The file of a sweep: one of the user's own, or one that ships.</summary>
    public static string Find(string name) => !File.Exists(name) && Names.Contains(name) ? Path.Combine(Folder, name + ".toml") : name;
}
