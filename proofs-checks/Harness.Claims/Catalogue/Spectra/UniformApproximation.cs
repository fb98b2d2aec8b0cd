using Harness.Claims.Decisions;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Spectra;
using Harness.Core.Tangents;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>A network in training stays near the predictor of its limiting kernel, at every time and input, the nearer the wider it is.</summary>
public static class UniformApproximation
{
    private const int Draws = 8, Points = 41, LastTime = 32;

    /// <summary>x̃ = (x, 1).</summary>
    private static readonly double[] Inputs = [-1, 1, -0.4, 1, 0.3, 1, 0.9, 1], Targets = [1, -0.5, 0.5, -1];

    private static readonly Domain Ladder = Domain.Climbing("m", rungs: (5, 6, 7), trials: (6, 10, 16), m(128, (1024, 8192, 32768)));

    private static readonly Generator<Trial> Few = Networks(Ladder.Reduced(cells: (5, 6, 7), trials: 4));

    // A gap that stays has the exponent 0, and the theorem's own is not far from it: told apart by many rungs.
    private static readonly Generator<Trial> Many = Networks(Ladder.Reduced(cells: 9, trials: 8));

    /// <summary>The exponent that the theorem gives is far from the one that is seen.</summary>
    public static Claim Claim { get; } = Claim
        .Named("edr.uniform-approximation")
        .From(Papers.LiYuChenLin, "Approximation by kernel regression, uniformly in time and input", "R16")
        .States("sup_t sup_x |f_t^{NN}(x) − f_t^{NTK}(x)| = O(m^{−1/12} √(ln m));   tried at two layers of which the first is trained, mirrored, d = 1")
        .Given(Networks(Ladder))
        .Observes("largest gap over times 1, 2, 4 … 32/λ_{max} and 41 inputs, root mean square over 8 initialisations", trial => Gap(trial, speed: 1))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.AtMost(-1.0 / 12, within: 0.03, ladder: "m"))
        .RefutedWhen("the kernel trains 32 times as long", Many, trial => Gap(trial, speed: 32))
        .RefutedWhen("gaps are measured in units of 1/m", Few, trial => Gap(trial, speed: 1) * trial.m)
        .Build();

    private static double Gap(Trial trial, int speed)
    {
        var n = Targets.Length;
        double[] points = [.. Enumerable.Range(0, Points).SelectMany(i => new[] { ((2.0 * i) / (Points - 1)) - 1, 1 })];
        var (kernel, cross) = (Kernel(Inputs), Kernel(points));
        var (values, vectors) = (new double[n], new double[n * n]);
        SymmetricEigen.Decompose(kernel, n, values, vectors, new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        var dynamics = new KernelDynamics(values, vectors);
        var (modes, η) = (new double[n], 1 / values[^1]);
        dynamics.Modes(Array.ConvertAll(Targets, y => -y), modes);

        var (network, sum) = (new ShallowNetwork<double>(2, trial.m + (trial.m % 2)), 0.0);
        var (training, test, coefficients, predicted) = (new ShallowState<double>(network, n), new ShallowState<double>(network, Points), new double[n], new double[Points]);
        for (var draw = 0; draw < Draws; draw++)
        {
            var largest = 0.0;
            network.InitialiseMirrored(trial.Random("weights").Derive((ulong)draw));
            network.Forward(Inputs, training);
            for (int step = 1, seen = 1; step <= LastTime; step++)
            {
                ShallowDescent.Step<double>(network, Targets, η, training);
                if (step == seen)
                {
                    seen *= 2;
                    network.Forward(points, test);
                    dynamics.Coefficients(new GradientDescentFilter(η, speed * step), modes, coefficients);
                    Array.Clear(predicted);
                    KernelDynamics.Predict(cross, coefficients, predicted);
                    for (var i = 0; i < Points; i++)
                    {
                        largest = Math.Max(largest, Math.Abs(test.Output[i] - predicted[i]));
                    }
                }
            }

            sum += largest * largest;
        }

        return Math.Sqrt(sum / Draws);
    }

    /// <summary>H^∞(x, x_i) = ⟨x̃, x̃_i⟩ κ₀(cos(x̃, x̃_i))/2 of every given x and training input x_i.</summary>
    private static double[] Kernel(double[] points)
    {
        var (n, kernel) = (Targets.Length, new double[points.Length / 2 * Targets.Length]);
        for (var i = 0; i < kernel.Length; i++)
        {
            var (x, y) = (points[2 * (i / n)], Inputs[2 * (i % n)]);
            var norms = Math.Sqrt((1 + (x * x)) * (1 + (y * y)));
            kernel[i] = norms * ShallowKernel.Limit(Math.Min(1, (1 + (x * y)) / norms));
        }

        return kernel;
    }

    private static Generator<Trial> Networks(Domain domain) => new(domain, "mirrored networks of rectifiers with a bias, on four samples of the line", takesData: false, trial => trial);
}
