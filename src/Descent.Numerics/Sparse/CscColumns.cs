using System.Numerics;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>A data matrix X (n × d) by columns, in double precision: what methods that move one coordinate at a time read.
/// Sparse rows give sparse columns.</summary>
/// <remarks>
/// Memory: 12 bytes an entry for sparse rows, 8 for dense ones; made in two passes over the rows. Sums over a column have a fixed order:
/// four partial sums for sparse columns, that of <see cref="Vectors.Dot{T}"/> for dense ones,
/// so that no bit depends on the width of the processor's vectors. Read only, so any number of threads may read it.
/// </remarks>
public sealed class CscColumns
{
    readonly long[] starts;
    readonly int[] rows;
    readonly double[] values;

    CscColumns(int count, int columns, long[] starts, int[] rows, double[] values)
    {
        (Count, Columns) = (count, columns);
        (this.starts, this.rows, this.values) = (starts, rows, values);
    }

    /// <summary>Number of rows n: the length of a column.</summary>
    public int Count { get; }

    /// <summary>Number of columns d.</summary>
    public int Columns { get; }

    /// <summary>Stored entries.</summary>
    public long Entries => starts[^1];

    /// <summary>Whether only the stored entries of sparse rows are kept.</summary>
    public bool IsSparse => rows.Length > 0 || Entries == 0;

    /// <summary>Turns rows into columns. Cost: two passes over the entries.</summary>
    /// <typeparam name="T">Element type of the rows.</typeparam>
    /// <typeparam name="TRows">Kind of rows.</typeparam>
    /// <param name="source">The rows.</param>
    public static CscColumns Of<T, TRows>(in TRows source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, IRows<T>
    {
        int n = source.Count, d = source.Columns;
        long[] starts = new long[d + 1];
        double[] values = new double[source.Entries];
        if (!source.IsSparse)
        {
            for (int j = 0; j <= d; j++) starts[j] = (long)j * n;
            // Eight columns at a time: their lines stay near while the rows go by.
            for (int first = 0; first < d; first += 8)
            {
                int end = Math.Min(first + 8, d);
                for (int i = 0; i < n; i++)
                {
                    ReadOnlySpan<T> x = source.ValuesOf(i);
                    for (int j = first; j < end; j++) values[((long)j * n) + i] = double.CreateTruncating(x[j]);
                }
            }
            return new CscColumns(n, d, starts, [], values);
        }
        for (int i = 0; i < n; i++)
            foreach (int j in source.IndicesOf(i)) starts[j + 1]++;
        for (int j = 0; j < d; j++) starts[j + 1] += starts[j];
        long[] next = starts[..d];
        int[] rows = new int[source.Entries];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<int> at = source.IndicesOf(i);
            ReadOnlySpan<T> x = source.ValuesOf(i);
            for (int k = 0; k < at.Length; k++)
            {
                long place = next[at[k]]++;
                (rows[place], values[place]) = (i, double.CreateTruncating(x[k]));
            }
        }
        return new CscColumns(n, d, starts, rows, values);
    }

    /// <summary>Stored entries of column j.</summary>
    public int EntriesOf(int column) => (int)(starts[column + 1] - starts[column]);

    /// <summary><c>Σᵢ xᵢⱼ vᵢ</c>; v has length n.</summary>
    public double Dot(int column, ReadOnlySpan<double> v)
    {
        ReadOnlySpan<double> x = ValuesOf(column);
        if (!IsSparse) return Vectors.Dot(x, v[..Count]);
        ReadOnlySpan<int> at = RowsOf(column);
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int k = 0;
        for (; k + 4 <= at.Length; k += 4)
        {
            s0 += x[k] * v[at[k]];
            s1 += x[k + 1] * v[at[k + 1]];
            s2 += x[k + 2] * v[at[k + 2]];
            s3 += x[k + 3] * v[at[k + 3]];
        }
        for (; k < at.Length; k++) s0 += x[k] * v[at[k]];
        return (s0 + s1) + (s2 + s3);
    }

    /// <summary><c>v ← v + a xⱼ</c>; v has length n.</summary>
    public void AddScaled(int column, double a, Span<double> v)
    {
        ReadOnlySpan<double> x = ValuesOf(column);
        if (!IsSparse)
        {
            Vectors.AddScaled(a, x, v[..Count]);
            return;
        }
        ReadOnlySpan<int> at = RowsOf(column);
        for (int k = 0; k < at.Length; k++) v[at[k]] += a * x[k];
    }

    /// <summary><c>vᵢ ← vᵢ + a hᵢ xᵢⱼ</c>; h and v have length n.</summary>
    public void AddScaled(int column, double a, ReadOnlySpan<double> h, Span<double> v)
    {
        ReadOnlySpan<double> x = ValuesOf(column);
        int k = 0;
        if (!IsSparse)
        {
            for (; k + 4 <= x.Length; k += 4)
                (Vector256.Create<double>(v.Slice(k, 4)) + (Vector256.Create(x.Slice(k, 4)) * Vector256.Create(h.Slice(k, 4)) * a))
                    .CopyTo(v.Slice(k, 4));
            for (; k < x.Length; k++) v[k] += x[k] * h[k] * a;
            return;
        }
        ReadOnlySpan<int> at = RowsOf(column);
        for (; k < at.Length; k++) v[at[k]] += x[k] * h[at[k]] * a;
    }

    /// <summary><c>Σᵢ hᵢ xᵢⱼ²</c>; h has length n.</summary>
    public double WeightedSquares(int column, ReadOnlySpan<double> h)
    {
        ReadOnlySpan<double> x = ValuesOf(column);
        ReadOnlySpan<int> at = IsSparse ? RowsOf(column) : default;
        double s0 = 0, s1 = 0;
        int k = 0;
        for (; k + 2 <= x.Length; k += 2)
        {
            s0 += x[k] * x[k] * h[IsSparse ? at[k] : k];
            s1 += x[k + 1] * x[k + 1] * h[IsSparse ? at[k + 1] : k + 1];
        }
        if (k < x.Length) s0 += x[k] * x[k] * h[IsSparse ? at[k] : k];
        return s0 + s1;
    }

    /// <summary>Stored values of column j.</summary>
    public ReadOnlySpan<double> ValuesOf(int column) => values.AsSpan((int)starts[column], EntriesOf(column));

    /// <summary>Row numbers of the stored entries of column j, rising; empty for dense columns.</summary>
    public ReadOnlySpan<int> RowsOf(int column) => rows.Length == 0 ? default : rows.AsSpan((int)starts[column], EntriesOf(column));
}
