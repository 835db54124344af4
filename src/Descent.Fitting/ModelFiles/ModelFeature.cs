namespace Descent.Fitting.ModelFiles;

/// <summary>One feature in a model file.</summary>
sealed record ModelFeature
{
    public required string Name { get; init; }

    public string? Column { get; init; }

    public string? Level { get; init; }

    /// <summary>The number of a hashed column of text.</summary>
    public int? Hash { get; init; }

    /// <summary>What its counts are multiplied by; null for counts as they are.</summary>
    public double? Idf { get; init; }

    public int? Index { get; init; }
}
