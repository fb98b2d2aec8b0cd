using Harness.Claims.Decisions;
using Harness.Core.Costs;
using Harness.Core.Enclosures;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>The trained parameters that arXiv:2106.09685 prints, row by row, against its own formulas (sections 5.1 and 7.1, tables 2 to 6, appendix D.4).</summary>
public static class PublishedCounts
{
    /// <summary>A printed count and the number that its formula gives.</summary>
    /// <param name="Name">Method and model.</param>
    /// <param name="Count">From the formula.</param>
    /// <param name="Printed">As printed.</param>
    /// <param name="Half">Half a unit of the last printed digit.</param>
    /// <param name="Corrected">What the formula gives where the row is read so that it fits; the count itself where it fits as it stands.</param>
    private sealed record Row(string Name, long Count, double Printed, double Half, long Corrected);

    private static readonly Row[] Rows =
    [
        Lora("GPT-3, r_q = r_v = 1", 96, 2, 12288, 1, 4.7e6, 0.05e6),
        Lora("GPT-3, r_v = 2", 96, 1, 12288, 2, 4.7e6, 0.05e6),
        Lora("GPT-3, r_q = r_v = 8", 96, 2, 12288, 8, 37.7e6, 0.05e6),
        Lora("RoBERTa base, r_q = r_v = 8", 12, 2, 768, 8, 0.3e6, 0.05e6),
        Lora("RoBERTa large, r_q = r_v = 8", 24, 2, 1024, 8, 0.8e6, 0.05e6),
        Fitting("GPT-2 large, adapters of Lin et al., r = 8", (36 * ((2 * 1280 * 8) + 8 + 1280)) + (2 * 36 * 1280), 0.88e6, 0.005e6),
        Fitting("GPT-3, prefix embedding, l_p = 256, l_i = 8", 12288 * (256 + 8), 3.2e6, 0.05e6),
    ];

    private static readonly Row[] Misprints =
    [
        new("GPT-3, r_q = r_k = r_v = r_o = 2 (appendix D.4)", Trained(96, 4, 12288, 2), 37.7e6, 0.05e6, Corrected: Trained(96, 4, 12288, 4)),
        new("GPT-2 medium, r_q = r_v = 4", Trained(24, 2, 1024, 4), 0.35e6, 0.005e6, Corrected: 350_000),
        new("GPT-3, prefix layers, l_p = l_i = 8", 96L * 12288 * (8 + 8), 20.2e6, 0.05e6, Corrected: 20_200_000),
    ];

    /// <summary>Rows that fit.</summary>
    public static Claim Fit { get; } = Claim
        .Named("lora.parameter-counts")
        .From(Papers.HuEtAl, "Section 5.1 and tables 2 to 6 (trainable parameters)", "L4")
        .States("|Θ| = 2·L_LoRA·d_model·r; adapters L(2dr + r + d) + 2·L_LN·d; prefix embedding d(l_p + l_i):   as printed, to the last digit")
        .Given(Table(Rows))
        .Observes("|count − printed|", row => Off(row, row.Count))
        .AgainstItsOwnBound("half a unit of the last printed digit")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("one factor of each adapter only", row => Off(row, row.Count / 2))
        .RefutedWhen("half the matrices are forgotten and a rank added", row => Off(row, (row.Count / 2) + (row.Count / 16)))
        .Build();

    /// <summary>Rows that no reading of the formula fits at the parameters printed beside them.</summary>
    public static Claim DoNotFit { get; } = Claim
        .Named("lora.parameter-count-misprints")
        .From(Papers.HuEtAl, "Tables 3 and 4, appendix D.4 (trainable parameters)", "L4")
        .States("three printed counts are not what the formulas give: 37.7M with rank 2 on four matrices (18.9M; 37.7M is rank 4), 0.35M for GPT-2 medium (0.39M), 20.2M for prefix layers (18.9M)")
        .Given(Table(Misprints))
        .Observes("|count − printed|", row => Off(row, row.Count))
        .AgainstItsOwnBound("half a unit of the last printed digit")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("they are read so that they fit", row => Off(row, row.Corrected))
        .Build();

    /// <summary>Section 4.2: what is saved at r = 4 on queries and values.</summary>
    public static Claim Checkpoint { get; } = Claim
        .Named("lora.checkpoint-size")
        .From(Papers.HuEtAl, "Section 4.2 (practical benefits)", "L4")
        .States("GPT-3, r = 4, queries and values, two bytes a number: 350 GB become 35 MB, ten thousand times less, to the two printed digits")
        .Given(new Generator<int>(Domain.Climbing("r", rungs: 1, trials: 1, new VariableRange("r", 4, 4, IsInteger: true)), "GPT-3: 96 layers, d_model = 12288, 175 255.8 million numbers", takesData: false, trial => (int)trial.Variables["r"]))
        .Observes("|35 MB − bytes| in MiB", r => MiB(r, bytesPerNumber: 2))
        .AgainstItsOwnBound("1 MiB: 36 MiB are printed as about 35 MB")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("numbers of four bytes", r => MiB(r, bytesPerNumber: 4))
        .RefutedWhen("r = 8", r => MiB(2 * r, bytesPerNumber: 2))
        .Build();

    private static Generator<Row> Table(Row[] rows) => new(
        Domain.Lines(rows.Length, new VariableRange("row", 1, rows.Length, IsInteger: true)),
        string.Join("; ", rows.Select(r => r.Name)),
        takesData: false,
        trial => rows[(int)trial.Variables["row"] - 1]);

    private static Row Lora(string name, int layers, int matrices, int width, int rank, double printed, double half) => Fitting(name, Trained(layers, matrices, width, rank), printed, half);

    private static Row Fitting(string name, long count, double printed, double half) => new(name, count, printed, half, count);

    private static long Trained(int layers, int matrices, int width, int rank) => layers * matrices * new AdapterCosts(width, width, rank).Parameters;

    private static Measurement Off(Row row, long count) => new(Ball.Exactly(Math.Abs(count - row.Printed))) { Bound = Ball.Exactly(row.Half) };

    private static Measurement MiB(int rank, int bytesPerNumber) => new(Ball.Exactly(Math.Abs(35 - (Trained(96, 2, 12288, rank) * (double)bytesPerNumber / (1 << 20))))) { Bound = Ball.Exactly(1) };
}
