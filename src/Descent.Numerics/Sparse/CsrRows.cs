using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Numerics;

/// <summary>A sparse data matrix in compressed rows: column numbers and values of the stored entries, row after row.</summary>
/// <remarks>Memory: entries·(4 + element size) + 8(n+1) bytes. Sums over a row use four partial sums, entry k going to k mod 4.</remarks>
/// <typeparam name="T">Element type.</typeparam>
public readonly struct CsrRows<T> : IRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Slab<long> starts;
    readonly Slab<int> indices;
    readonly Slab<T> values;

    /// <summary>Wraps the three arrays; they are checked, not copied. Arrays may be longer than the entries in use.</summary>
    /// <param name="starts">n + 1 positions; row i owns entries starts[i] … starts[i+1] − 1.</param>
    /// <param name="indices">Column numbers from 0.</param>
    /// <param name="values">Values.</param>
    /// <param name="columns">Number of columns d.</param>
    /// <exception cref="ArgumentException">Positions decrease or a column number is out of range.</exception>
    public CsrRows(long[] starts, int[] indices, T[] values, int columns)
        : this(new Slab<long>(starts), new Slab<int>(indices), new Slab<T>(values), columns)
    {
    }

    /// <summary>Wraps rows that lie in arrays or in mapped memory; they are checked, not copied.</summary>
    /// <param name="starts">n + 1 positions; row i owns entries starts[i] … starts[i+1] − 1.</param>
    /// <param name="indices">Column numbers from 0.</param>
    /// <param name="values">Values.</param>
    /// <param name="columns">Number of columns d.</param>
    /// <exception cref="ArgumentException">Positions decrease or a column number is out of range.</exception>
    public CsrRows(Slab<long> starts, Slab<int> indices, Slab<T> values, int columns)
    {
        if (starts.Length == 0 || starts[0] != 0) throw new ArgumentException("Row positions need to begin with 0.");
        long end = starts[starts.Length - 1];
        if (end > indices.Length || end > values.Length)
            throw new ArgumentException($"Row positions end at {end}; only {indices.Length} indices and {values.Length} values are given.");
        for (long i = 1; i < starts.Length; i++)
            if (starts[i] < starts[i - 1]) throw new ArgumentException($"Row positions decrease at row {i - 1}.");
        // One pass over all indices makes the unchecked kernels below safe.
        RequireColumns(indices, end, columns);
        if (indices.Array is { } i0) LargePages.Advise(i0);
        if (values.Array is { } v0) LargePages.Advise(v0);
        this.starts = starts;
        this.indices = indices;
        this.values = values;
        Entries = end;
        Count = checked((int)(starts.Length - 1));
        Columns = columns;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <inheritdoc/>
    public long Entries { get; }

    /// <summary>The positions, column numbers and values, as they lie: n + 1, and <see cref="Entries"/> or more.</summary>
    public (Slab<long> Starts, Slab<int> Indices, Slab<T> Values) Parts => (starts, indices, values);

    /// <inheritdoc/>
    public bool IsSparse => true;

    /// <inheritdoc/>
    public int EntriesOf(int row) => (int)(starts[row + 1] - starts[row]);

    /// <summary>Column numbers of one row.</summary>
    public ReadOnlySpan<int> IndicesOf(int row) => indices.Span(starts[row], EntriesOf(row));

    /// <summary>Values of one row.</summary>
    public ReadOnlySpan<T> ValuesOf(int row) => values.Span(starts[row], EntriesOf(row));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Dot(int row, ReadOnlySpan<T> w)
    {
        RequireWidth(w.Length);
        Open(row, out nint k, out nint end);
        ref int j = ref indices.First;
        ref T x = ref values.First;
        ref T w0 = ref MemoryMarshal.GetReference(w);
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        for (; k + 4 <= end; k += 4)
        {
            s0 += Unsafe.Add(ref x, k) * Unsafe.Add(ref w0, Unsafe.Add(ref j, k));
            s1 += Unsafe.Add(ref x, k + 1) * Unsafe.Add(ref w0, Unsafe.Add(ref j, k + 1));
            s2 += Unsafe.Add(ref x, k + 2) * Unsafe.Add(ref w0, Unsafe.Add(ref j, k + 2));
            s3 += Unsafe.Add(ref x, k + 3) * Unsafe.Add(ref w0, Unsafe.Add(ref j, k + 3));
        }
        if (k < end) s0 += Unsafe.Add(ref x, k) * Unsafe.Add(ref w0, Unsafe.Add(ref j, k));
        if (k + 1 < end) s1 += Unsafe.Add(ref x, k + 1) * Unsafe.Add(ref w0, Unsafe.Add(ref j, k + 1));
        if (k + 2 < end) s2 += Unsafe.Add(ref x, k + 2) * Unsafe.Add(ref w0, Unsafe.Add(ref j, k + 2));
        return double.CreateTruncating((s0 + s1) + (s2 + s3));
    }

    /// <inheritdoc/>
    public void Dots(ReadOnlySpan<int> rows, ReadOnlySpan<T> w, Span<double> z)
    {
        for (int k = 0; k < rows.Length; k++)
        {
            if (k + 2 < rows.Length) PrefetchRow(rows[k + 2], w);
            z[k] = Dot(rows[k], w);
        }
    }

    /// <inheritdoc/>
    public void Dots(int first, ReadOnlySpan<T> w, Span<double> z)
    {
        for (int k = 0; k < z.Length; k++) z[k] = Dot(first + k, w);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddScaled(int row, T a, Span<T> g)
    {
        RequireWidth(g.Length);
        Open(row, out nint k, out nint end);
        ref int j = ref indices.First;
        ref T x = ref values.First;
        ref T g0 = ref MemoryMarshal.GetReference(g);
        for (; k < end; k++) Unsafe.Add(ref g0, Unsafe.Add(ref j, k)) += a * Unsafe.Add(ref x, k);
    }

    /// <inheritdoc/>
    public void AddScaled(ReadOnlySpan<int> rows, ReadOnlySpan<double> a, Span<T> g)
    {
        for (int k = 0; k < rows.Length; k++) AddScaled(rows[k], T.CreateTruncating(a[k]), g);
    }

    /// <inheritdoc/>
    public void AddScaled(int first, ReadOnlySpan<double> a, Span<T> g)
    {
        for (int k = 0; k < a.Length; k++) AddScaled(first + k, T.CreateTruncating(a[k]), g);
    }

    /// <inheritdoc/>
    public double DotExact(int row, ReadOnlySpan<double> w)
    {
        ReadOnlySpan<int> j = IndicesOf(row);
        ReadOnlySpan<T> x = ValuesOf(row);
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int k = 0;
        for (; k + 4 <= j.Length; k += 4)
        {
            s0 += double.CreateTruncating(x[k]) * w[j[k]];
            s1 += double.CreateTruncating(x[k + 1]) * w[j[k + 1]];
            s2 += double.CreateTruncating(x[k + 2]) * w[j[k + 2]];
            s3 += double.CreateTruncating(x[k + 3]) * w[j[k + 3]];
        }
        for (; k < j.Length; k++) s0 += double.CreateTruncating(x[k]) * w[j[k]];
        return (s0 + s1) + (s2 + s3);
    }

    /// <inheritdoc/>
    public void AddScaledExact(int row, double a, Span<double> g)
    {
        ReadOnlySpan<int> j = IndicesOf(row);
        ReadOnlySpan<T> x = ValuesOf(row);
        for (int k = 0; k < j.Length; k++) g[j[k]] += a * double.CreateTruncating(x[k]);
    }

    /// <inheritdoc/>
    public void AddGram(int first, ReadOnlySpan<double> h, Span<double> gram, int stride)
    {
        for (int r = 0; r < h.Length; r++)
        {
            ReadOnlySpan<int> j = IndicesOf(first + r);
            ReadOnlySpan<T> x = ValuesOf(first + r);
            for (int a = 0; a < j.Length; a++)
            {
                double scaled = h[r] * double.CreateTruncating(x[a]);
                for (int b = 0; b < j.Length; b++)
                    if (j[b] >= j[a]) gram[(j[a] * stride) + j[b]] += scaled * double.CreateTruncating(x[b]);
            }
        }
    }

    /// <inheritdoc/>
    public void DecayAndAdd(int row, T c, T a, Span<T> w)
    {
        Vectors.Scale(c, w[..Columns]);
        AddScaled(row, a, w);
    }

    /// <inheritdoc/>
    public double SquaredNorm(int row)
    {
        double sum = 0;
        foreach (T x in ValuesOf(row)) sum += double.CreateTruncating(x) * double.CreateTruncating(x);
        return sum;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchStart(int row) => Prefetch.Read(ref Unsafe.Add(ref starts.First, row));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchEntries(int row)
    {
        Open(row, out nint k, out nint end);
        ref int j = ref indices.First;
        ref T x = ref values.First;
        // Sixteen indices fill a cache line; floats do too, doubles two.
        for (; k < end; k += 64 / Unsafe.SizeOf<T>())
        {
            Prefetch.Read(ref Unsafe.Add(ref j, k));
            Prefetch.Read(ref Unsafe.Add(ref x, k));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchRow(int row, ReadOnlySpan<T> w)
    {
        Open(row, out nint k, out nint end);
        ref int j = ref indices.First;
        ref T w0 = ref MemoryMarshal.GetReference(w);
        for (; k < end; k++) Prefetch.Read(ref Unsafe.Add(ref w0, Unsafe.Add(ref j, k)));
    }

    static void RequireColumns(Slab<int> indices, long end, int columns)
    {
        const int Part = 1 << 24;
        uint limit = (uint)columns;
        for (long at = 0; at < end; at += Part)
            foreach (int j in indices.Span(at, (int)Math.Min(Part, end - at)))
                if ((uint)j >= limit) throw new ArgumentException($"Column number {j} is outside 0 … {columns - 1}.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Open(int row, out nint start, out nint end)
    {
        start = (nint)starts[row];
        end = (nint)starts[row + 1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void RequireWidth(int length)
    {
        // The constructor has checked every index against Columns, so this one comparison makes the unchecked loop safe.
        if (length < Columns) throw new ArgumentException($"A row of {Columns} columns needs a vector at least as long; got {length}.");
    }
}
