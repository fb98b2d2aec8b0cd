namespace Harness.Reports.Certificates;

/// <summary>Leads of the right output over the others, from enclosed outputs.</summary>
internal static class Margins
{
    /// <summary>The class that a row of targets names: its largest entry, or with a single output 0 for a positive target and 1 for a negative one; −1 where it names none.</summary>
    public static int Class(ReadOnlySpan<double> targets)
    {
        if (targets.Length == 1)
        {
            return targets[0] > 0 ? 0 : targets[0] < 0 ? 1 : -1;
        }

        var largest = 0;
        for (var j = 1; j < targets.Length; j++)
        {
            largest = targets[j] > targets[largest] ? j : largest;
        }

        return targets.Count(targets[largest]) == 1 ? largest : -1;
    }

    /// <summary>Classifies n samples.</summary>
    /// <param name="targets">n × d.</param>
    /// <param name="n">Number of samples.</param>
    /// <param name="outputs">Bounds of the outputs.</param>
    /// <returns>Null where a row of targets names no class.</returns>
    public static Classification? Classify(ReadOnlySpan<double> targets, int n, IEnclosedOutputs outputs)
    {
        var (d, correct, wrong, least) = (targets.Length / n, 0, 0, double.PositiveInfinity);
        for (var i = 0; i < n; i++)
        {
            var right = Class(targets.Slice(i * d, d));
            if (right < 0)
            {
                return null;
            }

            var margin = d == 1 ? SignedOutput(outputs.Output(i, 0), right) : Lead(outputs, i, right, d);
            correct += margin.AtLeast > 0 ? 1 : 0;
            wrong += margin.AtMost <= 0 ? 1 : 0;
            least = Math.Min(least, margin.AtLeast);
        }

        return new(correct, wrong, least);
    }

    private static Range SignedOutput(Range y, int right) => right == 0 ? y : new(-y.AtMost, -y.AtLeast);

    private static Range Lead(IEnclosedOutputs outputs, int sample, int right, int d)
    {
        var (least, most) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var j = 0; j < d; j++)
        {
            if (j != right)
            {
                var lead = outputs.Difference(sample, right, j);
                (least, most) = (Math.Min(least, lead.AtLeast), Math.Min(most, lead.AtMost));
            }
        }

        return new(least, most);
    }
}
