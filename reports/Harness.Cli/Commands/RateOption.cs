using System.CommandLine;
using System.Globalization;

namespace Harness.Cli.Commands;

/// <summary>A learning rate as it was written.</summary>
/// <param name="Factor">The number.</param>
/// <param name="IsPaperUnits">Whether it stands before d/m, the unit of the paper's rates.</param>
internal sealed record Rate(double Factor, bool IsPaperUnits)
{
    /// <summary>η.</summary>
    public double In(int width, int outputDimension) => IsPaperUnits ? Factor * outputDimension / width : Factor;
}

/// <summary><c>--rate auto|X|Xd/m</c>.</summary>
internal static class RateOption
{
    private const string Automatic = "auto", Unit = "d/m";

    /// <summary>The option; null stands for auto.</summary>
    public static Option<Rate?> Create() => new("--rate")
    {
        Description = $"η, the learning rate: a number, or a multiple of {Unit}. Default: {Automatic}, the inverse of the largest eigenvalue of the tangent kernel at initialisation, or of a bound of it.",
        HelpName = $"{Automatic}|X|X{Unit}",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text == Automatic)
            {
                return null;
            }

            var isPaperUnits = text.EndsWith(Unit, StringComparison.Ordinal);
            if (double.TryParse(isPaperUnits ? text[..^Unit.Length] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0 && double.IsFinite(factor))
            {
                return new(factor, isPaperUnits);
            }

            result.AddError($"--rate {text}: expected {Automatic}, a positive number, such as 1e-4, or a multiple of {Unit}, such as 0.5{Unit}.");
            return null;
        },
    };
}
