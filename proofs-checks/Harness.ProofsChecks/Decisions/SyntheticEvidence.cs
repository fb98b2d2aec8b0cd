using System.Collections.Immutable;
using Harness.Claims;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.ProofsChecks.Decisions;

/// <summary>Observations whose truth is known, on the designs that claims are tried on.</summary>
internal static class SyntheticEvidence
{
    /// <summary>A width, a separation whose limit is zero, samples, layers and outputs; the factors by which they spread are 16, 100, 16, 8 and 4.</summary>
    public static ImmutableArray<VariableRange> FiveVariables { get; } =
    [
        new("m", 64, 1024, false), new("δ", 0.3, 0.003, false), new("n", 2, 32, false), new("L", 1, 8, false), new("d", 1, 4, false),
    ];

    /// <summary>A space-filling design with its milder half for calibration, observed through a log-normal ratio.</summary>
    /// <param name="stream">Source of the noise.</param>
    /// <param name="ratio">Median of value/scale as a function of the variables.</param>
    /// <param name="noise">Standard deviation of the ratio's logarithm.</param>
    /// <param name="cells">Number of cells.</param>
    /// <param name="trials">Trials a cell.</param>
    /// <param name="ranges">The variables; <see cref="FiveVariables"/> by default.</param>
    public static Evidence Ratios(RandomStream stream, Func<Variables, double> ratio, double noise, int cells = 24, int trials = 4, ImmutableArray<VariableRange>? ranges = null) =>
        Ratios(stream, ratio, (_, z) => noise * z, cells, trials, ranges);

    /// <summary>The same with noise of any shape: a function of the variables and a standard normal.</summary>
    public static Evidence Ratios(RandomStream stream, Func<Variables, double> ratio, Func<Variables, double, double> noise, int cells = 24, int trials = 4, ImmutableArray<VariableRange>? ranges = null)
    {
        var variables = ranges ?? FiveVariables;
        var domain = Domain.Filling(cells, trials, variables.AsSpan());
        var normals = Normals(stream, cells * trials);
        Observation[] all =
        [
            .. domain.Cells(Profile.Standard).SelectMany(cell => Enumerable.Range(0, trials).Select(trial => new Observation(
                cell.Index, trial, cell.IsCalibration, cell.Variables,
                Ball.Unbounded(ratio(cell.Variables) * Math.Exp(noise(cell.Variables, normals[(cell.Index * trials) + trial]))), Ball.Exactly(1), []))),
        ];
        return new([.. all.Where(o => o.IsCalibration)], [.. all.Where(o => !o.IsCalibration)], [.. variables.Where(r => !r.IsSingle).Select(r => new SweptVariable(r.Symbol, r.TowardsZero))]);
    }

    /// <summary>A ladder in x, doubling from 1 and observed with a given noise.</summary>
    /// <param name="rungs">Number of rungs.</param>
    /// <param name="trials">Trials a rung.</param>
    /// <param name="y">The observation as a function of x and the index of the draw.</param>
    public static Evidence Ladder(int rungs, int trials, Func<double, int, double> y) => new(
        [],
        [.. Enumerable.Range(0, rungs).SelectMany(rung => Enumerable.Range(0, trials).Select(trial => Observe(
            rung, trial, Variables.None.With("x", Math.Pow(2, rung)), y(Math.Pow(2, rung), (rung * trials) + trial), 1)))],
        [new("x", TowardsZero: false)]);

    /// <summary>Trials in cells without any variable.</summary>
    public static Evidence Cells(int cells, int trials, Func<int, int, (double Value, double Bound)> observe) => new(
        [],
        [.. Enumerable.Range(0, cells).SelectMany(cell => Enumerable.Range(0, trials).Select(trial =>
        {
            var (value, bound) = observe(cell, trial);
            return Observe(cell, trial, Variables.None, value, bound);
        }))],
        []);

    /// <summary>One observation with an untracked value.</summary>
    public static Observation Observe(int cell, int trial, Variables variables, double value, double bound) =>
        new(cell, trial, false, variables, Ball.Unbounded(value), Ball.Exactly(bound), []);

    /// <summary>Standard normal draws.</summary>
    public static double[] Normals(RandomStream stream, int count)
    {
        var draws = new double[count];
        stream.FillGaussian<double>(draws, 1.0);
        return draws;
    }
}
