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

    /// <summary>
    /// The text in which the place was found and, in a second line, marks under that place; null where the message says all there is.
    /// </summary>
    public string? Pointer { get; internal init; }

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
