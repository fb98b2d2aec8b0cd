namespace Harness.Cli.Output;

/// <summary>Progress that is told in the place, not posted as <see cref="Progress{T}"/> does: lines stay in order.</summary>
internal sealed class Told<T>(Action<T> tell) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => tell(value);
}
