namespace Harness.Perf;

/// <summary>A suite whose work is a counted number of multiply-adds, so that its time becomes a rate.</summary>
internal interface ICountedWork
{
    /// <summary>Multiply-adds of one operation at the present parameters; known before any set-up.</summary>
    long MultiplyAdds { get; }
}
