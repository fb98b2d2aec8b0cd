using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Fact 2.6: the gradient is the outer product of backward signals and features.</summary>
public static class GradientFormula
{
    /// <summary>The core's loss and gradient against evaluation and forward-mode differentiation over the rationals, entry by entry.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.gradient-formula")
        .From(Papers.AllenZhuLiSong, "Fact 2.6", "C01")
        .States("F = ½ Σᵢ ‖yᵢ − yᵢ*‖²,   ∇_{W_l}F = Σᵢ D_{i,l} (Back_{i,l+1}ᵀ (yᵢ − yᵢ*)) h_{i,l−1}ᵀ   for l = 1…L")
        .Given(IntegerNetworks.Small)
        .Observes("max |core − exact| over the loss and all entries", instance => Residual(instance, GradientOf))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the feature of the same layer, h_{i,l}, in place of h_{i,l−1}", instance => Residual(instance, WithFeatureOfSameLayer))
        .RefutedWhen("the factor ½ of the loss is forgotten", instance => Residual(instance, Doubled))
        .Build();

    private static Measurement Residual(NetworkInstance instance, Func<NetworkInstance, int, Weights<double>> formula)
    {
        var loss = instance.LossAndGradient();
        var oracle = new RationalNetwork(instance.Network);
        var worst = BigRational.Abs(BigRational.Exactly(loss) - oracle.Loss(instance.Inputs, instance.Targets, instance.Trial.n));
        for (var l = 1; l <= instance.Trial.L; l++)
        {
            var gradient = formula(instance, l);
            for (var r = 0; r < gradient.Rows; r++)
            {
                for (var c = 0; c < gradient.Columns; c++)
                {
                    var exact = oracle.LossDerivative(instance.Inputs, instance.Targets, instance.Trial.n, l, r, c);
                    worst = BigRational.Max(worst, BigRational.Abs(BigRational.Exactly(gradient[r, c]) - exact));
                }
            }
        }

        return new(Ball.Exactly(worst.ToDouble())) { Bound = Ball.Exactly(0) };
    }

    private static Weights<double> GradientOf(NetworkInstance instance, int layer) => OuterProduct(instance, layer, layer - 1, 1);

    private static Weights<double> WithFeatureOfSameLayer(NetworkInstance instance, int layer) => OuterProduct(instance, layer, layer, 1);

    private static Weights<double> Doubled(NetworkInstance instance, int layer) => OuterProduct(instance, layer, layer - 1, 2);

    private static Weights<double> OuterProduct(NetworkInstance instance, int signalLayer, int featureLayer, double factor)
    {
        var (state, gradient) = (instance.State, new Weights<double>(instance.Trial.m, instance.Trial.m));
        gradient.AddOuterProduct(factor, state.Signals(signalLayer), state.Features(featureLayer), state.Samples, state.Stride);
        return gradient;
    }
}
