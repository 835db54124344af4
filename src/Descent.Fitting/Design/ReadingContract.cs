using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>How the training data was read: what was inferred or said then holds for everything that the model is applied to.</summary>
sealed record ReadingContract
{
    /// <summary>csv, jsonl, libsvm, vw, idx or npy.</summary>
    public required string Format { get; init; }

    /// <summary>Separator of a table.</summary>
    public string? Separator { get; init; }

    /// <summary>Whether the first record of a table holds names.</summary>
    public bool? Header { get; init; }

    /// <summary>Lines before a table that were passed over; null for none.</summary>
    public int? SkipLines { get; init; }

    /// <summary>Decimal sign of a table, '.' or ','.</summary>
    public string? DecimalSign { get; init; }

    /// <summary>utf-8, utf-16 or latin1.</summary>
    public string? Encoding { get; init; }

    /// <summary>Words that meant a missing value besides the usual ones.</summary>
    public IReadOnlyList<string>? MissingWords { get; init; }

    /// <summary>Whether LIBSVM columns were numbered from 0.</summary>
    public bool? ZeroBased { get; init; }

    /// <summary>Names were hashed to 2 to this power columns; null where none were.</summary>
    public int? HashBits { get; init; }

    /// <summary>Number of columns of a table without names: they are known by their positions only.</summary>
    public int? Width { get; init; }

    /// <summary>The columns of a table that the model uses.</summary>
    public IReadOnlyList<ReadingColumn>? Columns { get; init; }

    /// <summary>Columns that are made of others; null for none.</summary>
    public IReadOnlyList<DerivedColumn>? Derived { get; init; }

    /// <summary>Refuses what no fit can have written.</summary>
    /// <exception cref="DataException">A field is out of range.</exception>
    public void Validate(string path)
    {
        if (Format is not ("csv" or "jsonl" or "libsvm" or "idx" or "vw" or "npy"))
            throw Damaged(path, "format", Format, "csv, jsonl, libsvm, vw, idx or npy");
        if (Separator is { Length: not 1 }) throw Damaged(path, "separator", Separator, "one character");
        if (DecimalSign is not (null or "." or ",")) throw Damaged(path, "decimalSign", DecimalSign, "'.' or ','");
        if (Encoding is not (null or "utf-8" or "utf-16" or "latin1" or "binary"))
            throw Damaged(path, "encoding", Encoding, "utf-8, utf-16 or latin1");
        if (SkipLines is < 1) throw Damaged(path, "skipLines", $"{SkipLines}", "at least 1, or none");
        if (HashBits is < 1 or > 30 || (HashBits is null && Format == "vw")) throw Damaged(path, "hashBits", $"{HashBits}", "1 to 30");
        if (Width is < 1) throw Damaged(path, "width", $"{Width}", "at least 1");
        if (MissingWords?.Any(w => w is null) == true) throw Damaged(path, "missingWords", "null", "words");
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (ReadingColumn? c in Columns ?? [])
        {
            if (c?.Name is null || !names.Add(c.Name)) throw Damaged(path, "columns", c?.Name ?? "null", "distinct names");
            if (c.Kind is not ("number" or "text")) throw Damaged(path, $"kind of column '{c.Name}'", c.Kind, "number or text");
            if (c.Mean is { } mean && !double.IsFinite(mean)) throw Damaged(path, $"mean of column '{c.Name}'", "not finite", "a number");
            if (c.Wrong() is { } wrong) throw Damaged(path, $"column '{c.Name}'", wrong, "what a fit writes");
        }
        foreach (DerivedColumn? d in Derived ?? [])
        {
            if (d?.Name is null || d.Of is null || !names.Contains(d.Name))
                throw Damaged(path, "derived", d?.Name ?? "null", "used columns");
            if (d.Part != DerivedColumn.Missing && !DateSpec.Known.Contains(d.Part))
                throw Damaged(path, $"part of column '{d.Name}'", d.Part, $"missing, {string.Join(", ", DateSpec.Known)}");
            if (d.IsOfDate() && !d.OfText) throw Damaged(path, $"source of column '{d.Name}'", "numbers", "text");
            if (d.Format is { } format && !DateSpec.IsFormat(format)) throw Damaged(path, $"format of '{d.Of}'", format, "a date's");
        }
    }

    static DataException Damaged(string path, string field, string? found, string expected) =>
        new($"{path}: the model's reading contract is damaged: {field} is '{found}', expected {expected}. Fit the model again.");
}
