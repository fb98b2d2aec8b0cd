using NUnit.Framework.Constraints;

namespace Harness.ProofsChecks;

/// <summary>NUnit's constraints, but that NaN is not less than anything: in the order in which they compare it comes before all numbers, and a radius that is lost would pass for a small one.</summary>
internal abstract class Is : NUnit.Framework.Is
{
    /// <inheritdoc cref="NUnit.Framework.Is.LessThan"/>
    public static new LessThanConstraint LessThan(object expected) => new NumberLessThan(expected);

    /// <inheritdoc cref="NUnit.Framework.Is.LessThanOrEqualTo"/>
    public static new LessThanOrEqualConstraint LessThanOrEqualTo(object expected) => new NumberLessThanOrEqual(expected);

    /// <inheritdoc cref="NUnit.Framework.Is.Negative"/>
    public static new LessThanConstraint Negative => new NumberLessThan(0);

    private static bool IsNaN<TActual>(TActual actual) => actual is double.NaN or float.NaN;

    private sealed class NumberLessThan(object expected) : LessThanConstraint(expected)
    {
        public override ConstraintResult ApplyTo<TActual>(TActual actual) => IsNaN(actual) ? new ConstraintResult(this, actual, false) : base.ApplyTo(actual);
    }

    private sealed class NumberLessThanOrEqual(object expected) : LessThanOrEqualConstraint(expected)
    {
        public override ConstraintResult ApplyTo<TActual>(TActual actual) => IsNaN(actual) ? new ConstraintResult(this, actual, false) : base.ApplyTo(actual);
    }
}
