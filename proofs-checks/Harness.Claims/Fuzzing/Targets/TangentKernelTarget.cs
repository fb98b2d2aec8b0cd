using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>The certified tangent kernel, against the Gram matrix of exact Jacobians summed weight by weight.</summary>
internal sealed class TangentKernelTarget() : NetworkTarget("tangent-kernel", "certified entries of the empirical tangent kernel")
{
    private protected override void Try<T>(NetworkWorkspace<T> workspace, ExactPasses exact)
    {
        var n = exact.Samples * exact.Oracle.Outputs;
        var (kernel, bounds) = (new T[n * n], new T[n * n]);
        CertifiedTangentKernel.Compute<T>(workspace.Network, workspace.Inputs, workspace.Columns, workspace.ColumnRadii, kernel, bounds, workspace.Grams);
        Kernel(Judge, kernel, bounds, [.. Enumerable.Range(1, exact.Oracle.Depth).Select(exact.OutputDerivatives)]);
    }

    /// <summary>Judges the entries of a kernel by the derivatives of the trained layers, weight by weight.</summary>
    internal static void Kernel<T>(Judge judge, T[] kernel, T[] bounds, Dyadic[][][] layers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = layers[0].Length;
        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                Dyadic entry = default;
                foreach (var derivatives in layers)
                {
                    for (var w = 0; w < derivatives[a].Length; w++)
                    {
                        entry += derivatives[a][w] * derivatives[b][w];
                    }
                }

                judge.Holds(kernel[(a * n) + b], bounds[(a * n) + b], entry, "K", a, b);
                judge.Holds(kernel[(b * n) + a], bounds[(b * n) + a], entry, "K", b, a);
            }
        }
    }
}
