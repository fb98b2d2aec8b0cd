using Harness.Core.Data;
using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Files;

/// <summary>Files that are not samples: file, line, cell, what was found, what to do.</summary>
public class MalformedDelimitedFileTests
{
    [Test]
    public void Read_NamesInPlaceOfLabels_AreRefusedBeforeTheirTargetsFillTheMemory()
    {
        // Each name twice, so that they are not rare: one-hot targets of 50,000 classes would take 40 GB.
        using var folder = new TemporaryFolder();
        var path = folder.Write("names.csv", string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i},n{i / 2}\n")));
        Assert.That(() => DelimitedFile.Read(path), Throws.InstanceOf<DataFileException>().With.Message.Contains("50000 different texts in 100000 samples, which are hardly classes"));
    }

    [Test]
    public void Read_ManyBlankLines_TakesNoMoreMemoryThanTheyHave()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("blank.csv", string.Concat(Enumerable.Repeat(" \n", 32_000)) + "1,a\n2,b\n3,a\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(DelimitedFile.Read(path).Count, Is.EqualTo(3));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(100 << 20), "the first line was looked for in a gigabyte");
    }

    [TestCase("", null, ": is empty", TestName = "Read_EmptyFile_SaysSo")]
    [TestCase("\n\r\n  \n", null, ": is empty", TestName = "Read_EmptyLinesOnly_SaysSo")]
    [TestCase("a,b,c\n", null, ":1: found column names and no sample", TestName = "Read_HeaderOnly_SaysSo")]
    [TestCase("1,2,0\n", null, ": has 1 sample;", TestName = "Read_OneSample_NeedsTwo")]
    [TestCase("1\n2\n3\n", null, ":1: found one cell", TestName = "Read_OneColumn_HasNoLabel")]
    [TestCase("1,2,0\n3,4\n", null, ":2: found 2 cells where the first line has 3", TestName = "Read_ShortLine_IsRagged")]
    [TestCase("1,2,0\n\n3,4,1,7\n", null, ":3: found 4 cells where the first line has 3", TestName = "Read_LongLineAfterAnEmptyOne_IsRagged")]
    [TestCase("1,2,0\n3,,1\n", null, ":2:2: found an empty cell", TestName = "Read_EmptyCell_HasItsPlace")]
    [TestCase("x,y,z\n1,2,0\n3,4,\n", null, ":3:3: found an empty cell in column 3 ('z')", TestName = "Read_EmptyLabel_HasItsPlaceAndName")]
    [TestCase("1,2,0\n3,NaN,1\n", null, ":2:2: found 'NaN' where a finite number was expected", TestName = "Read_NaN_IsRefused")]
    [TestCase("1,2,0\n3,1e999,1\n", null, ":2:2: found '1e999' where a finite number was expected", TestName = "Read_Overflow_IsRefused")]
    [TestCase("1,2,0\n3,4,inf\n", "first", ":2:3: found 'inf' where a number was expected", TestName = "Read_TextInANumericColumn_HasItsPlace")]
    [TestCase("1,2,0\n3,4,Infinity\n", null, ":2:3: found 'Infinity' as a label", TestName = "Read_InfiniteLabel_IsRefused")]
    [TestCase("w,x,y\n1,2,0\n3,abc,1\n", null, ":3:2: found 'abc' where a number was expected, in column 2 ('x')", TestName = "Read_TextUnderAHeader_NamesTheColumn")]
    [TestCase("a,1,x\nb,2,y\na,3,x\n", null, ":1: found text in 2 columns", TestName = "Read_TwoTextColumns_AsksWhichIsTheLabel")]
    [TestCase("a,1,x\nb,2,y\na,3,x\n", "3", ":1:1: found 'a' where a number was expected", TestName = "Read_SecondTextColumn_IsNoInput")]
    [TestCase("w,x,y\n1,2,0\n3,4,1\n", "z", ":1: there is no column 'z'; give last, first, a number from 1 to 3 or one of 'w', 'x', 'y'.", TestName = "Read_UnknownLabel_ListsTheNames")]
    [TestCase("1,2,0\n3,4,1\n", "4", ":1: there is no column '4'", TestName = "Read_LabelNumberOutOfRange_IsRefused")]
    [TestCase("x,x,y\n1,2,0\n3,4,1\n", "x", ":1: 2 columns are called 'x'", TestName = "Read_AmbiguousName_AsksForTheNumber")]
    [TestCase("1,2,7\n3,4,7\n5,6,7\n", null, ": all 3 samples have the label '7'", TestName = "Read_OneClass_IsRefused")]
    [TestCase("1,2,p\n3,4,q\n5,6,r\n", null, ": column 3 has 3 different texts in 3 samples", TestName = "Read_TextThatIsNoClass_IsRefused")]
    [TestCase("1,\"2,0\n3,4,1\n", null, ":1: is not a line of delimited cells", TestName = "Read_OpenQuote_IsFoundOnItsLine")]
    [TestCase("1,2,0\n3,4\0,1\n", null, ":2:2: found '4\uFFFD', which is not text", TestName = "Read_Nul_IsNotText")]
    [TestCase("1;2.000,5;0\n3;4;1\n", "last", ":1:2: found '2.000,5' where a number was expected", TestName = "Read_ThousandsSeparators_AreRefused")]
    [TestCase("1,?,0\n3,4,1\n5,6,0\n", null, ":1:2: found '?' where a number was expected", TestName = "Read_MissingValueInTheFirstLine_IsNoHeader")]
    [TestCase("1,NA,0\n3,4,1\n5,6,0\n", null, ":1:2: found 'NA' where a number was expected", TestName = "Read_NotAvailableInTheFirstLine_IsNoHeader")]
    [TestCase("x,y,z\nx,y,z\n1,2,0\n3,4,1\n", null, ":2: repeats the line before it, and both look like column names", TestName = "Read_HeaderTwice_AsksToRemoveOne")]
    [TestCase("x,y,z\n1,2,0\nx,y,z\n3,4,1\n", null, ":3: repeats the column names", TestName = "Read_HeaderAmongTheRows_AsksToRemoveIt")]
    [TestCase("x,y,z\n1,NA,a\n3,4,b\n", null, ":2:2: found 'NA' where a number was expected, in column 2 ('y'); missing values must be filled in", TestName = "Read_NotAvailableInTheFirstSample_IsNoLabel")]
    [TestCase("y\na\nb\n", null, ":1: found one cell", TestName = "Read_LabelsOnly_HaveNoInput")]
    [TestCase("PK\u0003\u0004rest", null, ": is a zip archive, as .npz and .xlsx files are", TestName = "Read_Spreadsheet_AsksForCsv")]
    [TestCase("PAR1rest", null, ": is a Parquet file", TestName = "Read_Parquet_AsksForCsv")]
    public void Read_Malformed(string text, string? label, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("bad.csv", text);
        Assert.That(() => DelimitedFile.Read(path, new() { Label = label }), Throws.InstanceOf<DataFileException>().With.Message.StartsWith(path + expected)
            .And.Message.Not.Contains('\n'));
    }

