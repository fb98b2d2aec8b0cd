namespace Harness.Claims.Instances;

/// <summary>
/// The families in which "for every W′ with ‖W′‖₂ ≤ ω" is tried. They behave differently: of the theory's exponents in ω only the adversary reaches any.
/// </summary>
public static class PerturbationFamily
{
    /// <summary>Independent Gaussian entries in every layer.</summary>
    /// <param name="instance">The network.</param>
    /// <param name="draw">Which of many.</param>
    public static Perturbation Gaussian(NetworkInstance instance, int draw = 0) =>
        Perturbation.Gaussian(instance.Network, instance.Trial.Random("direction").Derive((ulong)draw), instance.Trial.Variables.ω);

    /// <summary>The rank-one direction, in every layer, that changes the first output of a sample fastest.</summary>
    public static Perturbation AlongGradient(NetworkInstance instance, int sample = 0) => Perturbation.AlongGradient(instance, sample, coordinate: 0, instance.Trial.Variables.ω);

    /// <summary>The greedy adversary, in the last trained layer, on one sample.</summary>
    public static Perturbation Adversary(NetworkInstance instance, int sample = 0)
    {
        instance.Loss();
        return Perturbation.SignFlips(instance, sample, instance.Trial.L, instance.Trial.Variables.ω);
    }

    /// <summary>
    /// How many repetitions to average over at a radius so that about the same number of signs flips in a trial at every rung of a ladder, which keeps the scatter of its logarithm the same:
    /// <paramref name="most"/> at radius <paramref name="least"/>, fewer above, in proportion to ω^−<paramref name="exponent"/>.
    /// </summary>
    public static int Repetitions(Trial trial, int most, double least, double exponent) => Math.Clamp((int)Math.Round(most * Math.Pow(least / trial.Variables.ω, exponent)), 1, most);

    /// <summary>One of each, made one after the other.</summary>
    public static IEnumerable<Perturbation> All(NetworkInstance instance)
    {
        yield return Gaussian(instance);
        yield return AlongGradient(instance);
        yield return Adversary(instance);
    }
}
