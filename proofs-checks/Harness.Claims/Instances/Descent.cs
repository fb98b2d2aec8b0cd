using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Training;

namespace Harness.Claims.Instances;

/// <summary>A run of gradient descent with its losses.</summary>
public static class Descent
{
    /// <summary>Points of a loss curve that are kept for the plot.</summary>
    private const int PlottedPoints = 64;

    /// <summary>Runs <paramref name="steps"/> steps in place, or until the loss falls below <paramref name="until"/> or stops being finite.</summary>
    /// <param name="instance">The network is trained in place.</param>
    /// <param name="η">Learning rate.</param>
    /// <param name="steps">Steps at most.</param>
    /// <param name="until">Loss at which to stop; zero for never.</param>
    /// <returns>F(W(0)), …, F(W(t)): one more than the steps made.</returns>
    public static double[] Run(NetworkInstance instance, double η, int steps, double until = 0)
    {
        var losses = new List<double>(steps + 1);
        for (var t = 0; t < steps; t++)
        {
            losses.Add(GradientDescent.Step(instance.Network, instance.Inputs, instance.Targets, η, instance.State));
            if (!(losses[^1] > until) || !double.IsFinite(losses[^1]))
            {
                return [.. losses];
            }
        }

        losses.Add(instance.Loss());
        return [.. losses];
    }

    /// <summary>The same steps with every loss enclosed: F at the very weights that the iterates have, whatever rounding brought them there.</summary>
    /// <param name="instance">The network is trained in place.</param>
    /// <param name="η">Learning rate.</param>
    /// <param name="steps">Steps at most; fewer where the loss stops being finite.</param>
    /// <param name="arithmetic">Of the losses; the steps themselves are those of <see cref="Run"/>, bit for bit.</param>
    public static Ball[] RunEnclosed(NetworkInstance instance, double η, int steps, Arithmetic arithmetic)
    {
        var losses = new List<Ball>(steps + 1);
        for (var t = 0; t < steps && (t == 0 || double.IsFinite(losses[^1].Midpoint)); t++)
        {
            if (arithmetic == Arithmetic.Double)
            {
                losses.Add(GradientDescent.Step(instance.Network, instance.Inputs, instance.Targets, η, instance.State, instance.Radii));
            }
            else
            {
                losses.Add(instance.EncloseLoss(arithmetic));
                GradientDescent.Step(instance.Network, instance.Inputs, instance.Targets, η, instance.State);
            }
        }

        losses.Add(instance.EncloseLoss(arithmetic));
        return [.. losses];
    }

    /// <summary>The smallest contraction over the run, min_t 1 − F(W(t+1))/F(W(t)); −∞ where the loss stopped being finite.</summary>
    public static Ball WorstContraction(ReadOnlySpan<Ball> losses)
    {
        var worst = Ball.Exactly(double.PositiveInfinity);
        for (var t = 0; t + 1 < losses.Length; t++)
        {
            var contraction = Ball.Exactly(1) - (losses[t + 1] / losses[t]);
            worst = double.IsFinite(contraction.Midpoint) ? Ball.Min(worst, contraction) : Ball.Exactly(double.NegativeInfinity);
        }

        return worst;
    }

    /// <summary>Steps until the loss is ε times its initial value, interpolated geometrically between steps; infinite where the run ended before.</summary>
    public static double StepsTo(ReadOnlySpan<double> losses, double ε)
    {
        var threshold = ε * losses[0];
        for (var t = 1; t < losses.Length; t++)
        {
            if (losses[t] <= threshold)
            {
                return t - (Math.Log(threshold / losses[t]) / Math.Log(losses[t - 1] / losses[t]));
            }
        }

        return double.PositiveInfinity;
    }

    /// <summary>‖W − W₀‖_F over all trained layers. Leaves W₀ − W in <paramref name="initial"/>.</summary>
    public static Ball Movement(Network<double> network, Network<double> initial)
    {
        var squared = Ball.Exactly(0);
        for (var l = 1; l <= network.Depth; l++)
        {
            initial.Hidden(l).AddScaled(-1, network.Hidden(l));
            squared += EnclosedNorms.SquaredFrobenius(initial.Hidden(l));
        }

        return Ball.Sqrt(squared);
    }

    /// <summary>The losses at up to 64 evenly spaced steps.</summary>
    public static double[] Plotted(double[] losses)
    {
        if (losses.Length <= PlottedPoints)
        {
            return losses;
        }

        var points = new double[PlottedPoints];
        for (var k = 0; k < PlottedPoints; k++)
        {
            points[k] = losses[k * (losses.Length - 1) / (PlottedPoints - 1)];
        }

        return points;
    }
}
