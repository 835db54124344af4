using Descent.Fitting.Design;

namespace Descent.Fitting.Online;

/// <summary>
/// The columns that rows of a stream are given: those with names first, then 2^bits for each column that is hashed; or numbered columns
/// alone. Their number is fixed from the start, and with it the memory.
/// </summary>
sealed record OnlineColumns
{
    const int Most = 1 << 30;

    /// <summary>Columns of numbers, by name.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>How columns are hashed; null where none are.</summary>
    public TextContract? Text { get; init; }

    /// <summary>Numbered columns, of LIBSVM and VW; 0 for a table.</summary>
    public int Numbered { get; init; }

    /// <summary>How the rows are read.</summary>
    public ReadingContract? Reading { get; init; }

    /// <summary>All columns.</summary>
    /// <exception cref="FitException">They are more than there can be.</exception>
    public int Count
    {
        get
        {
            long all = Numbered + Names.Count + ((Text?.All.Count() ?? 0L) << (Text?.HashBits ?? 0));
            return all <= Most ? (int)all : throw new FitException($"{Text!.All.Count()} columns hashed to 2^{Text.HashBits} each are more "
                + $"than {Most}. Say fewer `HashBits`, or hash fewer columns.");
        }
    }

    /// <summary>Where the hashed columns of a column of text begin.</summary>
    public int StartOf(string column) => Names.Count + (Text!.All.ToList().IndexOf(column) << Text.HashBits);

    /// <summary>Which columns a model keeps: all that have names, and of the others those with a weight.</summary>
    public List<int> Kept(ReadOnlySpan<double> w)
    {
        List<int> kept = [.. Enumerable.Range(0, Names.Count)];
        for (int j = Names.Count; j < Count; j++)
            if (w[j] != 0) kept.Add(j);
        if (Numbered > 0 && kept.Count == 0) kept.Add(0);
        // A column that has taught nothing yet is part of the model all the same.
        foreach (string column in Text?.All ?? [])
        {
            int start = StartOf(column), at = kept.BinarySearch(start);
            at = at < 0 ? ~at : at;
            if (at == kept.Count || kept[at] >= start + (1 << Text!.HashBits)) kept.Insert(at, start);
        }
        return kept;
    }

    /// <summary>The feature that a column is.</summary>
    public FeatureSource Of(int place)
    {
        if (Numbered > 0) return new FeatureSource("", null, place);
        if (place < Names.Count) return new FeatureSource(Names[place]);
        int hashed = place - Names.Count;
        return new FeatureSource(Text!.All.ElementAt(hashed >> Text.HashBits)) { Hash = hashed & ((1 << Text.HashBits) - 1) };
    }
}
