using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Reports.Performance;
using Harness.Reports.Report;

namespace Harness.ReportsChecks.Report;

/// <summary>
/// A report whose truth is known: one claim a procedure, with observations drawn from a formula, and decisions written by hand.
/// </summary>
internal static class SyntheticReport
{
    private static readonly Paper AllenZhuLiSong = new("azls", "Allen-Zhu, Li, Song", "A Convergence Theory for Deep Learning via Over-Parameterization", "arXiv:1811.03962v5");

    private static readonly Domain Cells = Domain.Filling(24, 3, new VariableRange("m", 128, 2048, true), new VariableRange("n", 2, 32, true), new VariableRange("δ", 0.3, 0.003, false));

    private static readonly Domain Ladder = Domain.Climbing("m", 8, 4, new VariableRange("m", 64, 8192, true), new VariableRange("L", 3, 3, true));

    /// <summary>A run in which every claim holds.</summary>
    public static ReportModel AllHold() => new(
        new(Profile.Standard, 42, "1acbafa", "AMD EPYC 9454, 2 cores, AVX-512, .NET 10.0.1", new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero), 134, 1e-6, 2.5e-8),
        [GradientLowerBound(), LinearConvergence(), StepsAgainstWidth(), FlipBudget(), GradientFormula(), LayerNorm(), ForwardNorm(), StepTime()],
        new("digits.csv", 1797, 64, 10, 10, 0.0612, (1170, 1203), 0, 0, ["--data", "data/digits.csv"]));

    /// <summary>The same run with one claim violated, one undecided and one that was refused.</summary>
    public static ReportModel WithTrouble()
    {
        var model = AllHold();
        var violated = WithDecision(model.Claims[0], new(Verdict.Violated, "The slope of log(Q/S) in n is −0.84, and its upper limit −0.61 lies below −1/6."));
        var undecided = WithDecision(model.Claims[5], new(Verdict.Undecided, "The failure rate lies between 0 and 0.41, and 0.32 is permitted.") { TrialsNeeded = 120 });
        var refused = new ClaimPage(new(Named("azls.resnet", "Theorem 8.1")
            .States("‖h_l‖ ≤ 2").Given(Anything(Cells)).Observes("‖h_l‖", _ => 1).Against("2", _ => 2).DecidedBy(Inequality.AtMost).RefutedWhen("halved", _ => 0.5), [], []), [], 0);
        return model with { Claims = model.Claims.SetItem(0, violated).SetItem(5, undecided).Add(refused) };
    }

    /// <summary>The first run with a claim that gates nothing, and holds too.</summary>
    public static ReportModel WithExploratory()
    {
        var model = AllHold();
        Claim claim = Named("azls.open-question", "Section 9")
            .States("‖h_l‖ ≤ 2").Given(Anything(Cells)).Observes("‖h_l‖", _ => 1).Against("2", _ => 2).DecidedBy(Inequality.AtMost).RefutedWhen("halved", _ => 0.5).Exploratory("the paper leaves it open");
        return model with { Claims = model.Claims.Add(model.Claims[4] with { Outcome = model.Claims[4].Outcome with { Claim = claim } }) };
    }

    /// <summary>A looseness that fell over runs with many seeds, an exponent of one seed that stayed, and a benchmark that became slower.</summary>
    public static ImmutableArray<Series> History() =>
    [
        new("azls.gradient-lower-bound (standard)", "looseness", "", Points(20, i => (i < 12 ? 3.2 : 2.1) * (1 + (0.01 * (i * 7 % 5)))))
        {
            Claim = "azls.gradient-lower-bound", Permitted = PermittedRange.Anything with { Least = 1 },
        },
        new("azls.steps-independent-of-width (standard)", "exponent in m", "", Points(5, _ => 0.02)) { Claim = "azls.steps-independent-of-width", Permitted = new(-0.15, 0.15), HasRatios = false, IsReproducible = true },
        new("azls.not-in-this-run (standard)", "looseness", "", Points(3, i => i)) { Claim = "azls.not-in-this-run" },
        new("LayerProducts<Double>.Multiply(Samples: 64, Width: 256)", "ns", "AMD EPYC 9454, 2 cores, AVX-512, .NET 10.0.1", Points(20, i => (i < 10 ? 81000 : 93000) * (1 + (0.004 * (i * 3 % 7))))),
    ];

    private static ImmutableArray<SeriesPoint> Points(int count, Func<int, double> value) =>
        [.. Enumerable.Range(0, count).Select(i => new SeriesPoint(new DateTimeOffset(2026, 3, 14, 9, 0, 0, TimeSpan.Zero).AddDays(i), $"{i:x2}abcdef0123456789", value(i)))];

    private static ClaimPage GradientLowerBound()
    {
        Claim claim = Named("azls.gradient-lower-bound", "Theorem 3 (lower bound)")
            .States("‖∇F(W)‖²_F ≥ c · δ m/(d n²) · F(W)   for every ‖W − W⁽⁰⁾‖₂ ≤ ω")
            .Given(Anything(Cells)).Observes("‖∇F‖²_F / F", _ => 1).Against("δ m / (d n²)", Scale)
            .DecidedBy(HiddenConstant.LowerBound).RefutedWhen("δ is left out", v => v.m / v.n).RefutedWhen("two inputs coincide", Anything(Cells));
        var random = new Random(1);
        var generated = Observe(Cells, 3, (v, _) => (Ball.Unbounded(Scale(v) * 0.9 * Math.Pow(v.n, 0.4) * LogNormal(random, 0.3)), Ball.Exactly(Scale(v))));
        var data = Observe(Domain.Filling(8, 2, new VariableRange("m", 128, 2048, true), new VariableRange("n", 2, 32, true)), 2, (v, _) =>
            (Ball.Unbounded(Scale(v.With("δ", 0.07)) * 2.1 * LogNormal(random, 0.2)), Ball.Exactly(Scale(v.With("δ", 0.07)))), onData: true);
        var decision = new Decision(Verdict.Holds, "All 36 held-out trials lie above c·S, and no slope of log(Q/S) drifts downwards beyond 1/6.")
        {
            Estimates = [new("c", 0.412, 0.412, 0.412)],
            Looseness = 3.2,
            LooseExponents = [new("slope in m", 0.02, -0.06, 0.1), new("slope in n", 0.41, 0.33, 0.49), new("slope in δ", -0.01, -0.08, 0.06)],
            Exponents =
            [
                new("m", 128, 2048, Relation.AtLeast, 1, 1.02, 0.94, 1.1), new("n", 2, 32, Relation.AtLeast, -2, -1.59, -1.67, -1.51), new("δ", 0.3, 0.003, Relation.AtMost, 1, 0.99, 0.92, double.PositiveInfinity),
            ],
        };
        return Page(claim, [new(Sample.Generated, decision, "72 instances, m 128–1630, n 2–29, δ 0.003–0.3"), new("digits.csv", decision with { Because = "All 16 trials lie above c·S.", LooseExponents = [] }, "16 instances, m 128–1448, n 2–26")],
            [Refuted("δ is left out", "The slope of log(Q/S) in δ is 0.98, and its lower limit 0.83 lies above 1/6."), Refuted("two inputs coincide", "A trial has Q = 0 against S = 13.1.")],
            [new(Sample.Generated, generated), new("digits.csv", data)], 21.4);

        static double Scale(Variables v) => v.δ * v.m / (v.n * v.n);
    }

    private static ClaimPage LinearConvergence()
    {
        Claim claim = Named("azls.linear-convergence", "Theorem 1 (rate)")
            .States("F(W⁽ᵗ⁺¹⁾) ≤ (1 − c · η δ m/(d n²)) F(W⁽ᵗ⁾)   for every t, at η = O(d/(n L m))")
            .Given(Anything(Cells)).Observes("min over t of 1 − F(t+1)/F(t)", _ => 1).Against("η δ m / (d n²)", Scale)
            .DecidedBy(Rate.AtLeast).RefutedWhen("δ is left out", v => 1 / v.n);
        var random = new Random(2);
        var trajectories = Observe(Cells, 3, (v, _) => (Ball.Unbounded(Math.Min(0.9, Scale(v) * 1.4 * LogNormal(random, 0.4))), Ball.Exactly(Scale(v))))
            .Select(o => o with { Series = [.. Enumerable.Range(0, 41).Select(t => 0.5 * Math.Pow(1 - o.Value.Midpoint, t) * Math.Exp(-o.Value.Midpoint * 2 * (1 - Math.Exp(-t / 6.0))))] });
        return Page(claim, [new(Sample.Generated, new(Verdict.Holds, "Every held-out trajectory contracts by at least c·S in every step.") { Estimates = [new("c", 0.37, 0.37, 0.37)], Looseness = 3.9 }, "72 instances, m 128–1630")],
            [Refuted("δ is left out", "The slope in δ is 1.02.")], [new(Sample.Generated, [.. trajectories])], 44);

        static double Scale(Variables v) => 0.4 * v.δ / v.n;
    }

    private static ClaimPage StepsAgainstWidth()
    {
        Claim claim = Named("azls.steps-independent-of-width", "Theorem 1 (number of steps)")
            .States("T(ε) = Θ(n⁶L²/δ² · log(1/ε)) at η = Θ(dδ/(n⁴L²m)): independent of m")
            .Given(Anything(Ladder)).Observes("steps to F = 0.1 F(0)", _ => 1).Against("1", _ => 1).DecidedBy(Exponent.EqualTo(0, within: 0.15, ladder: "m")).RefutedWhen("η does not fall with m", v => v.m);
        var random = new Random(3);
        var steps = Observe(Ladder, 4, (v, _) => (Ball.Unbounded(310 * Math.Pow(v.m, -0.02) * LogNormal(random, 0.06)), Ball.Exactly(1)));
        return Page(claim, [new(Sample.Generated, new(Verdict.Holds, "The interval of the exponent lies within ±0.15.") { Estimates = [new("exponent of m", -0.021, -0.052, 0.011)] }, "32 instances, m 64–8192, L = 3")],
            [Refuted("η does not fall with m", "The exponent is −0.97.")], [new(Sample.Generated, steps)], 8.15);
    }

    private static ClaimPage FlipBudget()
    {
        Claim claim = Named("azls.flip-budget", "Lemma 8.2 (sign patterns)")
            .States("#{k : 1{g_k + g′_k ≥ 0} ≠ 1{g_k ≥ 0}} ≤ k*(‖g′‖),   k*(ω) = max{k : Σ_{j≤k} |g|²_(j) ≤ ω²}")
            .Given(Anything(Cells)).Observes("flipped signs", _ => 1).AgainstItsOwnBound("k*(‖g′‖)").DecidedBy(Inequality.AtMost).RefutedWhen("half the budget", _ => 1);
        var random = new Random(4);
        var flips = Observe(Cells, 3, (v, t) => (Ball.Exactly(t == 0 && v.n < 4 ? 0 : Math.Floor(v.m * v.δ * random.NextDouble())), Ball.Exactly(Math.Ceiling(v.m * v.δ) + 1)));
        return Page(claim, [new(Sample.Generated, new(Verdict.Holds, "Every enclosure of Q lies below its bound.") { IsCertified = true, Looseness = 2.1 }, "72 instances, m 128–1630")],
            [Refuted("half the budget", "Trial 2 of cell 5 exceeds its bound by 3.")], [new(Sample.Generated, flips)], 0.41);
    }

    private static ClaimPage GradientFormula()
    {
        Claim claim = Named("azls.gradient-formula", "Fact 2.2 (gradient)")
            .States("∇_{W_l}F = Σᵢ D_{i,l} (Back_{i,l+1}ᵀ (yᵢ − yᵢ*)) h_{i,l−1}ᵀ   for l = 1…L")
            .Given(Anything(Cells)).Observes("max |core − exact| over all entries", _ => 1).AgainstItsOwnBound("0").DecidedBy(Identity.Residual).RefutedWhen("a factor is missing", _ => 1);
        var random = new Random(5);
        var residuals = Observe(Cells, 3, (v, t) => (new Ball(t == 1 ? 0 : 1e-16 * v.m * 0.05 * LogNormal(random, 1), 1e-16 * v.m), Ball.Exactly(0)));
        return Page(claim, [new(Sample.Generated, new(Verdict.Holds, "Every residual lies within its radius.") { IsCertified = true }, "72 instances, m 128–1630")],
            [Refuted("a factor is missing", "Trial 0 of cell 0 has a residual of 0.31 against a radius of 10⁻¹³.")], [new(Sample.Generated, residuals)], 1.2);
    }

    private static ClaimPage LayerNorm()
    {
        Claim claim = Named("azls.layer-norm-tail", "Lemma 7.1 (spectral norm of a layer)")
            .States("P(‖W_l‖₂ ≥ 2√2 + t√(2/m)) ≤ e^{−t²/2},   tried at t = 1.5")
            .Given(Anything(Cells)).Observes("1{‖W_l‖₂ ≥ 2√2 + t√(2/m)}", _ => 1).Against("e^{−t²/2}", _ => Math.Exp(-1.125)).DecidedBy(Probability.AtMost).RefutedWhen("the variance is doubled", _ => 1);
        var random = new Random(6);
        var failures = Observe(Domain.Filling(6, 60, new VariableRange("m", 128, 2048, true)), 60, (_, _) => (Ball.Exactly(random.NextDouble() < 0.08 ? 1 : 0), Ball.Exactly(Math.Exp(-1.125))));
        return Page(claim, [new(Sample.Generated, new(Verdict.Holds, "The upper confidence limit 0.19 lies below 0.325.") { Estimates = [new("failure rate (permitted 0.325)", 0.081, 0.02, 0.19)] }, "360 instances, m 128–1448")],
            [Refuted("the variance is doubled", "All trials fail.")], [new(Sample.Generated, failures)], 3);
    }

    private static ClaimPage ForwardNorm()
    {
        Claim claim = Claim.Named("azls.forward-norm").DerivedFrom(AllenZhuLiSong, "Lemma 7.1 (mean)", "Moments at initialisation", "C07")
            .States("E ‖h_{i,l}‖² = 1   for every l = 0…L")
            .Given(Anything(Cells)).Observes("‖h_L‖²", _ => 1).Against("1", _ => 1).DecidedBy(Moment.Equals(resolution: 0.25)).RefutedWhen("the variance is 1/m", _ => 1);
        var random = new Random(7);
        var norms = Observe(Domain.Filling(10, 40, new VariableRange("m", 128, 2048, true)), 40, (v, _) => (Ball.Unbounded(LogNormal(random, 3 / Math.Sqrt(v.m))), Ball.Exactly(1)));
        return Page(claim, [new(Sample.Generated, new(Verdict.Holds, "The intervals of all cells contain 1 and lie within 0.25 of it."), "400 instances, m 128–1448")],
            [Refuted("the variance is 1/m", "The mean of cell 0 is 0.252.")], [new(Sample.Generated, norms)], 12);
    }

    private static ClaimPage StepTime()
    {
        Claim claim = Named("azls.step-time", "Algorithm 1 (a step)")
            .States("time of a step = O(m²),   multiply-adds = n m (𝔡 + L m + d)")
            .Given(Anything(Ladder)).ObservesTime("seconds of a step", _ => 1).Against("n m (𝔡 + L m + d)", Operations).DecidedBy(Cost.AtMost(2, ladder: "m")).RefutedWhen("a factor m", _ => 1);
        var random = new Random(8);
        var seconds = Observe(Ladder, 4, (v, _) => (Ball.Unbounded(4e-11 * Operations(v) * LogNormal(random, 0.05)), Ball.Exactly(Operations(v))));
        return Page(claim, [new(Sample.Generated, new(Verdict.Holds, "The slope is 1.99.") { Estimates = [new("slope in m, tail", 1.99, 1.97, 2.03)] }, "32 instances, m 64–8192, L = 3")],
            [Refuted("a factor m", "The slope is 2.98.")], [new(Sample.Generated, seconds)], 0.8);

        static double Operations(Variables v) => 64 * v.m * (17 + (3 * v.m));
    }

    private static ClaimBuilder Named(string id, string item) => Claim.Named(id).From(AllenZhuLiSong, item, "C29");

    private static Generator<int> Anything(Domain domain) =>
        new(domain, "n inputs on the unit sphere with smallest distance δ; weights drawn as in the paper; targets of norm at most 1", true, _ => 0);

    private static ClaimPage Page(Claim claim, ImmutableArray<Finding> findings, ImmutableArray<MutantOutcome> mutants, ImmutableArray<Sample> samples, double seconds) =>
        new(new(claim, [.. findings.Zip(samples, (finding, sample) => Deciding(finding, sample.Observations.Length))], mutants), samples, seconds);

    private static Finding Deciding(Finding finding, int instances) =>
        finding with { Instances = instances, Decision = finding.Decision.IsCertified ? finding.Decision : finding.Decision with { Level = 2.5e-8 } };

    private static ClaimPage WithDecision(ClaimPage page, Decision decision) =>
        page with { Outcome = page.Outcome with { Findings = page.Outcome.Findings.SetItem(0, page.Outcome.Findings[0] with { Decision = decision }) } };

    private static MutantOutcome Refuted(string name, string because) => new(name, new(Verdict.Violated, because));

    private static ImmutableArray<Observation> Observe(Domain domain, int trials, Func<Variables, int, (Ball Value, Ball Bound)> measure, bool onData = false) =>
    [
        .. from cell in domain.Cells(Profile.Standard)
           from trial in Enumerable.Range(0, trials)
           let measured = measure(cell.Variables, trial)
           select new Observation(cell.Index, trial, cell.IsCalibration && !onData, cell.Variables, measured.Value, measured.Bound, []),
    ];

    private static double LogNormal(Random random, double σ) =>
        Math.Exp(σ * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
