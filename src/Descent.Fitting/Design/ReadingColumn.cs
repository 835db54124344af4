namespace Descent.Fitting.Design;

/// <summary>One column of a table as the training data was read.</summary>
sealed record ReadingColumn
{
    public required string Name { get; init; }

    /// <summary>number or text.</summary>
    public required string Kind { get; init; }

    /// <summary>Mean over the training rows that have a value: what `Missing = mean` fills in.</summary>
    public double? Mean { get; init; }

    /// <summary>
    /// What a missing value takes: mean, median or mode; level where it is a level of its own; null for nothing, which makes it an error.
    /// </summary>
    public string? Missing { get; init; }

    /// <summary>The number that is filled in.</summary>
    public double? Number { get; init; }

    /// <summary>The text that is filled in.</summary>
    public string? Text { get; init; }

    /// <summary>The same with what its missing values take.</summary>
    internal ReadingColumn With(ColumnFill? fill) => fill is null ? this : this with
    {
        Missing = fill.Word,
        Number = double.IsFinite(fill.Number) ? fill.Number : null,
        Text = fill.Level,
    };

    /// <summary>What cannot be; null where all can.</summary>
    internal string? Wrong()
    {
        if (Missing is not (null or "mean" or "median" or "mode" or "level")) return $"what its missing values take is '{Missing}'";
        if (Number is { } number && !double.IsFinite(number)) return "what is filled in is not finite";
        bool text = Kind == "text";
        bool none = Missing is null or "level";
        if (none ? Number is not null || Text is not null : text ? Number is not null || Missing != "mode" : Text is not null)
            return "what is filled in does not go with its kind";
        return Missing == "level" && !text ? "a level stands beside numbers" : null;
    }
}
