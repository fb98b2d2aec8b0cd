using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Transfer;
using Harness.Core.Transfer.Estimators;

namespace Harness.Claims.Catalogue.Transfer;

/// <summary>How the cost grows with the size and the number of sources: flat while no second source is larger than the target, linear beyond, and linear in the number.</summary>
public static class CostOfSources
{
    private const double Distance = 2.456;

    /// <summary>Blocks of draws for either configuration: 2048 losses give their mean to a few per cent.</summary>
    private const int Blocks = 8;

    private static readonly Generator<TransferSimulation> SmallSources = TwoSources(rungs: (4, 6, 10), 0.01, 0.1), LargeSources = TwoSources(rungs: (5, 6, 10), 100, 10_000);

    private static readonly Generator<TransferSimulation> ManySources = TransferSimulation.On(
        Domain.Climbing("K", rungs: 6, trials: (6, 8, 40), new VariableRange("K", 2, 64, IsInteger: true)), "K sources of size 100 n_0 in two blocs at distance 2.456/√n_0, the target at either");

    /// <summary>Below the boundary adaptation costs a constant.</summary>
    public static Claim SmallSecondSource { get; } = Claim
        .Named("ms.phase-transition-below")
        .DerivedFrom(Papers.ChakrabortyMaity, "Phase transition (oracle attainable)", "Several sources", "MS8")
        .States("min over the library of max{R_A, R_B}(n_0 + n) = Θ(1)   for n ≪ n_0")
        .Given(SmallSources)
        .Observes("least ratio of the library at the two configurations", simulation => LeastRatio(simulation, second: 1))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(0, within: 0.1, ladder: "n/n₀"))
        .RefutedWhen("sources larger than the target", LargeSources)
        .Build();

    /// <summary>Above it the cost is linear in the size of the second source.</summary>
    public static Claim LargeSecondSource { get; } = Claim
        .Named("ms.phase-transition-above")
        .DerivedFrom(Papers.ChakrabortyMaity, "Phase transition (oracle out of reach)", "Several sources", "MS8")
        .States("min over the library of max{R_A, R_B}(n_0 + n) = Θ(n/n_0)   for n ≫ n_0")
        .Given(LargeSources)
        .Observes("least ratio of the library at the two configurations", simulation => LeastRatio(simulation, second: 1))
        .Against("n/n_0", v => v["n/n₀"])
        .DecidedBy(Exponent.EqualTo(1, within: 0.1, ladder: "n/n₀"))
        .RefutedWhen("sources smaller than the target", SmallSources)
        .RefutedWhen("the second source is as small as the target", simulation => LeastRatio(simulation, second: 0))
        .Build();

    /// <summary>Of sources of one size, twice as many cost twice as much.</summary>
    public static Claim NumberOfSources { get; } = Claim
        .Named("ms.growth-in-sources")
        .DerivedFrom(Papers.ChakrabortyMaity, "Growth with the number of sources", "Several sources", "MS9")
        .States("max{R_A, R_B}(n_0 + Kn/2) = Θ(K)   for the Bayes rule of two blocs, n/n_0 = 100")
        .Given(ManySources)
        .Observes("ratio of the Bayes rule", simulation => BlocRatio(simulation, Distance))
        .Against("K", v => v["K"])
        .DecidedBy(Exponent.EqualTo(1, within: 0.05, ladder: "K"))
        .RefutedWhen("all sources agree", simulation => BlocRatio(simulation, distance: 0))
        .Build();

    private static Generator<TransferSimulation> TwoSources(ByProfile rungs, double from, double to) => TransferSimulation.On(
        Domain.Climbing("n/n₀", rungs, trials: (4, 6, 20), new VariableRange("n/n₀", from, to, IsInteger: false)), "two sources of size n at distance 2.456/√n_0, the target at either");

    /// <summary>n_2 = n where <paramref name="second"/> is 1, and n_0 where it is 0.</summary>
    private static Measurement LeastRatio(TransferSimulation simulation, int second)
    {
        var n = simulation.Trial.Variables["n/n₀"];
        var model = new TransferModel(1, 1, n, second == 1 ? n : 1);
        return TransferEstimators.All.Where(e => e.Supports(model)).Min(e => Math.Max(
            (1 + n) * simulation.Risk(e, model, [0, 0, Distance], "A", Blocks),
            (1 + model.Sizes[2]) * simulation.Risk(e, model, [Distance, 0, Distance], "B", Blocks)));
    }

    private static Measurement BlocRatio(TransferSimulation simulation, double distance)
    {
        const double Size = 100;
        var sources = (int)simulation.Trial.Variables["K"];
        var model = new TransferModel(1, [1, .. Enumerable.Repeat(Size, sources)]);
        double[] blocs = [.. Enumerable.Range(0, sources).Select(k => k < sources / 2 ? 0 : distance)];
        var first = simulation.Risk(new TwoPointBayes(), model, [0, .. blocs], "A", Blocks);
        var second = simulation.Risk(new TwoPointBayes(), model, [distance, .. blocs], "B", Blocks);
        return Math.Max(first, second) * (1 + (Size * (distance == 0 ? sources : sources / 2)));
    }
}
