using Harness.Claims.Exact;
using Harness.Core.Enclosures;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>The certified tangent kernel, against the Gram matrix of exact Jacobians summed weight by weight.</summary>
internal sealed class TangentKernelTarget() : NetworkTarget("tangent-kernel", "certified entries of the empirical tangent kernel")
{
    private protected override void Try<T>(NetworkWorkspace<T> workspace, NetworkCase exact)
    {
        var n = exact.Samples * exact.Oracle.Outputs;
        var (kernel, bounds) = (new T[n * n], new T[n * n]);
        CertifiedTangentKernel.Compute<T>(workspace.Network, workspace.Inputs, workspace.Columns, workspace.ColumnRadii, kernel, bounds, workspace.Grams);
        var jacobians = Jacobians(exact);
        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                Dyadic entry = default;
                for (var w = 0; w < jacobians[a].Length; w++)
                {
                    entry += jacobians[a][w] * jacobians[b][w];
                }

                Judge.Holds(kernel[(a * n) + b], bounds[(a * n) + b], entry, "K", a, b);
                Judge.Holds(kernel[(b * n) + a], bounds[(b * n) + a], entry, "K", b, a);
            }
        }
    }

    /// <summary>∂y_j/∂W at sample i, all weights of all layers, for i·d + j.</summary>
    private static Dyadic[][] Jacobians(NetworkCase exact)
    {
        var (m, d) = (exact.Oracle.Width, exact.Oracle.Outputs);
        var jacobians = new Dyadic[exact.Samples * d][];
        for (var a = 0; a < jacobians.Length; a++)
        {
            jacobians[a] = new Dyadic[exact.Oracle.Depth * m * m];
        }

        for (var i = 0; i < exact.Samples; i++)
        {
            for (var l = 1; l <= exact.Oracle.Depth; l++)
            {
                var (sensitivity, features) = (exact.Oracle.OutputSensitivity(exact.Values[i], l), Array.ConvertAll(exact.Values[i][l - 1], DyadicNetwork.Rectified));
                for (var at = 0; at < d * m * m; at++)
                {
                    var (j, r, c) = (at / (m * m), at / m % m, at % m);
                    jacobians[(i * d) + j][((l - 1) * m * m) + (r * m) + c] = sensitivity[(j * m) + r] * features[c];
                }
            }
        }

        return jacobians;
    }
}
