namespace Harness.Reports.Ledger;

/// <summary>
/// A ledger that cannot be read, continued or written: the message says where, what is wrong, and what to do.
/// </summary>
public sealed class LedgerException : IOException
{
    /// <summary>A failure with its message.</summary>
    public LedgerException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its message and what caused it.</summary>
    public LedgerException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>A line that is not one of the ledger's: <c>FILE:LINE: …</c>.</summary>
    internal static LedgerException At(string path, int line, string message, Exception? inner = null) => new($"{path}:{line}: {message}", inner);
}
