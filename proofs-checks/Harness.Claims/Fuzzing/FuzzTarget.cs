namespace Harness.Claims.Fuzzing;

/// <summary>Something certified that is tried on hard numbers against exact arithmetic. An instance keeps workspaces: one for each thread.</summary>
public abstract class FuzzTarget
{
    private protected FuzzTarget(string name, string summary) => (Name, Summary) = (name, summary);

    /// <summary>Its name in keys and on command lines.</summary>
    public string Name { get; }

    /// <summary>What is held against what, in a line.</summary>
    public string Summary { get; }

    /// <summary>Statements made by all cases so far: enclosures with a finite radius, certain signs, finite bounds. A case that overflows makes none.</summary>
    public long Statements => Judge.Statements;

    private protected Judge Judge { get; } = new();

    /// <summary>Whether the target computes in float too.</summary>
    private protected virtual bool TakesSingle => false;

    /// <summary>A case: a pure function of this target's name, the seed and the index.</summary>
    public FuzzCase Draw(ulong seed, long index) => Draw(new CaseDraws(new(Name, seed, index), TakesSingle));

    /// <summary>The first certified statement about a case that is false, or what was thrown, which is a defect too; or null.</summary>
    public string? Refute(FuzzCase instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Judge.Begin();
        try
        {
            Try(instance);
            return Judge.Refutation;
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }

    private protected abstract FuzzCase Draw(CaseDraws draws);

    private protected abstract void Try(FuzzCase instance);
}
