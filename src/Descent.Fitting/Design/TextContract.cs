namespace Descent.Fitting.Design;

/// <summary>How columns of text became hashed columns, for the model.</summary>
sealed record TextContract
{
    /// <summary>The columns of text.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Words of the longest run that is a feature, 1 to 3.</summary>
    public required int NGrams { get; init; }

    /// <summary>Words are hashed to 2 to this power columns, 1 to 30.</summary>
    public required int HashBits { get; init; }

    /// <summary>Whether counts are multiplied by the idf of their feature and a row is scaled to length 1.</summary>
    public bool TfIdf { get; init; }

    /// <summary>What of it no fit can have written; null for nothing.</summary>
    public string? Wrong()
    {
        if (Columns.Count == 0 || Columns.Contains(null!)) return "the text names no column";
        if (Columns.Distinct(StringComparer.Ordinal).Count() < Columns.Count) return "the text names a column twice";
        if (NGrams is < 1 or > 3) return $"nGrams of the text is {NGrams}; expected 1 to 3";
        return HashBits is < 1 or > 30 ? $"hashBits of the text is {HashBits}; expected 1 to 30" : null;
    }
}
