namespace Harness.ReportsChecks.Files;

/// <summary>A new empty folder that is gone at the end of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("harness-");

    public string this[string name] => Path.Combine(folder.FullName, name);

    public IEnumerable<string> Names => folder.EnumerateFileSystemInfos().Select(f => f.Name);

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose() => folder.Delete(recursive: true);
}
