using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>A feature-major batch of vectors with proven radii: features, tangents or signals of a layer, on their way through a network.</summary>
public sealed class EnclosedBatch
{
    private readonly double[] midpoints, radii;
    private readonly int features, stride;

    private EnclosedBatch(int features, int stride) => (this.features, this.stride, midpoints, radii) = (features, stride, new double[features * stride], new double[features * stride]);

    private BallSpan<double> Balls => new(midpoints, radii);

    /// <summary>Element of a vector.</summary>
    public Ball this[int feature, int vector] => new(midpoints[(feature * stride) + vector], radii[(feature * stride) + vector]);

    /// <summary>One of the vectors.</summary>
    internal EnclosedVector Vector(int vector)
    {
        var (x, r) = (new double[features], new double[features]);
        for (var k = 0; k < features; k++)
        {
            (x[k], r[k]) = (midpoints[(k * stride) + vector], radii[(k * stride) + vector]);
        }

        return new(x, EnclosedNorms.Above(r));
    }

    /// <summary>h_l of every sample, from the enclosed forward pass that the instance holds.</summary>
    public static EnclosedBatch Features(NetworkInstance instance, int layer)
    {
        var batch = new EnclosedBatch(instance.Network.Width, instance.State.Stride);
        BallVector.Rectify(PreActivations(instance, layer), batch.Balls);
        return batch;
    }

    /// <summary>The m unit vectors, exact: what becomes of them is a matrix, column by column.</summary>
    internal static EnclosedBatch UnitVectors(int m)
    {
        var lanes = 64 / sizeof(double);
        var batch = new EnclosedBatch(m, (m + lanes - 1) / lanes * lanes);
        for (var k = 0; k < m; k++)
        {
            batch.midpoints[(k * batch.stride) + k] = 1;
        }

        return batch;
    }

    /// <summary>Bᵀ e_j for every output j, exact.</summary>
    public static EnclosedBatch OutputRows(Network<double> network)
    {
        var lanes = 64 / sizeof(double);
        var batch = new EnclosedBatch(network.Width, (network.OutputDimension + lanes - 1) / lanes * lanes);
        for (var j = 0; j < network.OutputDimension; j++)
        {
            for (var k = 0; k < network.Width; k++)
            {
                batch.midpoints[(k * batch.stride) + j] = network.Output[j, k];
            }
        }

        return batch;
    }

    /// <summary>W x for every vector x.</summary>
    public EnclosedBatch Through(Weights<double> w)
    {
        var image = new EnclosedBatch(w.Rows, stride);
        CertifiedProduct.Multiply(w, Balls, image.Balls, stride, stride, new double[midpoints.Length]);
        return image;
    }

    /// <summary>Wᵀ x for every vector x.</summary>
    public EnclosedBatch BackThrough(Weights<double> w)
    {
        var image = new EnclosedBatch(w.Columns, stride);
        CertifiedProduct.MultiplyTransposed(w, Balls, image.Balls, stride, stride, new double[midpoints.Length]);
        return image;
    }

    /// <summary>D_l x, each vector with the gates of its sample.</summary>
    public EnclosedBatch Gated(NetworkInstance instance, int layer)
    {
        var gated = new EnclosedBatch(features, stride);
        BallVector.Gate(PreActivations(instance, layer), Balls, gated.Balls);
        return gated;
    }

    /// <summary>D_{i,l} x for every vector, with the gates of one sample i.</summary>
    public EnclosedBatch GatedBySample(NetworkInstance instance, int layer, int sample)
    {
        var (gated, gates) = (new EnclosedBatch(features, stride), new EnclosedBatch(features, stride));
        var (g, r) = (instance.Column(instance.State.PreActivations(layer), sample), instance.Column(instance.Radii.PreActivations(layer), sample));
        for (var k = 0; k < features; k++)
        {
            gates.midpoints.AsSpan(k * stride, stride).Fill(g[k]);
            gates.radii.AsSpan(k * stride, stride).Fill(r[k]);
        }

        BallVector.Gate(gates.Balls, Balls, gated.Balls);
        return gated;
    }

    /// <summary>x + y, vector by vector.</summary>
    public EnclosedBatch Plus(EnclosedBatch other)
    {
        var sum = new EnclosedBatch(features, stride);
        BallVector.Add(Balls, other.Balls, sum.Balls);
        return sum;
    }

    /// <summary>max |X_{k,i}|, which no more than the largest radius parts from that of the midpoints.</summary>
    internal Ball LargestEntry() => new(midpoints.Aggregate(0.0, (largest, x) => Math.Max(largest, Math.Abs(x))), radii.Aggregate(0.0, Math.Max));

    /// <summary>‖X‖₂ of the vectors as columns: the root of the largest eigenvalue of their Gram matrix.</summary>
    /// <remarks>
    /// For the midpoints ‖X̂‖₂² = λ_max(X̂ᵀX̂), an entry off by at most γ_F ‖x̂ᵢ‖‖x̂ⱼ‖, F the number of features, hence the matrix by at most γ_F ‖X̂‖²_F; and |‖X‖₂ − ‖X̂‖₂| ≤ ‖X − X̂‖_F, at most the Frobenius norm of the radii.
    /// </remarks>
    public Ball SpectralNorm()
    {
        var gram = new double[stride * stride];
        GramMatrix.Compute<double>(midpoints, features, stride, stride, gram);
        if (gram.AsSpan().ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
        {
            return Ball.Unbounded(EnclosedNorms.Above(midpoints));
        }

        var (values, vectors, workspace) = (new double[stride], new double[stride * stride], new double[SymmetricEigen.WorkspaceLength(stride, vectors: true)]);
        SymmetricEigen.Decompose((double[])gram.Clone(), stride, values, vectors, workspace);
        var norm = EnclosedNorms.Above(midpoints);
        var rounding = RoundedUp.Add(RoundedUp.Multiply(Rounding.Gamma(features), RoundedUp.Multiply(norm, norm)), (double)features * stride * double.Epsilon);
        var largest = new Ball(values[^1], RoundedUp.Add(SymmetricEigen.Radius(gram, stride, values, vectors, workspace), rounding));
        return Ball.Sqrt(largest) + new Ball(0, EnclosedNorms.Above(radii));
    }

    private static BallSpan<double> PreActivations(NetworkInstance instance, int layer) => new(instance.State.PreActivations(layer), instance.Radii.PreActivations(layer));
}
