using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>A network with its states in the precision under test.</summary>
internal sealed class NetworkWorkspace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Allocates for a shape.</summary>
    public NetworkWorkspace(int samples, Network<T> network)
    {
        Network = network;
        State = new(network, samples);
        Radii = new(network, State);
        Columns = new(network, samples * network.OutputDimension);
        ColumnRadii = new(network, Columns);
        Grams = new T[CertifiedGradient.WorkspaceLength(Columns)];
        (Inputs, Targets) = (new T[samples * network.InputDimension], new T[samples * network.OutputDimension]);
    }

    /// <summary>The network.</summary>
    public Network<T> Network { get; }

    /// <summary>For n samples.</summary>
    public BatchState<T> State { get; }

    /// <summary>For n samples.</summary>
    public BatchRadii<T> Radii { get; }

    /// <summary>For n·d columns, as a tangent kernel needs.</summary>
    public BatchState<T> Columns { get; }

    /// <summary>For n·d columns.</summary>
    public BatchRadii<T> ColumnRadii { get; }

    /// <summary>Enough for Gram matrices of n·d columns.</summary>
    public T[] Grams { get; }

    /// <summary>n × 𝔡.</summary>
    public T[] Inputs { get; }

    /// <summary>n × d.</summary>
    public T[] Targets { get; }

    /// <summary>Takes over a case.</summary>
    public void Load(Operand[] matrices, ExactPasses exact)
    {
        for (var l = 0; l < matrices.Length; l++)
        {
            Network.Layer(l).CopyFrom(Narrowed.To<T>(matrices[l].Elements));
        }

        Narrowed.To<T>(exact.Inputs).CopyTo(Inputs.AsSpan());
        Narrowed.To<T>(exact.Targets).CopyTo(Targets.AsSpan());
    }
}
