using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Threads;

namespace Harness.Core.Training;

/// <summary>The workspace of stochastic gradient descent: b of n samples, their rows copied together, and the passes on them.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class MiniBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] chosen;
    private readonly bool[] isChosen;
    private readonly T[] inputs, targets;

    /// <summary>Allocates the workspace.</summary>
    /// <param name="network">Gives the shape.</param>
    /// <param name="samples">n ≥ 1.</param>
    /// <param name="size">b, 1 ≤ b ≤ n.</param>
    /// <param name="team">Threads that share the products, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 ≤ b ≤ n.</exception>
    public MiniBatch(Network<T> network, int samples, int size, ThreadTeam? team = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, samples);
        (Samples, State) = (samples, new(network, size, team));
        (chosen, isChosen) = (new int[size], new bool[samples]);
        (inputs, targets) = (new T[size * network.InputDimension], new T[size * network.OutputDimension]);
    }

    /// <summary>n.</summary>
    public int Samples { get; }

    /// <summary>The passes on the b samples.</summary>
    public BatchState<T> State { get; }

    /// <summary>The samples in the batch, ascending.</summary>
    public ReadOnlySpan<int> Chosen => chosen;

    /// <summary>Their inputs, b × 𝔡.</summary>
    public ReadOnlySpan<T> Inputs => inputs;

    /// <summary>Their targets, b × d.</summary>
    public ReadOnlySpan<T> Targets => targets;

    /// <summary>Draws a subset of size b, uniformly among all of that size, and copies its rows. A function of the stream alone.</summary>
    /// <param name="stream">Random numbers of this step.</param>
    /// <param name="allInputs">n × 𝔡.</param>
    /// <param name="allTargets">n × d.</param>
    /// <exception cref="ArgumentException">The rows are not n.</exception>
    public void Draw(RandomStream stream, ReadOnlySpan<T> allInputs, ReadOnlySpan<T> allTargets)
    {
        var (dx, d) = (inputs.Length / chosen.Length, targets.Length / chosen.Length);
        if (allInputs.Length != Samples * dx || allTargets.Length != Samples * d)
        {
            throw new ArgumentException($"{allInputs.Length} inputs and {allTargets.Length} targets are not {Samples} samples of dimensions {dx} and {d}.");
        }

        // Floyd's algorithm (Bentley, Communications of the ACM 30 (1987)): b draws, each subset equally likely.
        for (var k = 0; k < chosen.Length; k++)
        {
            var last = Samples - chosen.Length + k;
            var candidate = stream.Integer((ulong)k, last + 1);
            chosen[k] = isChosen[candidate] ? last : candidate;
            isChosen[chosen[k]] = true;
        }

        chosen.AsSpan().Sort();
        for (var k = 0; k < chosen.Length; k++)
        {
            isChosen[chosen[k]] = false;
            allInputs.Slice(chosen[k] * dx, dx).CopyTo(inputs.AsSpan(k * dx, dx));
            allTargets.Slice(chosen[k] * d, d).CopyTo(targets.AsSpan(k * d, d));
        }
    }
}
