using Harness.Core.Enclosures;

namespace Harness.Core.Tangents;

/// <content>The same recursion on balls, one pair of samples at a time.</content>
public sealed partial class InfiniteWidthKernel : ICertifiedKernel
{
    /// <summary>Balls of a pair of positions: three of the correlation, κ̂₀ and Θ, and four to come.</summary>
    private const int BallsOfPair = 9;

    /// <inheritdoc/>
    public int EnclosureLength(int rows, int columns, int dimension)
    {
        var p = Graph.Positions;
        return checked(((columns + 1) * CertifiedSample.Length(p, dimension, Hidden)) + (BallsOfPair * Pairs.Count));
    }

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<double> x, int rows, ReadOnlySpan<double> y, int columns, BallSpan<double> block, Span<Ball> workspace)
    {
        var dimension = DimensionOf(x, rows, y, columns, block.Length);
        var (p, dual) = (Graph.Positions, new CertifiedDual(φ));
        var hidden = layers.AsSpan(0, Hidden);
        var memory = new Numerics.Workspace<Ball>(workspace);
        var length = CertifiedSample.Length(p, dimension, Hidden);
        var others = memory.Take(columns * length);
        var own = memory.Take(length);
        var pairs = memory.Take(BallsOfPair * Pairs.Count);
        for (var j = 0; j < columns; j++)
        {
            CertifiedSample.Prepare(Graph, isLastDense, hidden, dual.SecondMoment, y.Slice(j * dimension, dimension), others.Slice(j * length, length));
        }

        for (var i = 0; i < rows; i++)
        {
            CertifiedSample.Prepare(Graph, isLastDense, hidden, dual.SecondMoment, x.Slice(i * dimension, dimension), own);
            var left = CertifiedSample.In(own, p, dimension, Hidden);
            for (var j = 0; j < columns; j++)
            {
                var value = Enclose(left, CertifiedSample.In(others.Slice(j * length, length), p, dimension, Hidden), dual, pairs);
                (block.Midpoints[(i * columns) + j], block.Radii[(i * columns) + j]) = (value.Midpoint, value.Radius);
            }
        }
    }

    private Ball Enclose(CertifiedSample left, CertifiedSample right, CertifiedDual dual, Span<Ball> pairs)
    {
        var (positions, count) = (Pairs, Pairs.Count);
        var now = pairs[..(4 * count)];
        var next = pairs.Slice(4 * count, 4 * count);
        var derivative = pairs.Slice(8 * count, count);
        for (var pair = 0; pair < count; pair++)
        {
            var (j, other) = positions[pair];
            Put(now, pair, First(left, right, j, other), Ball.Exactly(0));
        }

        for (var l = 0; l < Hidden; l++)
        {
            if (l > 0)
            {
                Activate(dual, now, derivative);
            }

            var above = new PositionPairs(Reads(l).Positions, Readout == KernelReadout.Flatten);
            for (var pair = 0; pair < above.Count; pair++)
            {
                Mix(l, left, right, above[pair], now, next.Slice(4 * pair, 4));
            }

            var swap = now;
            now = next;
            next = swap;
        }

        Activate(dual, now, derivative[..LastPairs.Count]);
        return ReadOut(left, right, dual.SecondMoment, now);
    }

    private static CertifiedCosine First(CertifiedSample left, CertifiedSample right, int j, int other)
    {
        var (square, otherSquare) = (left.Square(j), right.Square(other));
        return square == Ball.Exactly(0) || otherSquare == Ball.Exactly(0)
            ? CertifiedCosine.Of(Ball.Exactly(0))
            : CertifiedCosine.Narrower(left.Input(j), right.Input(other), square, otherSquare);
    }

    /// <summary>Correlations after the activation, and Θκ̂₀ in place of Θ.</summary>
    private static void Activate(CertifiedDual dual, Span<Ball> now, Span<Ball> derivative)
    {
        for (var pair = 0; pair < derivative.Length; pair++)
        {
            var c = new CertifiedCosine(now[4 * pair], now[(4 * pair) + 1], now[(4 * pair) + 2]);
            derivative[pair] = dual.Derivative(c);
            Put(now, pair, dual.Apply(c, derivative[pair]), now[(4 * pair) + 3] * derivative[pair]);
        }
    }

    private void Mix(int l, CertifiedSample left, CertifiedSample right, (int Left, int Right) at, Span<Ball> now, Span<Ball> next)
    {
        var (reads, below, ownTerm) = (Reads(l), Pairs, Ball.Exactly(own[l]));
        if (reads.Offsets == 1 && layers[l].BiasVariance == 0)
        {
            var source = now.Slice(4 * below.Of(reads.Read(at.Left, 0), reads.Read(at.Right, 0)), 4);
            Put(next, 0, new(source[0], source[1], source[2]), source[3] + (ownTerm * source[1]));
            return;
        }

        var (bias, otherBias) = (left.Bias(l, at.Left), right.Bias(l, at.Right));
        var c = bias * otherBias;
        var (v, w, θ, gap) = (Ball.Exactly(0), c + c, Ball.Exactly(0), Ball.Square(bias - otherBias));
        for (var a = 0; a < reads.Offsets; a++)
        {
            var (from, otherFrom) = (reads.Read(at.Left, a), reads.Read(at.Right, a));
            var (weight, otherWeight) = (left.Source(l, from) * left.Inverse(l, at.Left), right.Source(l, otherFrom) * right.Inverse(l, at.Right));
            var source = now.Slice(4 * below.Of(from, otherFrom), 4);
            gap += Ball.Square(weight - otherWeight);
            weight *= otherWeight;
            (v, c, w, θ) = (v + (weight * source[0]), c + (weight * source[1]), w + (weight * source[2]), θ + (weight * source[3]));
        }

        gap *= Ball.Exactly(0.5);
        Put(next, 0, new(v + gap, c, w + gap), θ + (ownTerm * c));
    }

    private Ball ReadOut(CertifiedSample left, CertifiedSample right, Ball secondMoment, Span<Ball> now)
    {
        var (pairs, output, sum) = (LastPairs, layers[^1], Ball.Exactly(0));
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var (j, other) = pairs[pair];
            var (c, θ) = (now[(4 * pair) + 1], now[(4 * pair) + 3]);
            var value = Kind == LimitingKernel.GaussianProcess ? c : output.IsTrained ? c + θ : θ;
            sum += left.Deviations[j] * right.Deviations[other] * value;
        }

        var mean = Readout == KernelReadout.Flatten ? sum : sum / Ball.Exactly(pairs.Count);
        return (Ball.Exactly(output.WeightVariance) * secondMoment * mean) + Ball.Exactly(Kind == LimitingKernel.GaussianProcess || output.IsTrained ? output.BiasVariance : 0);
    }

    private static void Put(Span<Ball> pairs, int pair, CertifiedCosine c, Ball θ) =>
        (pairs[4 * pair], pairs[(4 * pair) + 1], pairs[(4 * pair) + 2], pairs[(4 * pair) + 3]) = (c.Versine, c.Value, c.Vercosine, θ);
}
