namespace Descent.Mpi;

/// <summary>MPI is absent, cannot be used here, or a call of it failed; the message holds its own text.</summary>
public sealed class MpiException : Exception
{
    /// <summary>A failure with no words.</summary>
    public MpiException()
        : base("MPI failed.")
    {
    }

    /// <summary>A failure in words.</summary>
    public MpiException(string message)
        : base(message)
    {
    }

    /// <summary>A failure in words, and what it came from.</summary>
    public MpiException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