    [Test]
    public void Read_PreambleOfOtherWidth_NamesTheLine() => Assert.That(
        () => DelimitedFile.Read(Path.Combine(TestContext.CurrentContext.TestDirectory, "Files", "Samples", "preamble.csv")),
        Throws.InstanceOf<DataFileException>().With.Message.Contains("preamble.csv:2: found 6 cells where the first line has 4").And.Message.Contains("preamble must be removed"));

    [Test]
    public void Read_MissingFile_SaysSo() => Assert.That(() => DelimitedFile.Read("no-such.csv"), Throws.InstanceOf<DataFileException>().With.Message.EqualTo("no-such.csv: there is no such file."));

    [Test]
    public void Read_Folder_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => DelimitedFile.Read(folder[""]), Throws.InstanceOf<DataFileException>().With.Message.Contains("is a folder"));
    }

    [TestCase("")]
    [TestCase("a\0b")]
    public void Read_ImpossiblePath_IsAMissingFile(string path) => Assert.That(() => DelimitedFile.Read(path), Throws.InstanceOf<DataFileException>());

    [TestCase(1)]
    [TestCase(0)]
    [TestCase(-5)]
    public void Read_FewerThanTwoRows_IsRefused(int rows) => Assert.That(
        () => DelimitedFile.Read("any.csv", new() { Rows = rows }), Throws.InstanceOf<DataFileException>().With.Message.Contains("at least 2"));

    [Test]
    public void Read_LineWithoutEnd_StopsAtTheLimit()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("long.csv", new string('7', 40 << 20));
        Assert.That(() => DelimitedFile.Read(path), Throws.InstanceOf<DataFileException>().With.Message.Contains("longer than"));
    }

    [Test]
    public void Read_NumPyArray_SaysHowToWriteText()
    {
        using var folder = new TemporaryFolder();
        NpyArray.Write<double>(folder["X.npy"], new double[6], 3, 2);
        Assert.That(() => DelimitedFile.Read(folder["X.npy"]), Throws.InstanceOf<DataFileException>().With.Message.Contains("is a NumPy array, not delimited text; write it with numpy.savetxt"));
    }

    [Test]
    public void Read_Utf16WithoutByteOrderMark_AsksForUtf8([Values] bool isBigEndian)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("utf16.csv", new System.Text.UnicodeEncoding(isBigEndian, byteOrderMark: false).GetBytes("x,y,z\n1,2,a\n3,4,b\n"));
        Assert.That(() => DelimitedFile.Read(path), Throws.InstanceOf<DataFileException>().With.Message.Contains("save the file as UTF-8"));
    }

    [Test]
    public void Read_Latin1_AsksForUtf8()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("latin.csv", [.. "1,2,gr"u8, 0xFC, .. "n\n3,4,rot\n"u8]);
        Assert.That(() => DelimitedFile.Read(path), Throws.InstanceOf<DataFileException>().With.Message.Contains(":1:3:").And.Message.Contains("UTF-8"));
    }

    [Test]
    public void Read_ConstantColumn_IsNoError()
    {
        using var folder = new TemporaryFolder();
        var data = DelimitedFile.Read(folder.Write("constant.csv", "0,0,1,a\n0,0,2,b\n0,0,3,a\n"));
        Assert.That(UnitNormalisation.Apply(data).Inputs, Has.None.NaN);
    }
}
