namespace Harness.Claims;

/// <summary>The arithmetic in which a trial encloses what it observes.</summary>
public enum Arithmetic
{
    /// <summary>Double precision: about twice the cost of the plain computation.</summary>
    Double,

    /// <summary>Double-double: an order of magnitude dearer, and radii about 2⁵³ times smaller. For what double precision leaves open.</summary>
    DoubleDouble,
}
