namespace Harness.Claims.Catalogue;

/// <summary>The papers whose statements are in the catalogue.</summary>
public static class Papers
{
    /// <summary>Convergence of deep over-parameterised networks.</summary>
    public static Paper AllenZhuLiSong { get; } = new(
        "azls", "Allen-Zhu, Li, Song", "A Convergence Theory for Deep Learning via Over-Parameterization", "arXiv:1811.03962v5")
    {
        Reach = "The widths that the theorems ask for (m of order n²⁴L¹²d/δ⁸ in Theorem 1) and their balls (ω ≤ 1/(L⁴√L log³ m), in which no sign flips at any feasible width) are out of reach. "
            + "Tried are the conclusions, exponents and lemma inequalities at feasible widths and at ω that make a difference; no verdict here says that the hypotheses of Theorem 1 were met.",
    };

    /// <summary>Gradient descent on two-layer networks, with explicit constants.</summary>
    public static Paper DuZhaiPoczosSingh { get; } = new(
        "dzps", "Du, Zhai, Póczos, Singh", "Gradient Descent Provably Optimizes Over-parameterized Neural Networks", "arXiv:1810.02054");

    /// <summary>Which modes of the residual are learnt how fast, and how far the weights have to go.</summary>
    public static Paper AroraDuHuLiWang { get; } = new(
        "adhlw", "Arora, Du, Hu, Li, Wang", "Fine-Grained Analysis of Optimization and Generalization for Overparameterized Two-Layer Neural Networks", "arXiv:1901.08584");

    /// <summary>The smallest eigenvalue of the two-layer kernel from the separation of the inputs.</summary>
    public static Paper OymakSoltanolkotabi { get; } = new(
        "os", "Oymak, Soltanolkotabi", "Towards Moderate Overparameterization: Global Convergence Guarantees for Training Shallow Neural Networks", "arXiv:1902.04674");

    /// <summary>Networks of any width beside their linearisation.</summary>
    public static Paper LeeEtAl { get; } = new(
        "lee", "Lee, Xiao, Schoenholz, Bahri, Novak, Sohl-Dickstein, Pennington", "Wide Neural Networks of Any Depth Evolve as Linear Models Under Gradient Descent", "arXiv:1902.06720");

    /// <summary>Estimation of a target from several sources whose biases are unknown.</summary>
    public static Paper ChakrabortyMaity { get; } = new(
        "ms", "Chakraborty, Maity", "The Statistical Cost of Adaptation in Multi-Source Transfer Learning", "arXiv:2605.09471")
    {
        Reach = "Claims are on the problem that the abstract states, in a Gaussian model, and the formalisation is this project's own: the statements are derived here, and none of them is a numbered statement of the paper. "
            + "Upper bounds are for the estimators of this library, not for the paper's.",
    };

    /// <summary>How fast the eigenvalues of a network's tangent kernel fall, whatever the domain and the law of the inputs.</summary>
    public static Paper LiYuChenLin { get; } = new(
        "edr", "Li, Yu, Chen, Lin", "On the Eigenvalue Decay Rates of a Class of Neural-Network Related Kernel Functions Defined on General Domains", "arXiv:2305.02657v5");

    /// <summary>Gradient descent on two-layer networks with piecewise affine activations and biases.</summary>
    public static Paper JentzenKroeger { get; } = new(
        "jk", "Jentzen, Kröger", "Convergence rates for gradient descent in the training of overparameterized artificial neural networks with piecewise affine activation", "arXiv:2102.11840")
    {
        Reach = "The paper states convergence at a linear rate, with high probability, for networks wide enough and rates small enough. Setting, constants and proofs of what is tried here are this project's own and explicit (docs/derivations.md): "
            + "items are named by what they say, not by numbers of the paper.",
    };

    /// <summary>The effective span dimension of a signal under a spectrum, and how learning a spectrum lowers it.</summary>
    public static Paper HuangLiLiLin { get; } = new(
        "esd", "Huang, Li, Li, Lin", "Alignment-Sensitive Minimax Rates for Spectral Algorithms with Learned Kernels", "arXiv:2509.20294v4");

    /// <summary>Over-parameterised gradient flow in the sequence model.</summary>
    public static Paper LiLin { get; } = new(
        "ll", "Li, Lin", "Improving Adaptivity via Over-Parameterization in Sequence Models", "NeurIPS 2024");

    /// <summary>Low-rank adapters of frozen weights.</summary>
    public static Paper HuEtAl { get; } = new(
        "lora", "Hu, Shen, Wallis, Allen-Zhu, Li, Wang, Wang, Chen", "LoRA: Low-Rank Adaptation of Large Language Models", "arXiv:2106.09685v2")
    {
        Reach = "Accuracies of fine-tuned language models are not tried: no language model is trained here. Tried are the method's algebra, its counts and costs, and its measures of subspaces.",
    };

    /// <summary>What low-rank adapters of a frozen network can express.</summary>
    public static Paper ZengLee { get; } = new(
        "zl", "Zeng, Lee", "The Expressive Power of Low-Rank Adaptation", "arXiv:2310.17513v3");

    /// <summary>Low-rank adapters in the regime of the tangent kernel.</summary>
    public static Paper JangLeeRyu { get; } = new(
        "jlr", "Jang, Lee, Ryu", "LoRA Training in the NTK Regime has No Spurious Local Minima", "arXiv:2402.11867");

    /// <summary>Different learning rates for the two factors.</summary>
    public static Paper HayouGhoshYu { get; } = new(
        "hgy", "Hayou, Ghosh, Yu", "LoRA+: Efficient Low Rank Adaptation of Large Models", "arXiv:2402.12354");

    /// <summary>How the scale of an adapter has to depend on its rank.</summary>
    public static Paper Kalajdzievski { get; } = new(
        "kal", "Kalajdzievski", "A Rank Stabilization Scaling Factor for Fine-Tuning with LoRA", "arXiv:2312.03732");
}
