using Harness.Core.Data;
using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Files;

/// <summary>Files that are samples: every dialect the documentation names.</summary>
public class DelimitedFileTests
{
    [Test]
    public void Read_CommasNoHeaderTextLast_TakesTheTextAsClasses()
    {
        var data = DelimitedFile.Read(Sample("flowers.csv"));
        Assert.Multiple(() =>
        {
            Assert.That(data.Name, Is.EqualTo("flowers.csv"));
            Assert.That((data.Count, data.InputDimension, data.OutputDimension), Is.EqualTo((6, 4, 3)));
            Assert.That(data.Classes, Is.EqualTo(["setosa", "versicolor", "virginica"]));
            Assert.That(data.Labels, Is.EqualTo([0, 0, 1, 1, 2, 2]));
            Assert.That(data.Target(3).ToArray(), Is.EqualTo([0, 1, 0]));
            Assert.That(data.Input(5).ToArray(), Is.EqualTo([5.8, 2.7, 5.1, 1.9]), "raw, not normalised");
        });
    }

    [Test]
    public void Read_SemicolonsDecimalCommasBomCrLfQuotes_ReadsTheNumbers()
    {
        var data = DelimitedFile.Read(Sample("decimal-comma.csv"));
        Assert.Multiple(() =>
        {
            Assert.That(data.Inputs, Is.EqualTo([1.82, 75.5, 1.64, 60, 1.75, 70.25, 1.7, 66.5]));
            Assert.That(data.Classes, Is.EqualTo(["A", "B"]));
            Assert.That(data.OutputDimension, Is.EqualTo(2), "two classes are one-hot like any others");
        });
    }

    [TestCase(null, 2.0)]
    [TestCase("last", 2.0)]
    [TestCase("3", 2.0)]
    [TestCase("first", 0.0)]
    [TestCase("label", 0.0)]
    [TestCase("1", 0.0)]
    [TestCase("x1", 1.0)]
    public void Read_TabsWithHeader_TakesTheLabelThatIsNamed(string? label, double firstOfColumn)
    {
        var data = DelimitedFile.Read(Sample("label-first.tsv"), new() { Label = label });
        double[] firstLine = [0, 1, 2];
        Assert.That(data.Input(0).ToArray(), Is.EqualTo(firstLine.Where(v => v != firstOfColumn)));
        Assert.That(data.Classes, Has.Length.EqualTo(label is "first" or "label" or "1" ? 2 : 0));
    }

    [Test]
    public void Read_RealTargets_AreDividedByTheLargestMagnitude()
    {
        var data = DelimitedFile.Read(Sample("prices.csv"));
        Assert.Multiple(() =>
        {
            Assert.That(data.Targets, Is.EqualTo([301.5 / 603, -199.25 / 603, 1, 402.125 / 603]));
            Assert.That(data.OutputDimension, Is.EqualTo(1));
            Assert.That(data.Labels, Is.Empty);
        });
    }

    [Test]
    public void Read_LineOfCountsAndClassNamesFirst_IsTakenForTheHeader()
    {
        // The layout of scikit-learn's iris.csv, whose first line happens to have as many cells as a sample.
        var data = DelimitedFile.Read(Sample("count-line.csv"));
        Assert.That((data.Count, data.InputDimension, data.OutputDimension), Is.EqualTo((6, 4, 3)));
    }

    [Test]
    public void Read_Utf16WithByteOrderMark_IsText() => Assert.That(DelimitedFile.Read(Sample("utf-16.csv")).Classes, Is.EqualTo(["x", "y"]));

    [TestCase("1,2,a\r2,3,b\r3,4,a", TestName = "Read_CarriageReturnsOnly_SeparateLines")]
    [TestCase("1,2,a\n\n  \n2,3,b\n3,4,a\n\n", TestName = "Read_EmptyLines_AreSkipped")]
    [TestCase(" 1 ,\"2\",  a\n2,3,b \n3,4,\"a\"", TestName = "Read_SpacesAndQuotes_AreNotPartOfCells")]
    [TestCase("p,q,r\n1,2,a\n2,3,b\n3,4,a", TestName = "Read_Header_IsNotASample")]
    public void Read_Dialects(string text)
    {
        using var folder = new TemporaryFolder();
        var data = DelimitedFile.Read(folder.Write("data.csv", text));
        Assert.That(data.Inputs, Is.EqualTo([1, 2, 2, 3, 3, 4]));
        Assert.That(data.Classes, Is.EqualTo(["a", "b"]));
    }

    [Test]
    public void Read_FirstRows_ReadsNoFurther()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("data.csv", "1,2,0\n2,3,1\n3,4,0\nthe rest is not looked at");
        Assert.That(DelimitedFile.Read(path, new() { Rows = 3 }).Count, Is.EqualTo(3));
        Assert.That(() => DelimitedFile.Read(path), Throws.InstanceOf<DataFileException>());
    }

    [Test]
    public void Read_NumberedClasses_AreOrderedByValueWhateverTheLines()
    {
        using var folder = new TemporaryFolder();
        var data = DelimitedFile.Read(folder.Write("data.csv", "1,10\n2,9\n3,10.0\n4,9\n"));
        Assert.That(data.Classes, Is.EqualTo(["9", "10"]));
        Assert.That(data.Labels, Is.EqualTo([1, 0, 1, 0]));
    }

    [Test]
    public void Read_ManyDifferentWholeNumbers_AreRegression()
    {
        using var folder = new TemporaryFolder();
        var data = DelimitedFile.Read(folder.Write("data.csv", "1,1\n2,2\n3,3\n4,4\n"));
        Assert.That(data.Targets, Is.EqualTo([0.25, 0.5, 0.75, 1]));
    }

    [Test]
    public void Read_ShippedDigits_NormalisesToASeparatedSet()
    {
        var raw = DelimitedFile.Read(Path.Combine(TestContext.CurrentContext.TestDirectory, "Files", "Samples", "digits.csv"));
        var unit = UnitNormalisation.Apply(raw);
        var closest = Separation.Measure(unit.Inputs, unit.InputDimension);
        Assert.Multiple(() =>
        {
            Assert.That((raw.Count, raw.InputDimension, raw.OutputDimension), Is.EqualTo((1797, 64, 10)));
            Assert.That(raw.Inputs, Has.All.InRange(0, 16));
            Assert.That(RepeatedInputs.In(raw), Is.EqualTo(new RepeatedInputs(0, 0)));
            Assert.That(closest.Distance, Is.InRange(0.01, 0.5), $"{closest}");
        });
    }

    private static string Sample(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Files", "Samples", name);
}
