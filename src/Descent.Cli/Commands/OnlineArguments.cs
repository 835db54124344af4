namespace Descent.Cli.Commands;

/// <summary>How a stream is learnt from.</summary>
sealed record OnlineArguments
{
    /// <summary>Rows between two saves; null for none.</summary>
    public long? SaveRows { get; init; }

    /// <summary>Time between two saves; null for none.</summary>
    public TimeSpan? SaveTime { get; init; }

    /// <summary>Rows between two lines; null for rows 1, 2, 4, 8, …</summary>
    public long? Progress { get; init; }
}
