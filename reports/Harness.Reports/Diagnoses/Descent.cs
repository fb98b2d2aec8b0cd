using Harness.Core.Spectra;
using Harness.Reports.Runs;

namespace Harness.Reports.Diagnoses;

/// <summary>A run of gradient descent beside what the kernels at its start predict: the network linearised there, and the limit of infinite width.</summary>
internal sealed class Descent
{
    /// <summary>Steps of the run that are compared with the predictions; about evenly spaced in the logarithm.</summary>
    private const int Points = 40;

    /// <summary>A loss this many times that at the start has diverged.</summary>
    private const double Divergence = 1e6;

    private readonly DiagnosisSettings settings;
    private readonly TrainingRun<double> run;
    private readonly KernelMatrixSpectrum finite;
    private readonly KernelMatrixSpectrum limit;
    private readonly double[] limitValues;
    private readonly double[] start;
    private readonly double[] modes;
    private readonly double[] limitModes;
    private readonly List<CurvePoint> curve = [];

    /// <summary>Takes a run that has made no step.</summary>
    /// <param name="settings">Says how far to go.</param>
    /// <param name="run">The run.</param>
    /// <param name="finite">The tangent kernel at its start.</param>
    /// <param name="limit">The limit kernel, in units of m/2d.</param>
    public Descent(DiagnosisSettings settings, TrainingRun<double> run, KernelMatrixSpectrum finite, KernelMatrixSpectrum limit)
    {
        (this.settings, this.run, this.finite, this.limit) = (settings, run, finite, limit);
        limitValues = [.. limit.Values.Select(value => value * run.Network.Width / (2.0 * run.Network.OutputDimension))];
        InitialLoss = run.Evaluate();
        start = Residual();
        modes = new double[start.Length];
        Linearised.Modes(start, modes);
        limitModes = LimitModes();
    }

    private KernelDynamics Linearised => new(finite.Values, finite.Vectors);

    /// <summary>The limit kernel in the units of the network's.</summary>
    private KernelDynamics Limiting => new(limitValues, limit.Vectors);

    private double InitialLoss { get; }

    /// <summary>Runs to the accuracy, to the last step, or until the loss is beyond all bounds.</summary>
    /// <param name="stepDone">Told after every step; may throw to stop.</param>
    public DescentDiagnosis Run(Action stepDone)
    {
        int? arrived = null;
        var (step, loss) = (0, InitialLoss);
        for (var shown = 0; step < settings.Steps && arrived is null && IsBounded(loss); step++)
        {
            var distance = step == shown ? run.DistanceFromInitialisation() : 0;
            loss = run.Step();
            arrived = IsArrived(loss) ? step : null;
            if (step == shown)
            {
                Add(step, loss, distance);
                shown = Math.Max(step + 1, (int)(step * Math.Pow(settings.Steps, 1.0 / Points)));
            }

            stepDone();
        }

        loss = run.Finish();
        Add(step, loss, run.DistanceFromInitialisation());
        return Describe(step, loss, arrived ?? (IsArrived(loss) ? step : null));
    }

    private bool IsArrived(double loss) => loss <= settings.Accuracy * InitialLoss;

    private bool IsBounded(double loss) => double.IsFinite(loss) && loss <= Divergence * InitialLoss;

    private DescentDiagnosis Describe(int steps, double loss, int? arrived)
    {
        var (η, λ, half, last) = (run.LearningRate, finite.Smallest, steps / 2, curve[^1]);
        var (target, perStep) = (2 * settings.Accuracy * InitialLoss, 1.0 / Math.Max(1, steps - half));
        var learnt = new GradientDescentFilter(η, last.Step);
        return new(
            η,
            InitialLoss,
            Finite(loss),
            steps,
            HasDiverged: !IsBounded(loss),
            settings.Accuracy,
            StepsMeasured: arrived,
            StepsLinearised: Arrival(Linearised.StepsToResidual(η, modes, target)),
            StepsInfiniteWidth: Arrival(Limiting.StepsToResidual(η, limitModes, target)),
            StepsAtWorst: λ > 0 ? Finite(Math.Log(1 / settings.Accuracy) / (2 * η * λ)) : null,
            RateMeasured: Finite(Math.Pow(loss / run.Losses[half], perStep)),
            RateLinearised: Finite(Math.Pow(Predicted(steps) / Predicted(half), perStep)),
            RateAtWorst: λ > 0 ? Square(1 - (η * λ)) : 1,
            last.Movement,
            MovementLinearised: Math.Sqrt(modes.Select((mode, k) => Square(learnt.Filter(finite.Values[k]) * mode) * Math.Max(0, finite.Values[k])).Sum()),
            MovementLimit: λ > 0 ? Math.Sqrt(modes.Select((mode, k) => mode * mode / finite.Values[k]).Sum()) : null,
            InitialNorm: Math.Sqrt(Enumerable.Range(run.Initial.FirstTrained, run.Initial.LastTrained - run.Initial.FirstTrained + 1).Sum(l => run.Initial.Layer(l).SquaredFrobeniusNorm())),
            LinearisationError: curve.Max(point => point.LinearisationError),
            Misclassified: run.Data.Labels.Length > 0 ? run.Misclassified() : null,
            [.. curve]);
    }

    private static long? Arrival(long steps) => steps < 0 ? null : steps;

    private static double Square(double x) => x * x;

    /// <summary>F of the linearised network.</summary>
    private double Predicted(int step) => Linearised.SquaredResidual(new GradientDescentFilter(run.LearningRate, step), modes) / 2;

    /// <summary>Compares a step with its predictions; one whose loss is beyond all bounds has no place on a curve.</summary>
    private void Add(int step, double loss, double movement)
    {
        if (!IsBounded(loss))
        {
            return;
        }

        var (filter, residual, predicted) = (new GradientDescentFilter(run.LearningRate, step), Residual(), new double[start.Length]);
        Linearised.Residual(filter, modes, predicted);
        var apart = Math.Sqrt(residual.Zip(predicted, (r, p) => Square(r - p)).Sum() / start.Sum(Square));
        curve.Add(new(step, loss, Predicted(step), Finite(Limiting.SquaredResidual(filter, limitModes) / 2), movement, apart));
    }

    /// <summary>What is infinite or no number has no value in a file.</summary>
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>The norms, over the outputs, of the components of the first residual: every output trains apart, under one kernel.</summary>
    private double[] LimitModes()
    {
        var (n, d) = (run.Data.Count, run.Data.OutputDimension);
        var (squares, column, components) = (new double[n], new double[n], new double[n]);
        for (var j = 0; j < d; j++)
        {
            for (var i = 0; i < n; i++)
            {
                column[i] = start[(i * d) + j];
            }

            new KernelDynamics(limit.Values, limit.Vectors).Modes(column, components);
            for (var k = 0; k < n; k++)
            {
                squares[k] += components[k] * components[k];
            }
        }

        return Array.ConvertAll(squares, Math.Sqrt);
    }

    /// <summary>y − y*, sample by sample, of the last pass.</summary>
    private double[] Residual()
    {
        var (d, state, residual) = (run.Data.OutputDimension, run.State, new double[run.Targets.Length]);
        for (var k = 0; k < residual.Length; k++)
        {
            residual[k] = state.Output[(k % d * state.Stride) + (k / d)] - run.Targets[k];
        }

        return residual;
    }
}
