using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>A network of whole numbers with an adapter on each layer that the backward pass reaches: small enough that nothing in it is ever rounded.</summary>
/// <param name="Instance">The network, inputs and targets; its weights are the base.</param>
/// <param name="Adapters">The layers with their adapters.</param>
public sealed record AdaptedInstance(NetworkInstance Instance, (int Layer, LowRankAdapter<double> Adapter)[] Adapters)
{
    /// <summary>s of every adapter: a power of two, so that s·BA of whole numbers is exact.</summary>
    public const double Scale = 0.5;

    /// <summary>
    /// Networks of every architecture whose A and B are drawn from −1, 0, 1 (B = 0 where the variable <c>initial</c> is 1).
    /// </summary>
    /// <remarks>
    /// With r ≤ 2 and s = ½ the merged weights are at most 3 in magnitude where the base has at most 2; six factors of them (forward and backward through L ≤ 2 hidden layers, input and output) enlarge the values that <see cref="IntegerNetworks.OfEveryArchitecture"/>
    /// allows for by (3/2)⁶ &lt; 12, to less than 4·10¹³ with a denominator of at most 2⁷, and a product with A or B by another 36: below 2⁵³ in units of the last place.
    /// </remarks>
    public static Generator<AdaptedInstance> On(Domain domain)
    {
        var networks = IntegerNetworks.OfEveryArchitecture(domain);
        return new(domain, $"{networks.InWords}; adapters of rank r with entries −1, 0 and 1 (B = 0 where initial is 1) and scale ½ on all of them", takesData: false, trial =>
        {
            var instance = networks.Sample(trial);
            var (network, adapters) = (instance.Network, new List<(int, LowRankAdapter<double>)>());
            for (var l = network.FirstTrained; l <= network.LastTrained; l++)
            {
                var adapter = new LowRankAdapter<double>(network.Layer(l).Rows, network.Layer(l).Columns, (int)trial.Variables["r"], Scale);
                Fill(adapter.Down, trial.Random("adapters").Derive("A").Derive((ulong)l));
                if (trial.Variables["initial"] != 1)
                {
                    Fill(adapter.Up, trial.Random("adapters").Derive("B").Derive((ulong)l));
                }

                adapters.Add((l, adapter));
            }

            return new(instance, [.. adapters]);
        });
    }

    private static void Fill(Weights<double> matrix, RandomStream stream)
    {
        for (var i = 0; i < matrix.Rows; i++)
        {
            for (var j = 0; j < matrix.Columns; j++)
            {
                matrix[i, j] = stream.Integer((ulong)((i * matrix.Columns) + j), 3) - 1;
            }
        }
    }
}
