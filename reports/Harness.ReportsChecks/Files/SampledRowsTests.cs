using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Files;

/// <summary>Rows drawn at random: each with the same chance, in the order of the file, and none of the others unchecked.</summary>
public sealed class SampledRowsTests
{
    private const int Rows = 20, Count = 5, Seeds = 400;

    private static readonly string Table = "x,y\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"{i},{i * i}.5\n"));

    [Test]
    public void Sample_EveryRow_IsDrawnAsOften()
    {
        using var folder = new TemporaryFolder();
        var (path, drawn) = (folder.Write("data.csv", Table), new int[Rows]);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var sample = DelimitedFile.Sample(path, Count, (ulong)seed);
            Assert.That((sample.Data.Count, sample.Total), Is.EqualTo((Count, Rows)));
            Assert.That(sample.Lines, Is.Ordered.And.Unique);
            for (var i = 0; i < Count; i++)
            {
                Assert.That(sample.Data.Input(i)[0], Is.EqualTo(sample.Lines[i] - 2), "line 1 has the names");
                drawn[sample.Lines[i] - 2]++;
            }
        }

        // Binomial with mean 100 and deviation 8.7; six deviations either way over 20 rows: a false alarm in 4e-8 of all choices of seeds.
        Assert.That(drawn, Has.All.InRange(48, 152));
    }

    [Test]
    public void Sample_OfAFileWithNoMore_IsTheFile()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("data.csv", Table);
        Assert.That(DelimitedFile.Sample(path, Rows, 7).Data.Inputs, Is.EqualTo(DelimitedFile.Read(path).Inputs));
    }

    [Test]
    public void Sample_RowThatIsNotDrawn_IsCheckedAllTheSame()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("data.csv", Table + "1,NaN\n");
        for (var seed = 0UL; seed < 3; seed++)
        {
            Assert.That(() => DelimitedFile.Sample(path, 2, seed), Throws.InstanceOf<DataFileException>().With.Message.Contains($":{Rows + 2}:2: found 'NaN'"));
        }
    }

    [Test]
    public void Sample_InputColumns_AreThoseOfTheFile()
    {
        using var folder = new TemporaryFolder();
        Assert.That(DelimitedFile.Sample(folder.Write("data.csv", "a,kind,b\n1,p,2\n3,q,4\n"), 9, 1, "kind").Columns, Is.EqualTo(new[] { "column 1 ('a')", "column 3 ('b')" }));
    }
}
