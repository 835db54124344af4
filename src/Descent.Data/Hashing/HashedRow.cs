namespace Descent.Data.Hashing;

/// <summary>One row of hashed features while it is put together: names that meet in one column add up.</summary>
/// <param name="bits">Columns are 2^bits.</param>
sealed class HashedRow(int bits)
{
    readonly uint mask = (uint)((1L << bits) - 1);
    int[] columns = new int[64];
    double[] values = new double[64];
    int count;

    /// <summary>Columns in ascending order, once the row is closed.</summary>
    public ReadOnlySpan<int> Columns => columns.AsSpan(0, count);

    public ReadOnlySpan<double> Values => values.AsSpan(0, count);

    public void Clear() => count = 0;

    public void Add(uint hash, double value)
    {
        if (count == columns.Length)
        {
            Array.Resize(ref columns, count * 2);
            Array.Resize(ref values, count * 2);
        }
        (columns[count], values[count++]) = ((int)(hash & mask), value);
    }

    /// <summary>Sorts the columns and adds up what meets in one, in the order in which it was added.</summary>
    public void Close()
    {
        // By column, then by place: a sort of keys alone is not stable.
        long[] keys = new long[count];
        for (int k = 0; k < count; k++) keys[k] = ((long)columns[k] << 32) | (uint)k;
        Array.Sort(keys);
        double[] sorted = new double[count];
        int kept = 0;
        for (int k = 0; k < keys.Length; k++)
        {
            (int column, double value) = ((int)(keys[k] >> 32), values[(int)keys[k]]);
            if (kept > 0 && columns[kept - 1] == column) sorted[kept - 1] += value;
            else (columns[kept], sorted[kept++]) = (column, value);
        }
        sorted.AsSpan(0, kept).CopyTo(values);
        count = kept;
    }

    /// <summary>Divides by the Euclidean norm, unless that is 0.</summary>
    public void Normalise()
    {
        double sum = 0;
        foreach (double x in Values) sum += x * x;
        if (!(sum > 0)) return;
        double norm = Math.Sqrt(sum);
        for (int k = 0; k < count; k++) values[k] /= norm;
    }
}
