using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>The features of a table as rows: dense, or sparse where levels make most of many cells zero.</summary>
static class TableRows
{
    // Below this many cells a dense table costs little.
    const long Few = 1 << 22;

    const int Block = 256;

    public static (double[]? Dense, CsrRows<double>? Sparse) Of(Table table, IReadOnlyList<FeatureSource> features)
    {
        long cells = (long)table.RowCount * features.Count;
        List<(Column Column, int Place, int[]? Places)> columns = Places(table, features);
        bool sparse = cells > Few && columns.Count < features.Count / 4;
        long bytes = sparse ? (long)table.RowCount * columns.Count * 12
            : cells * sizeof(double), most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        if (bytes > most || (!sparse && cells > Array.MaxLength))
            throw new DataException($"{table.Source}: {Text.Plural(table.RowCount, "row")} of {Text.Plural(features.Count, "feature")} "
                + $"take {Text.Bytes(bytes)}, more than fits here ({Text.Bytes(most)}). Use fewer columns (`Features`, `Exclude`), "
                + $"fewer levels, or LIBSVM text.");
        // Twice: a fit works on a scaled copy.
        Descent.Data.Files.MemoryLimit.Require(
            (Int128)bytes * 2, $"{table.Source}: a table of {Text.Plural(table.RowCount, "row")} and "
            + $"{Text.Plural(features.Count, "feature")}");
        return sparse ? (null, Sparse(table, columns, features.Count)) : (Dense(table, columns, features.Count), null);
    }

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

    static double[] Dense(Table table, List<(Column Column, int Place, int[]? Places)> columns, int d)
    {
        double[] x = LargePages.Allocate<double>((long)table.RowCount * d);
        // A block of rows at a time, so that a line of the table is fetched once and not once a column.
        for (int from = 0; from < table.RowCount; from += Block) Fill(x, columns, d, from, Math.Min(from + Block, table.RowCount));
        return x;
    }

    static void Fill(double[] x, List<(Column Column, int Place, int[]? Places)> columns, int d, int from, int to)
    {
        x.AsSpan(from * d, (to - from) * d).Clear();
        foreach ((Column c, int place, int[]? places) in columns)
        {
            if (places is null)
            {
                ReadOnlySpan<double> v = c.Numbers[from..to];
                for (int i = 0, at = (from * d) + place; i < v.Length; i++, at += d) x[at] = v[i];
                continue;
            }
            ReadOnlySpan<int> codes = c.Codes[from..to];
            for (int i = 0; i < codes.Length; i++)
                if (places[codes[i]] >= 0) x[((from + i) * d) + places[codes[i]]] = 1;
        }
    }

    static CsrRows<double> Sparse(Table table, List<(Column Column, int Place, int[]? Places)> columns, int d)
    {
        int n = table.RowCount;
        long[] starts = new long[n + 1];
        int[] indices = new int[(long)n * columns.Count];
        double[] values = new double[indices.Length];
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
            Array.Sort(indices, values, (int)begin, (int)(at - begin));
            starts[i + 1] = at;
        }
        return new CsrRows<double>(starts, indices, values, d);
    }
}
