using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>Tests that start the program, each in an empty folder of its own.</summary>
public abstract class CliFixture
{
    /// <summary>A cheap claim, with and without data: the whole of it takes a fraction of a second.</summary>
    protected const string CheapClaim = "azls.gradient-formula";

    /// <summary>A claim that is tried on data.</summary>
    protected const string DataClaim = "azls.kernel-identity";

    /// <summary>The files of a run that must have the same bits on any machine.</summary>
    protected static readonly string[] ReproducibleFiles = ["observations.jsonl", "verdicts.jsonl"];

    /// <summary>The folder of the test.</summary>
    protected string Folder { get; private set; } = null!;

    [SetUp]
    public void CreateFolder() => Folder = Directory.CreateTempSubdirectory("harness-cli-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs the program to its end.</summary>
    internal Finished Run(params string[] arguments) => HarnessProcess.Run(Folder, arguments);
}
