namespace Harness.Claims.Catalogue;

/// <summary>The papers whose statements are in the catalogue.</summary>
public static class Papers
{
    /// <summary>Convergence of deep over-parameterised networks.</summary>
    public static Paper AllenZhuLiSong { get; } = new(
        "azls", "Allen-Zhu, Li, Song", "A Convergence Theory for Deep Learning via Over-Parameterization", "arXiv:1811.03962v5");
}
