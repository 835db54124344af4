using Descent.Data;
using Descent.Data.Files;

namespace Descent.Fitting.Design;

/// <summary>The features of a table as rows: dense, or sparse where levels make most of many cells zero.</summary>
static class TableRows
{
    // Below this many cells a dense table costs little.
    const long Few = 1 << 22;

    const int Block = 256;

    /// <summary>Rows of features that are columns and levels.</summary>
    public static (Slab<double>? Dense, CsrRows<double>? Sparse) Of(Table table, IReadOnlyList<FeatureSource> features,
        TextContract? text = null) => Of(table, PartsOf(table, features, text), features.Count);

    /// <summary>Rows of any parts.</summary>
    public static (Slab<double>? Dense, CsrRows<double>? Sparse) Of(Table table, IReadOnlyList<RowPart> parts, int features)
    {
        long cells = (long)table.RowCount * features, entries = parts.Sum(p => p.Total ?? (long)table.RowCount * p.MostEntries);
        return cells > Few && entries < (long)table.RowCount * (features / 4)
            ? (null, Sparse(table.RowCount, parts, entries, features))
            : (Dense(table.RowCount, parts, features), null);
    }

    /// <summary>The rows where there is room for them.</summary>
    public static Slab<double> InRoom(Table table, IReadOnlyList<FeatureSource> features) =>
        Dense(table.RowCount, PartsOf(table, features, null), features.Count);

    /// <summary>The rows as an array, for models that hold all of them.</summary>
    /// <exception cref="DataException">Memory has no room for them.</exception>
    public static double[] InMemory(Table table, IReadOnlyList<FeatureSource> features) =>
        InRoom(table, features).Array
        ?? throw new DataException($"{table.Source}: {Text.Plural(table.RowCount, "row")} of {Text.Plural(features.Count, "column")} take "
            + $"{Text.Bytes((double)table.RowCount * features.Count * sizeof(double))}, more than memory has room for, and this "
            + $"model holds all of them. Use fewer rows or columns (`Features`, `Exclude`), or allow more memory.");

    static List<RowPart> PartsOf(Table table, IReadOnlyList<FeatureSource> features, TextContract? contract)
    {
        List<RowPart> parts = [];
        Dictionary<string, (int[] Places, Dictionary<string, int> Codes)> texts = new(StringComparer.Ordinal);
        Dictionary<Column, Dictionary<int, (int Place, FeatureSource Feature)>> hashed = [];
        for (int j = 0; j < features.Count; j++)
        {
            FeatureSource f = features[j];
            Column c = table.Find(f.Column)
                ?? throw new DataException($"{table.Source}: has no column '{f.Column}', which the model needs. Its columns are "
                + $"{Text.Names(table.AllNames)}.");
            if (f.Hash is { } hash)
            {
                if (!c.IsText)
                    throw new DataException($"{table.Source}, column '{f.Column}': holds numbers, but the model was fitted on text.");
                if (!hashed.TryGetValue(c, out var places)) hashed.Add(c, places = []);
                places.Add(hash, (j, f));
                continue;
            }
            if (f.Level is null)
            {
                if (c.IsText)
                    throw new DataException($"{table.Source}, column '{f.Column}': holds text, but the model was fitted on numbers.");
                parts.Add(new NumberPart(c, j));
                continue;
            }
            if (!c.IsText)
                throw new DataException($"{table.Source}, column '{f.Column}': holds numbers, but the model was fitted on levels.");
            if (!texts.TryGetValue(f.Column, out var text))
            {
                text = (new int[c.Levels.Count], new(StringComparer.Ordinal));
                Array.Fill(text.Places, -1);
                for (int k = 0; k < c.Levels.Count; k++) text.Codes[c.Levels[k]] = k;
                texts[f.Column] = text;
                parts.Add(new LevelPart(c, text.Places));
            }
            if (text.Codes.TryGetValue(table.LevelName(f.Level), out int code)) text.Places[code] = j;
        }
        parts.AddRange(hashed.Select(h => new TextPart(h.Key, h.Value, contract!)));
        return parts;
    }

    static Slab<double> Dense(int rows, IReadOnlyList<RowPart> parts, int d)
    {
        Slab<double> x = Room.Take<double>((long)rows * d);
        // A block of rows at a time, so that a line of the table is fetched once and not once a column.
        for (int from = 0; from < rows; from += Block)
        {
            int to = Math.Min(from + Block, rows);
            Span<double> block = x.Span((long)from * d, (to - from) * d);
            block.Clear();
            foreach (RowPart p in parts) p.Fill(block, d, from, to);
        }
        return x;
    }

    static CsrRows<double> Sparse(int n, IReadOnlyList<RowPart> parts, long entries, int d)
    {
        long[] starts = new long[n + 1];
        int most = parts.Max(p => p.MostEntries);
        int[] places = new int[most];
        double[] numbers = new double[most];
        Slab<int> indices = Room.Take<int>(entries);
        Slab<double> values = Room.Take<double>(indices.Length);
        long at = 0;
        for (int i = 0; i < n; i++)
        {
            long begin = at;
            foreach (RowPart p in parts)
            {
                int count = p.Entries(i, places, numbers);
                for (int e = 0; e < count; e++)
                    if (numbers[e] != 0) (indices[at], values[at++]) = (places[e], numbers[e]);
            }
            indices.Span(begin, (int)(at - begin)).Sort(values.Span(begin, (int)(at - begin)));
            starts[i + 1] = at;
        }
        return new CsrRows<double>(starts, indices, values, d);
    }
}
