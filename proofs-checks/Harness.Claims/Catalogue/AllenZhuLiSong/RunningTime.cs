using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>
/// The polynomial running time of the abstract and of Theorem 1, measured: thread time of the paper's computations on a ladder of each variable.
/// </summary>
/// <remarks>
/// The other variables are fixed so that arithmetic is the bottleneck (with n = 64 a weight is used 64 times when it is loaded; <see cref="Cost"/>, the price of an operation) and the
/// ladder's variable dominates the count from the tail on. The mutants run x times what they measure, so they climb smaller ladders, which begin where small matrices are not much dearer.
/// </remarks>
public static class RunningTime
{
    /// <summary>Trials of timed claims wait for each other: two threads on one core would each find it half as fast.</summary>
    private static readonly Lock OneAtATime = new();

    private static readonly Lazy<bool> Warm = new(() =>
    {
        // Shapes with and without remainders at the edges of tiles and vectors.
        Workload[] shapes = [Small(m: 96, n: 64, L: 2, d: 1), Small(m: 37, n: 13, L: 1, d: 3)];
        ThreadTime.WarmUp(() =>
        {
            foreach (var shape in shapes)
            {
                shape.Forward();
                shape.Step();
                shape.TangentKernel();
            }
        });
        return true;

        static Workload Small(int m, int n, int L, int d) =>
            new(new(Variables.None.With("m", m).With("n", n).With("L", L).With("d", d), RandomStream.FromSeed(0), data: null, Profile.Gate));
    });

    /// <summary>Forward pass, step and tangent kernel, each against width, samples, depth and outputs.</summary>
    public static IReadOnlyList<Claim> Claims { get; } =
    [
        .. new[] { Computation.Forward, Computation.Step, Computation.Kernel }.SelectMany(computation => new[]
        {
            InWidth(computation), InSamples(computation), InDepth(computation), InOutputs(computation),
        }),
    ];

    private static Claim InWidth(Computation computation) => Of(
        computation, "width", "m", computation.Degrees.m, Climbing("m", 16, n(64), L(2), d(1)), mutant: Short("m", 12, n(8), L(computation == Computation.Step ? 1 : 2), d(1)));

    private static Claim InSamples(Computation computation) => Of(
        computation, "samples", "n", computation.Degrees.n, Climbing("n", 8, m(64), L(1), d(1)), mutant: Short("n", 8, m(computation == Computation.Kernel ? 8 : 32), L(1), d(1)));

    private static Claim InDepth(Computation computation) => Of(
        computation, "depth", "L", computation.Degrees.L, Climbing("L", 1, m(64), n(64), d(1)), mutant: Short("L", 1, m(32), n(32), d(1)));

    private static Claim InOutputs(Computation computation) => computation == Computation.Kernel
        ? Of(computation, "outputs", "d", computation.Degrees.d, Climbing("d", 1, m(32), n(8), L(1)), mutant: Short("d", 1, m(32), n(8), L(1)))
        : Of(computation, "outputs", "d", computation.Degrees.d, Climbing("d", 32, m(32), n(64), L(1)), mutant: Short("d", 16, m(16), n(16), L(1)));

    private static Claim Of(Computation computation, string name, string symbol, int degree, Domain ladder, Domain mutant) => Claim
        .Named($"azls.{computation.Id}-time-in-{name}")
        .DerivedFrom(Papers.AllenZhuLiSong, computation.Item, "Cost of a step")
        .BeyondTheList(Computation.NotListed)
        .States($"time of {computation.Name} = O({symbol}{(degree == 1 ? "" : "²")}),   multiply-adds = {computation.Polynomial}")
        .Given(Workload.ShapesOf(ladder))
        .ObservesTime($"seconds of {computation.Name}", shape => Timed(shape, computation, times: 1))
        .Against(computation.Polynomial, v => computation.Operations(Workload.Operations(v)))
        .DecidedBy(Cost.AtMost(degree, ladder: symbol))
        .RefutedWhen($"it is run {symbol} times: a factor {symbol}", Workload.ShapesOf(mutant), shape => Timed(shape, computation, times: (int)shape.Variables[symbol]))
        .Build();

    private static Measurement Timed(Trial shape, Computation computation, int times)
    {
        lock (OneAtATime)
        {
            _ = Warm.Value;
            var workload = new Workload(shape);
            return ThreadTime.OfCall(() =>
            {
                for (var k = 0; k < times; k++)
                {
                    computation.Run(workload);
                }
            });
        }
    }

    private static Domain Climbing(string symbol, int from, params ReadOnlySpan<VariableRange> others) => Domain.Climbing(
        symbol, rungs: (6, 7, 8), trials: (4, 6, 12), [new(symbol, from, (32 * from, 64 * from, 128 * from), IsInteger: true), .. others]);

    private static Domain Short(string symbol, int from, params ReadOnlySpan<VariableRange> others) => Domain.Climbing(
        symbol, rungs: 6, trials: (4, 5, 6), [new(symbol, from, 32 * from, IsInteger: true), .. others]);
}
