namespace Harness.Claims;

/// <summary>How much is tried: the ranges of the variables and the number of trials grow from left to right.</summary>
public enum Profile
{
    /// <summary>Small cells, for a gate that runs on every build.</summary>
    Gate,

    /// <summary>The default of the main job: a few minutes on two cores.</summary>
    Standard,

    /// <summary>Large widths; hours.</summary>
    Thorough,
}

/// <summary>A number that depends on the profile.</summary>
/// <param name="Gate">Value in the gate profile.</param>
/// <param name="Standard">Value in the standard profile.</param>
/// <param name="Thorough">Value in the thorough profile.</param>
public readonly record struct ByProfile(double Gate, double Standard, double Thorough)
{
    /// <summary>The same in every profile.</summary>
    public static implicit operator ByProfile(double value) => new(value, value, value);

    /// <summary>Gate, standard, thorough.</summary>
    public static implicit operator ByProfile((double Gate, double Standard, double Thorough) values) => new(values.Gate, values.Standard, values.Thorough);

    /// <summary>The value in <paramref name="profile"/>.</summary>
    public double In(Profile profile) => profile switch
    {
        Profile.Gate => Gate,
        Profile.Standard => Standard,
        _ => Thorough,
    };
}
