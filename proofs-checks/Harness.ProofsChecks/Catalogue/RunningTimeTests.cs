using Harness.Claims;
using Harness.Claims.Instances;
using Harness.Core.Networks;
using NUnit.Framework;

namespace Harness.ProofsChecks.Catalogue;

/// <summary>Timed claims measure something; how much is for <c>harness verify</c> to say, never for a test.</summary>
public sealed class RunningTimeTests
{
    [Test]
    public void Trial_OfEveryTimedClaimAndMutant_IsAPositiveTimeAgainstCountedOperations()
    {
        foreach (var claim in Harness.Claims.Catalogue.Catalogue.All.Where(c => c.IsTimed))
        {
            foreach (var variant in Enumerable.Range(0, claim.Mutants.Length + 1))
            {
                var observation = ClaimPlan.Items(claim, variant, Profile.Gate, null, 0).First().Observe(7, Profile.Gate);
                Assert.That(observation.Value.Midpoint, Is.Positive.And.LessThan(double.PositiveInfinity), $"{claim.Id}, variant {variant}");
                Assert.That(observation.Bound.Midpoint, Is.Positive, claim.Id);
            }
        }
    }

    [Test]
    public void Workload_AfterManySteps_HasItsWeights()
    {
        var workload = new Workload(new(Variables.None.With("m", 16).With("n", 8).With("L", 2).With("d", 2), Harness.Core.Numerics.RandomStream.FromSeed(3), null, Profile.Gate));
        var before = new FullyConnected<double>(Workload.InputDimension, 16, 2, 2);
        before.CopyFrom(workload.Network);
        for (var step = 0; step < 100; step++)
        {
            workload.Step();
        }

        Assert.That(from l in new[] { 1, 2 } from i in Enumerable.Range(0, 16) select workload.Network.Hidden(l)[i, i], Is.EqualTo(from l in new[] { 1, 2 } from i in Enumerable.Range(0, 16) select before.Hidden(l)[i, i]));
    }
}
