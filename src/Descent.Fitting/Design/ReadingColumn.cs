namespace Descent.Fitting.Design;

/// <summary>One column of a table as the training data was read.</summary>
sealed record ReadingColumn
{
    public required string Name { get; init; }

    /// <summary>number or text.</summary>
    public required string Kind { get; init; }

    /// <summary>Mean over the training rows that have a value: what `Missing = mean` fills in.</summary>
    public double? Mean { get; init; }
}
