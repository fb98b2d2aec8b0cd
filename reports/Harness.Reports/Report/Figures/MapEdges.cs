using System.Collections.Immutable;

namespace Harness.Reports.Report.Figures;

/// <summary>The swept values of a variable in ascending order, and the edges of the cells around them: halfway between neighbours.</summary>
internal sealed class MapEdges
{
    private readonly ImmutableArray<double> edges;

    /// <summary>Takes the values, at least two of them different, in any order. The axis is logarithmic where their ratios are more nearly equal than their differences.</summary>
    public MapEdges(IEnumerable<double> values)
    {
        Values = [.. values.Distinct().Order()];
        IsLogarithmic = Values[0] > 0 && Unevenness(v => Math.Log(v)) < Unevenness(v => v);
        double[] places = [.. Values.Select(value => IsLogarithmic ? Math.Log(value) : value)];
        double[] between = [.. places.Zip(places.Skip(1), (a, b) => (a + b) / 2)];
        edges = [.. between.Prepend((2 * places[0]) - between[0]).Append((2 * places[^1]) - between[^1]).Select(place => IsLogarithmic ? Math.Exp(place) : place)];
    }

    /// <summary>The values.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>Whether equal distances are equal ratios.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The lower edge of all.</summary>
    public double From => edges[0];

    /// <summary>The upper edge of all.</summary>
    public double To => edges[^1];

    /// <summary>The edges around a swept value.</summary>
    public (double From, double To) Around(double value)
    {
        var k = Values.IndexOf(value);
        return (edges[k], edges[k + 1]);
    }

    /// <summary>The widest of the distances between neighbours over the narrowest; two values are as even as ratios as they are as differences, and then differences are taken.</summary>
    private double Unevenness(Func<double, double> scale)
    {
        double[] gaps = [.. Values.Zip(Values.Skip(1), (a, b) => scale(b) - scale(a))];
        return gaps.Max() / gaps.Min();
    }
}
