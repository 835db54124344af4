namespace Descent.Fitting.ModelFiles;

/// <summary>What has to hold of the hashed columns of a model.</summary>
static class ModelTextChecks
{
    /// <summary>What does not hold; null when all does.</summary>
    public static string? Wrong(ModelFile m)
    {
        if (m.Text is not { } text)
            return m.Features.FirstOrDefault(f => f.Hash is not null || f.Idf is not null) is { } stray
                ? $"feature '{stray.Name}' is of a text, and nothing says how it was hashed" : null;
        if (m.Version < ModelFile.Texts) return $"a file of version {m.Version} has no \"text\"";
        if (m.Formula is not null) return "a text stands beside a formula";
        if (text.Wrong() is { } wrong) return wrong;
        HashSet<string> columns = new(text.All, StringComparer.Ordinal);
        for (int j = 0; j < m.Features.Count; j++)
            if (Wrong(m.Features[j], text, columns) is { } fault) return $"feature {j + 1} ('{m.Features[j].Name}') {fault}";
        columns.ExceptWith(m.Features.Select(f => f.Column!));
        return columns.Count > 0 ? $"the text names the column '{columns.First()}', which no feature is of" : null;
    }

    static string? Wrong(ModelFeature f, TextContract text, HashSet<string> columns)
    {
        bool isText = f.Column is { } column && columns.Contains(column);
        if (f.Hash is not { } hash)
            return isText ? "is of a text and has no \"hash\"" : f.Idf is null ? null : "is of no text and has an idf";
        if (!isText) return "has a \"hash\", but the text does not name its column";
        if (f.Level is not null) return "has a level and a \"hash\"";
        if (hash < 0 || hash >= 1L << text.HashBits) return $"has the hash {hash}; expected 0 to {(1L << text.HashBits) - 1}";
        if (text.Weighs(f.Column!) != f.Idf is not null) return text.Weighs(f.Column!) ? "has no idf" : "has an idf, but the text counts";
        return f.Idf is null || (f.Idf >= 1 && double.IsFinite(f.Idf.Value)) ? null : "has an idf below 1";
    }
}
