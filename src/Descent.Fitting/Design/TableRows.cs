using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>The features of a table as rows: dense, or sparse where levels make most of many cells zero.</summary>
static class TableRows
{
    // Below this many cells a dense table costs little.
    const long Few = 1 << 22;

    const int Block = 256;

    /// <summary>Rows of features that are columns and levels.</summary>
    public static (double[]? Dense, CsrRows<double>? Sparse) Of(Table table, IReadOnlyList<FeatureSource> features) =>
        Of(table, PartsOf(table, features), features.Count);

    /// <summary>Rows of any parts.</summary>
    public static (double[]? Dense, CsrRows<double>? Sparse) Of(Table table, IReadOnlyList<RowPart> parts, int features)
    {
        long cells = (long)table.RowCount * features, entries = parts.Sum(p => (long)p.MostEntries);
        bool sparse = cells > Few && entries < features / 4;
        long bytes = sparse ? table.RowCount * entries * 12
            : cells * sizeof(double), most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        if (bytes > most || (!sparse && cells > Array.MaxLength) || table.RowCount * entries > Array.MaxLength)
            throw new DataException($"{table.Source}: {Text.Plural(table.RowCount, "row")} of {Text.Plural(features, "feature")} "
                + $"take {Text.Bytes(bytes)}, more than fits here ({Text.Bytes(most)}). Use fewer columns (`Features`, `Exclude`), "
                + $"fewer levels, or LIBSVM text.");
        // Twice: a fit works on a scaled copy.
        Descent.Data.Files.MemoryLimit.Require(
            (Int128)bytes * 2, $"{table.Source}: a table of {Text.Plural(table.RowCount, "row")} and "
            + $"{Text.Plural(features, "feature")}");
        return sparse ? (null, Sparse(table.RowCount, parts, (int)entries, features)) : (Dense(table.RowCount, parts, features), null);
    }

    static List<RowPart> PartsOf(Table table, IReadOnlyList<FeatureSource> features)
    {
        List<RowPart> parts = [];
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
        return parts;
    }

    static double[] Dense(int rows, IReadOnlyList<RowPart> parts, int d)
    {
        double[] x = LargePages.Allocate<double>((long)rows * d);
        // A block of rows at a time, so that a line of the table is fetched once and not once a column.
        for (int from = 0; from < rows; from += Block)
        {
            int to = Math.Min(from + Block, rows);
            x.AsSpan(from * d, (to - from) * d).Clear();
            foreach (RowPart p in parts) p.Fill(x, d, from, to);
        }
        return x;
    }

    static CsrRows<double> Sparse(int n, IReadOnlyList<RowPart> parts, int entries, int d)
    {
        long[] starts = new long[n + 1];
        int[] indices = new int[(long)n * entries], places = new int[entries];
        double[] values = new double[indices.Length], numbers = new double[entries];
        int at = 0;
        for (int i = 0; i < n; i++)
        {
            int begin = at;
            foreach (RowPart p in parts)
            {
                int count = p.Entries(i, places, numbers);
                for (int e = 0; e < count; e++)
                    if (numbers[e] != 0) (indices[at], values[at++]) = (places[e], numbers[e]);
            }
            Array.Sort(indices, values, begin, at - begin);
            starts[i + 1] = at;
        }
        return new CsrRows<double>(starts, indices, values, d);
    }
}
