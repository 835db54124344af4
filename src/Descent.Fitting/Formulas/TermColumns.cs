namespace Descent.Fitting.Formulas;

/// <summary>The columns of one term: products of what its variables give, the first variable varying fastest.</summary>
sealed class TermColumns
{
    readonly Coded[] parts;
    readonly int[] strides;

    public TermColumns(IReadOnlyList<Coded> parts)
    {
        this.parts = [.. parts];
        strides = new int[parts.Count];
        long width = 1;
        MostEntries = 1;
        for (int p = 0; p < parts.Count; p++)
        {
            strides[p] = (int)width;
            width *= parts[p].Width;
            if (!parts[p].IsSparse) MostEntries *= parts[p].Width;
        }
        Width = (int)width;
    }

    /// <summary>How many columns there are.</summary>
    public int Width { get; }

    /// <summary>How many entries of a row may differ from 0.</summary>
    public int MostEntries { get; }

    /// <summary>The entries of a row; those of levels alone are rising.</summary>
    /// <param name="row">The row.</param>
    /// <param name="places">Columns, from 0 within the term; room for <see cref="MostEntries"/>.</param>
    /// <param name="values">Their values.</param>
    /// <returns>How many there are.</returns>
    public int Entries(int row, Span<int> places, Span<double> values)
    {
        (places[0], values[0]) = (0, 1);
        int count = 1;
        for (int p = 0; p < parts.Length; p++)
        {
            Coded part = parts[p];
            if (part.Places is { } at)
            {
                int place = at[part.Codes![row]];
                if (place < 0) return 0;
                for (int e = 0; e < count; e++) places[e] += place * strides[p];
                continue;
            }
            ReadOnlySpan<double> numbers = part.Codes is { } codes
                ? part.Contrasts.AsSpan(codes[row] * part.Width, part.Width) : part.Values.AsSpan(row * part.Width, part.Width);
            // Later columns first, so that the entries so far stay until they are used.
            for (int k = part.Width - 1; k >= 0; k--)
            {
                for (int e = 0; e < count; e++)
                {
                    places[(k * count) + e] = places[e] + (k * strides[p]);
                    values[(k * count) + e] = values[e] * numbers[k];
                }
            }
            count *= part.Width;
        }
        return count;
    }
}
