using Harness.Core.Data;
using Harness.Core.Numerics;

namespace Harness.Claims;

/// <summary>
/// One trial of one cell: the values of its variables and the random stream that everything in it is drawn from.
/// </summary>
/// <remarks>
/// The stream depends on (seed, claim, variant, cell, trial) alone, so a trial can be repeated by itself, anywhere, bit for bit.
/// </remarks>
public sealed class Trial(Variables variables, RandomStream stream, DataSet? data, Profile profile)
{
    /// <summary>The cell's variables, plus what has been measured on this instance.</summary>
    public Variables Variables { get; private set; } = variables;

    /// <summary>Real samples to draw the instance from; null when instances are generated.</summary>
    public DataSet? Data { get; } = data;

    /// <summary>The profile of the run.</summary>
    public Profile Profile { get; } = profile;

    /// <summary>Number of samples.</summary>
    public int n => (int)Variables.n;

    /// <summary>Output dimension.</summary>
    public int d => (int)Variables.d;

    /// <summary>Width.</summary>
    public int m => (int)Variables.m;

    /// <summary>Number of trained layers.</summary>
    public int L => (int)Variables.L;

    /// <summary>An independent stream for each purpose in the trial: "inputs", "weights", "perturbation".</summary>
    public RandomStream Random(string purpose) => stream.Derive(purpose);

    /// <summary>Records a measured margin or replaces a nominal value by the measured one; it is stored with the observation and printed with a failure.</summary>
    public void Measure(string symbol, double value) => Variables = Variables.With(symbol, value);
}
