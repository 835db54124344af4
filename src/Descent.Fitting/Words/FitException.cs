namespace Descent.Fitting;

/// <summary>
/// What was asked of a fit cannot be done: the message says what was found, what was expected and what to do. Faults of data are
/// <see cref="Data.DataException"/>.
/// </summary>
public sealed class FitException : ArgumentException
{
    /// <summary>A fault, in words.</summary>
    public FitException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>A fault without words.</summary>
    public FitException()
        : this("The fit cannot be done as it was asked for.")
    {
    }

    /// <summary>A fault, in words.</summary>
    public FitException(string message)
        : this(message, null)
    {
    }
}
