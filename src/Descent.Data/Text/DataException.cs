namespace Descent.Data;

/// <summary>Data that cannot be used, with a message that says what was found, where, what was expected and what to do.</summary>
public sealed class DataException : Exception
{
    /// <summary>An error without a message.</summary>
    public DataException()
    {
    }

    /// <summary>An error with its message.</summary>
    public DataException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and cause.</summary>
    public DataException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
