namespace Descent.Data;

/// <summary>
/// The columns of sparse rows that occur, under new numbers without gaps: what a fit costs then follows what the rows hold, not the largest
/// column number.
/// </summary>
/// <remarks>
/// Time and memory: O(entries + columns/64), or O(entries log entries) where there are far more columns than entries. Deterministic.
/// </remarks>
public static class ColumnMap
{
    /// <summary>The numbers, ascending, of the columns that have an entry.</summary>
    public static int[] Occurring<T>(CsrRows<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows.Columns / 64 > rows.Entries) return Sorted(rows);
        ulong[] seen = new ulong[(rows.Columns / 64) + 1];
        for (int i = 0; i < rows.Count; i++)
            foreach (int j in rows.IndicesOf(i)) seen[j >> 6] |= 1UL << (j & 63);
        int count = 0;
        foreach (ulong word in seen) count += BitOperations.PopCount(word);
        int[] numbers = new int[count];
        int k = 0;
        for (int w = 0; w < seen.Length; w++)
            for (ulong word = seen[w]; word != 0; word &= word - 1) numbers[k++] = (w << 6) + BitOperations.TrailingZeroCount(word);
        return numbers;
    }

    /// <summary>The rows with only the columns named, in their order; how many entries have no place there.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="numbers">Column numbers, ascending.</param>
    public static (CsrRows<T> Rows, long Dropped) Select<T>(CsrRows<T> rows, ReadOnlySpan<int> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long entries = rows.Entries;
        Slab<int> indices = Files.Room.Take<int>(entries);
        Slab<T> values = Files.Room.Take<T>(entries);
        long[] starts = new long[rows.Count + 1];
        int[]? places = rows.Columns <= 16 * (entries + 1024) ? Places(numbers, rows.Columns) : null;
        long kept = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<int> from = rows.IndicesOf(i);
            ReadOnlySpan<T> v = rows.ValuesOf(i);
            for (int k = 0; k < from.Length; k++)
            {
                int place = places is null ? numbers.BinarySearch(from[k]) : places[from[k]];
                if (place < 0) continue;
                indices[kept] = place;
                values[kept++] = v[k];
            }
            starts[i + 1] = kept;
        }
        return (new CsrRows<T>(starts, indices, values, numbers.Length), entries - kept);
    }

    static int[] Places(ReadOnlySpan<int> numbers, int columns)
    {
        int[] places = new int[columns];
        Array.Fill(places, -1);
        for (int k = 0; k < numbers.Length; k++)
            if (numbers[k] < columns) places[numbers[k]] = k;
        return places;
    }

    static int[] Sorted<T>(CsrRows<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] all = new int[rows.Entries];
        int at = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            rows.IndicesOf(i).CopyTo(all.AsSpan(at));
            at += rows.IndicesOf(i).Length;
        }
        Array.Sort(all);
        int count = 0;
        for (int k = 0; k < all.Length; k++)
            if (k == 0 || all[k] != all[k - 1]) all[count++] = all[k];
        return all[..count];
    }
}
