namespace Descent.Data;

/// <summary>Labelled sparse rows as a LIBSVM or Vowpal Wabbit file has them.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="Labels">Labels as written, one a row; NaN where there is none and none is needed.</param>
/// <param name="Rows">The rows.</param>
/// <param name="ZeroBased">Whether column numbers in the file start at 0.</param>
/// <param name="Bytes">Bytes read, after decompression.</param>
/// <param name="Skipped">Rows left out.</param>
/// <param name="FirstSkip">Why the first of them was left out.</param>
public sealed record SparseData<T>(double[] Labels, CsrRows<T> Rows, bool ZeroBased, long Bytes, int Skipped, string? FirstSkip)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// The column numbers of the text, from 0 and ascending, that the columns of the rows stand for; null where they are those numbers
    /// themselves.
    /// </summary>
    public int[]? Numbers { get; init; }

    /// <summary>Weights of the rows, ≥ 0; null where all are 1.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Columns of the text: one more than its largest column number.</summary>
    public int TextColumns { get; init; } = Rows.Columns;

    /// <summary>The rows under the column numbers of the text.</summary>
    public CsrRows<T> Widened()
    {
        if (Numbers is not { } numbers) return Rows;
        (Slab<long> starts, Slab<int> indices, Slab<T> values) = Rows.Parts;
        Slab<int> wide = Files.Room.Take<int>(indices.Length);
        for (long k = 0; k < Rows.Entries; k++) wide[k] = numbers[indices[k]];
        return new CsrRows<T>(starts, wide, values, TextColumns);
    }

    /// <summary>Rows without a label that is a number.</summary>
    public int Unlabelled { get; init; }

    /// <summary>The same rows without the columns that have no entry, which have no say.</summary>
    internal SparseData<T> Compacted()
    {
        int[] numbers = ColumnMap.Occurring(Rows);
        return numbers.Length == 0 || numbers.Length == Rows.Columns ? this
            : this with { Rows = ColumnMap.Select(Rows, numbers).Rows, Numbers = numbers, TextColumns = Rows.Columns };
    }
}
