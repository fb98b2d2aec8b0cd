using System.Collections;
using System.Collections.Immutable;
using System.Globalization;

namespace Harness.Claims;

/// <summary>
/// The variables of a statement with their values at one cell or trial: n, d, δ, L, m, ω, …
/// </summary>
/// <remarks>
/// The properties have the papers' symbols, so that a scale can be written as the formula it is. Reading a variable that has no value is an
/// error that names it. Immutable; insertion order is kept because it is the order in which the variables are printed.
/// </remarks>
public sealed class Variables : IEnumerable<KeyValuePair<string, double>>
{
    private readonly ImmutableArray<KeyValuePair<string, double>> entries;

    private Variables(ImmutableArray<KeyValuePair<string, double>> entries) => this.entries = entries;

    /// <summary>No variable at all.</summary>
    public static Variables None { get; } = new([]);

    /// <summary>Number of samples.</summary>
    public double n => this[nameof(n)];

    /// <summary>Output dimension.</summary>
    public double d => this[nameof(d)];

    /// <summary>Width of the hidden layers.</summary>
    public double m => this[nameof(m)];

    /// <summary>Number of trained hidden layers.</summary>
    public double L => this[nameof(L)];

    /// <summary>Smallest distance between two inputs, ‖xᵢ − xⱼ‖₂.</summary>
    public double δ => this[nameof(δ)];

    /// <summary>Radius of the ball around the initial weights: the largest spectral norm over the layers.</summary>
    public double ω => this[nameof(ω)];

    /// <summary>Learning rate.</summary>
    public double η => this[nameof(η)];

    /// <summary>Accuracy.</summary>
    public double ε => this[nameof(ε)];

    /// <summary>Sparsity: number of non-zero entries.</summary>
    public double s => this[nameof(s)];

    /// <summary>Value of the variable named <paramref name="symbol"/>.</summary>
    /// <exception cref="KeyNotFoundException">It has no value here.</exception>
    public double this[string symbol] => TryGet(symbol, out var value)
        ? value
        : throw new KeyNotFoundException($"The variable '{symbol}' has no value here; there are: {this}.");

    /// <summary>Finds a value without failing.</summary>
    public bool TryGet(string symbol, out double value)
    {
        foreach (var (name, candidate) in entries)
        {
            if (name == symbol)
            {
                value = candidate;
                return true;
            }
        }

        value = double.NaN;
        return false;
    }

    /// <summary>These variables with one more value, or one replaced in place.</summary>
    public Variables With(string symbol, double value)
    {
        var entry = KeyValuePair.Create(symbol, value);
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Key == symbol)
            {
                return new(entries.SetItem(i, entry));
            }
        }

        return new(entries.Add(entry));
    }

    /// <summary>These variables with one renamed and given another value, in its place.</summary>
    public Variables Replacing(string old, string symbol, double value) => new([.. entries.Select(e => e.Key == old ? KeyValuePair.Create(symbol, value) : e)]);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, double>>)entries).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>"n=8 m=256 δ=0.03".</summary>
    public override string ToString() => string.Join(' ', entries.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Key}={e.Value:G4}")));
}
