using Descent.Data;
using Descent.Data.Files;

namespace Descent.Fitting.Design;

/// <summary>The features of a table as rows: dense, or sparse where levels make most of many cells zero.</summary>
static class TableRows
{
    // Below this many cells a dense table costs little.
    const long Few = 1 << 22;

    const int Block = 256;

    public static (Slab<double>? Dense, CsrRows<double>? Sparse) Of(Table table, IReadOnlyList<FeatureSource> features)
    {
        long cells = (long)table.RowCount * features.Count;
        List<(Column Column, int Place, int[]? Places)> columns = Places(table, features);
        bool sparse = cells > Few && columns.Count < features.Count / 4;
        return sparse ? (null, Sparse(table, columns, features.Count)) : (Dense(table, columns, features.Count), null);
    }

    /// <summary>The rows as an array, for models that hold all of them.</summary>
    /// <exception cref="DataException">Memory has no room for them.</exception>
    public static double[] InMemory(Table table, IReadOnlyList<FeatureSource> features) =>
        Dense(table, Places(table, features), features.Count).Array
        ?? throw new DataException($"{table.Source}: {Text.Plural(table.RowCount, "row")} of {Text.Plural(features.Count, "column")} take "
            + $"{Text.Bytes((double)table.RowCount * features.Count * sizeof(double))}, more than memory has room for, and this "
            + $"model holds all of them. Use fewer rows or columns (`Features`, `Exclude`), or allow more memory.");

    // Each column with its place among the features, or with the places of its levels (−1 for those without one).
    static List<(Column, int, int[]?)> Places(Table table, IReadOnlyList<FeatureSource> features)
    {
        List<(Column, int, int[]?)> columns = [];
        Dictionary<string, (int[] Places, Dictionary<string, int> Codes)> texts = new(StringComparer.Ordinal);
        for (int j = 0; j < features.Count; j++)
        {
            FeatureSource f = features[j];
            Column c = table.Find(f.Column)
                ?? throw new DataException($"{table.Source}: has no column '{f.Column}', which the model needs. Its columns are "
                + $"{Text.Names(table.AllNames)}.");
            if (f.Level is null)
            {
                if (c.IsText)
                    throw new DataException($"{table.Source}, column '{f.Column}': holds text, but the model was fitted on numbers.");
                columns.Add((c, j, null));
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
                columns.Add((c, -1, text.Places));
            }
            if (text.Codes.TryGetValue(table.LevelName(f.Level), out int code)) text.Places[code] = j;
        }
        return columns;
    }

    static Slab<double> Dense(Table table, List<(Column Column, int Place, int[]? Places)> columns, int d)
    {
        Slab<double> x = Room.Take<double>((long)table.RowCount * d);
        // A block of rows at a time, so that a line of the table is fetched once and not once a column.
        for (int from = 0; from < table.RowCount; from += Block) Fill(x, columns, d, from, Math.Min(from + Block, table.RowCount));
        return x;
    }

    static void Fill(Slab<double> all, List<(Column Column, int Place, int[]? Places)> columns, int d, int from, int to)
    {
        Span<double> x = all.Span((long)from * d, (to - from) * d);
        x.Clear();
        foreach ((Column c, int place, int[]? places) in columns)
        {
            if (places is null)
            {
                ReadOnlySpan<double> v = c.Numbers[from..to];
                for (int i = 0, at = place; i < v.Length; i++, at += d) x[at] = v[i];
                continue;
            }
            ReadOnlySpan<int> codes = c.Codes[from..to];
            for (int i = 0; i < codes.Length; i++)
                if (places[codes[i]] >= 0) x[(i * d) + places[codes[i]]] = 1;
        }
    }

    static CsrRows<double> Sparse(Table table, List<(Column Column, int Place, int[]? Places)> columns, int d)
    {
        int n = table.RowCount;
        long[] starts = new long[n + 1];
        Slab<int> indices = Room.Take<int>((long)n * columns.Count);
        Slab<double> values = Room.Take<double>(indices.Length);
        long at = 0;
        for (int i = 0; i < n; i++)
        {
            long begin = at;
            foreach ((Column c, int place, int[]? places) in columns)
            {
                double v = places is null ? c.Numbers[i] : 1;
                int j = places is null ? place : places[c.Codes[i]];
                if (j < 0 || v == 0) continue;
                (indices[at], values[at]) = (j, v);
                at++;
            }
            indices.Span(begin, (int)(at - begin)).Sort(values.Span(begin, (int)(at - begin)));
            starts[i + 1] = at;
        }
        return new CsrRows<double>(starts, indices, values, d);
    }
}
