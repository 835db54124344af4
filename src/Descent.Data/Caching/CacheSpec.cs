namespace Descent.Data;

/// <summary>Whether text that was read is kept as a file that is mapped into memory, and where that lies.</summary>
public sealed record CacheSpec
{
    /// <summary>Whether a cache that is there is used; one that is stale or damaged never is.</summary>
    public bool Use { get; init; } = true;

    /// <summary>Whether a cache is written where none can be used.</summary>
    public bool Write { get; init; }

    /// <summary>The folder of caches; null: beside the first file of the data.</summary>
    public string? Folder { get; init; }
}
