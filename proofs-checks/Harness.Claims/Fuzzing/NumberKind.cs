namespace Harness.Claims.Fuzzing;

/// <summary>Kinds of numbers on which careless error bounds fail.</summary>
public enum NumberKind
{
    /// <summary>Of order one.</summary>
    Ordinary,

    /// <summary>Whole numbers from −3 to 3, so that sums cancel and ties are exact.</summary>
    Whole,

    /// <summary>Whole numbers, half of them off by a few units in the last place, so that sums nearly cancel and pre-activations nearly tie.</summary>
    NearlyWhole,

    /// <summary>Of order one; in a network the last weight of half the rows then makes a pre-activation vanish but for rounding.</summary>
    Tied,

    /// <summary>Ones, and positive numbers just below half a unit in the last place of one: a sum loses nearly all of them, as much as a bound allows for.</summary>
    Absorbed,

    /// <summary>Over 60 binary orders.</summary>
    Graded,

    /// <summary>Around the smallest positive number, or around its second, third … root, so that products underflow.</summary>
    Subnormal,

    /// <summary>Up to the largest number, or up to its second, third … root, so that sums and products overflow or just do not.</summary>
    Huge,

    /// <summary>Three quarters zeros of both signs.</summary>
    Sparse,

    /// <summary>Any of these and zeros of both signs.</summary>
    Mixed,
}
