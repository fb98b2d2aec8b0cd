namespace Harness.Reports.Files;

/// <summary>The labels of a file, and the targets y* that they stand for.</summary>
/// <remarks>
/// Classes are text, or whole numbers with few different values: two, or at most <see cref="MostNumberedClasses"/> that occur twice on
/// average. They are ordered by value or, as text, by code points, so that the order of the lines does not matter. Anything else is regression.
/// </remarks>
internal sealed class LabelColumn(string path, char separator, Columns columns)
{
    /// <summary>More different whole numbers than this are quantities, not names of classes.</summary>
    public const int MostNumberedClasses = 100;

    /// <summary>More different texts than this are names of samples; their one-hot targets would take the square of the file's length.</summary>
    public const int MostClasses = 1000;

    private readonly Dictionary<string, int> order = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly List<double> values = [];
    private readonly List<int> indices = [];
    private bool allNumbers = true;

    /// <summary>Takes the label of the next sample.</summary>
    public void Add(long line, string cell)
    {
        var number = Number(line, cell);
        allNumbers &= number is not null;
        if (!order.TryGetValue(cell, out var index))
        {
            order.Add(cell, index = names.Count);
            names.Add(cell);
            values.Add(number ?? 0);
        }

        indices.Add(index);
    }

    /// <summary>The number that a label is, or null where it is text.</summary>
    /// <exception cref="DataFileException">It is a number and not finite.</exception>
    public double? Number(long line, string cell)
    {
        var isNumber = NumberText.TryParse(cell, separator, out var value);
        return !isNumber || double.IsFinite(value)
            ? isNumber ? value : null
            : throw new DataFileException(path, line, columns.Label + 1, $"found {DataFileException.Quote(cell)} as a label, in {columns.Describe(columns.Label)}; labels are classes or finite numbers.");
    }

    /// <summary>n × d targets, with class indices and names where the labels are classes.</summary>
    /// <exception cref="DataFileException">The labels are all one class, or nearly as many classes as samples, or more than <see cref="MostClasses"/>.</exception>
    public (double[] Targets, int OutputDimension, int[] Indices, string[] Classes) ToTargets()
    {
        var distinct = allNumbers ? values.Distinct().Count() : names.Count;
        var isRare = distinct > Math.Max(2, indices.Count / 2);
        if (distinct == 1)
        {
            throw new DataFileException(
                path, $"all {indices.Count} samples have the label {DataFileException.Quote(names[0])} in {columns.Describe(columns.Label)}, so there is nothing to learn; name another label column, or read more rows if the file is sorted by label.");
        }

        if (!allNumbers && (isRare || distinct > MostClasses))
        {
            throw new DataFileException(
                path, $"{columns.Describe(columns.Label)} has {distinct} different texts in {indices.Count} samples, which are hardly classes ({MostClasses} at most, each twice on average); name another label column.");
        }

        return allNumbers && (isRare || distinct > MostNumberedClasses || values.Any(v => v != Math.Floor(v))) ? Regression() : Classification();
    }

    private (double[] Targets, int OutputDimension, int[] Indices, string[] Classes) Regression()
    {
        var largest = values.Max(Math.Abs);
        return ([.. indices.Select(i => values[i] / largest)], 1, [], []);
    }

    private (double[] Targets, int OutputDimension, int[] Indices, string[] Classes) Classification()
    {
        // "1" and "1.0" are one class, named as it occurs first.
        var classes = allNumbers
            ? names.Select((name, i) => (Name: name, Value: values[i])).DistinctBy(c => c.Value).OrderBy(c => c.Value).Select(c => c.Name).ToArray()
            : [.. names.Order(StringComparer.Ordinal)];
        var rank = allNumbers
            ? names.Select((_, i) => Array.FindIndex(classes, c => values[order[c]] == values[i])).ToArray()
            : [.. names.Select(name => Array.BinarySearch(classes, name, StringComparer.Ordinal))];
        var labels = indices.Select(i => rank[i]).ToArray();
        if ((long)labels.Length * classes.Length > Array.MaxLength)
        {
            throw new DataFileException(path, $"has {labels.Length} samples of {classes.Length} classes, whose targets are more than fit in memory at once; read fewer rows.");
        }

        var targets = new double[labels.Length * classes.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            targets[(i * classes.Length) + labels[i]] = 1;
        }

        return (targets, classes.Length, labels, classes);
    }
}
