namespace Descent.Fitting.ModelFiles;

/// <summary>One feature in a model file.</summary>
sealed record ModelFeature
{
    public required string Name { get; init; }

    public string? Column { get; init; }

    public string? Level { get; init; }

    public int? Index { get; init; }
}
