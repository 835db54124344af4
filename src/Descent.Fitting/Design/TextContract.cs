using Descent.Data;
using Descent.Data.Hashing;

namespace Descent.Fitting.Design;

/// <summary>How columns of text became hashed columns, for the model.</summary>
sealed record TextContract
{
    /// <summary>The columns of text whose words are hashed.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The columns whose levels are hashed whole; null for none.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>Words of the longest run that is a feature, 1 to 3.</summary>
    public required int NGrams { get; init; }

    /// <summary>Words and levels are hashed to 2 to this power columns, 1 to 30.</summary>
    public required int HashBits { get; init; }

    /// <summary>Whether counts are multiplied by the idf of their feature and a row is scaled to length 1.</summary>
    public bool TfIdf { get; init; }

    /// <summary>All columns that are hashed.</summary>
    internal IEnumerable<string> All => Columns.Concat(Levels ?? []);

    /// <summary>Whether features of a column are weighed: words are, levels never.</summary>
    internal bool Weighs(string column) => TfIdf && Columns.Contains(column);

    /// <summary>What makes hashed columns of the texts of a column; a missing text has no words.</summary>
    internal Func<string, HashedRow> HashOf(string column)
    {
        if (Levels?.Contains(column) == true) return new LevelHash(column, HashBits).Of;
        TextHash words = new(column, NGrams, HashBits);
        return text => words.Of(text == Column.MissingLevel ? "" : text);
    }

    /// <summary>What of it no fit can have written; null for nothing.</summary>
    public string? Wrong()
    {
        if (!All.Any() || All.Contains(null!)) return "the text names no column";
        if (All.Distinct(StringComparer.Ordinal).Count() < All.Count()) return "the text names a column twice";
        if (NGrams is < 1 or > 3) return $"nGrams of the text is {NGrams}; expected 1 to 3";
        return HashBits is < 1 or > 30 ? $"hashBits of the text is {HashBits}; expected 1 to 30" : null;
    }
}
