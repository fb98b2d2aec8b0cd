using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Claims.Instances;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>What training cannot change: BᵀB − AAᵀ is conserved by gradient flow, and a step of gradient descent changes it by its second-order part alone.</summary>
public static class BalanceLaw
{
    private const double Rate = 0.125, Scale = 0.5;

    private static readonly Domain Shapes = Domain.Filling(
        cells: (16, 32, 96), trials: (2, 4, 8), new VariableRange("d", 1, (6, 8, 12), IsInteger: true), new VariableRange("k", 1, (6, 8, 12), IsInteger: true), new VariableRange("r", 2, (3, 4, 6), IsInteger: true));

    /// <summary>The step.</summary>
    public static Claim Step { get; } = Claim
        .Named("lora.balance-step")
        .DerivedFrom(Papers.HuEtAl, "Section 4.1 (gradient flow)", "Low-rank adapters", "L6")
        .States("a step at rate η changes BᵀB − AAᵀ by η²s²(AGᵀGAᵀ − BᵀGGᵀB): nothing in first order, so gradient flow conserves it")
        .Given(new Generator<Trial>(Shapes, "whole numbers −2…2 in A, B, G; s = ½, η = ⅛", takesData: false, trial => trial))
        .Observes("max |change − η²s²(AGᵀGAᵀ − BᵀGGᵀB)|", trial => Difference(trial, Rate, Rate, sign: 1))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the conserved quantity is BᵀB + AAᵀ", trial => Difference(trial, Rate, Rate, sign: -1))
        .RefutedWhen("B learns twice as fast", trial => Difference(trial, Rate, 2 * Rate, sign: 1))
        .Build();

    private static Measurement Difference(Trial trial, double downRate, double upRate, int sign)
    {
        var (d, k, r) = ((int)trial.Variables["d"], (int)trial.Variables["k"], (int)trial.Variables["r"]);
        var (adapter, stream) = (new LowRankAdapter<double>(d, k, r, Scale), trial.Random("whole"));
        IntegerNetworks.Fill(adapter.Down, stream.Derive("A"));
        IntegerNetworks.Fill(adapter.Up, stream.Derive("B"));
        var gradient = new Weights<double>(d, k);
        IntegerNetworks.Fill(gradient, stream.Derive("G"));
        var (a, b, g) = (RationalMatrix.Exactly(adapter.Down), RationalMatrix.Exactly(adapter.Up), RationalMatrix.Exactly(gradient));
        var before = (b.Transpose() * b) - ((BigRational)sign * (a * a.Transpose()));

        // G as signals times arguments: G·1.
        var (signals, arguments) = (new double[d * k], new double[k * k]);
        gradient.CopyTo(signals);
        for (var i = 0; i < k; i++)
        {
            arguments[(i * k) + i] = 1;
        }

        adapter.AddGradients(signals, arguments, k, k, -downRate, -upRate, adapter.Down, adapter.Up, new double[adapter.WorkspaceLength(k)]);
        var (a2, b2) = (RationalMatrix.Exactly(adapter.Down), RationalMatrix.Exactly(adapter.Up));
        var after = (b2.Transpose() * b2) - ((BigRational)sign * (a2 * a2.Transpose()));
        var (ag, bg) = (g * a.Transpose(), b.Transpose() * g);
        var η = BigRational.Exactly(Rate * Scale);
        var expected = (η * η) * ((ag.Transpose() * ag) - (bg * bg.Transpose()));
        return new(TransferProblem.Enclosed((after - before - expected).SquaredFrobeniusNorm())) { Bound = Ball.Exactly(0) };
    }
}
