namespace Harness.Core.Transfer;

/// <summary>‖x − y‖² of a few coordinates, summed in ascending order.</summary>
internal static class SquaredDistance
{
    /// <summary>‖x − y‖².</summary>
    public static double Between(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var difference = x[i] - y[i];
            sum += difference * difference;
        }

        return sum;
    }
}
