namespace Harness.Cli;

/// <summary>How to start this program again, on another node that sees the same files.</summary>
internal static class ThisProgram
{
    /// <summary>The program and the arguments that go before all others.</summary>
    public static IReadOnlyList<string> Command
    {
        get
        {
            var (started, assembly) = (Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "harness.dll"));
            return Path.GetFileNameWithoutExtension(started) == "dotnet" ? [started, assembly] : [started];
        }
    }
}
