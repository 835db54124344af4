using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Numerics;

/// <summary>A dense data matrix, row-major without padding. Memory n·d elements.</summary>
/// <typeparam name="T">Element type.</typeparam>
public readonly struct DenseRows<T> : IRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Slab<T> values;

    /// <summary>Wraps row-major values; the array is not copied.</summary>
    /// <exception cref="ArgumentException">The length is not count × columns.</exception>
    public DenseRows(T[] values, int count, int columns)
        : this(new Slab<T>(values), count, columns)
    {
    }

    /// <summary>Wraps row-major values that lie in an array or in mapped memory; they are not copied.</summary>
    /// <exception cref="ArgumentException">The length is not count × columns.</exception>
    public DenseRows(Slab<T> values, int count, int columns)
    {
        if (values.Length != (long)count * columns)
            throw new ArgumentException(
                $"A dense matrix of {count} rows and {columns} columns needs {(long)count * columns} values; got {values.Length}.");
        if (values.Array is { } array) LargePages.Advise(array);
        this.values = values;
        Count = count;
        Columns = columns;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <inheritdoc/>
    public long Entries => (long)Count * Columns;

    /// <inheritdoc/>
    public bool IsSparse => false;

    /// <inheritdoc/>
    public int EntriesOf(int row) => Columns;

    /// <summary>One row as a span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Row(int row) => values.Span((long)row * Columns, Columns);

    /// <inheritdoc/>
    public ReadOnlySpan<int> IndicesOf(int row) => default;

    /// <inheritdoc/>
    public ReadOnlySpan<T> ValuesOf(int row) => Row(row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Dot(int row, ReadOnlySpan<T> w) => double.CreateTruncating(Vectors.Dot(Row(row), w[..Columns]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Dots(ReadOnlySpan<int> rows, ReadOnlySpan<T> w, Span<double> z)
    {
        ref T w0 = ref MemoryMarshal.GetReference(w);
        nuint d = (nuint)Columns;
        int k = 0;
        for (; k + 4 <= rows.Length; k += 4)
        {
            for (int ahead = k + 8; ahead < Math.Min(k + 12, rows.Length); ahead++) PrefetchEntries(rows[ahead]);
            Vectors.Dot4(ref First(rows[k]), ref First(rows[k + 1]), ref First(rows[k + 2]), ref First(rows[k + 3]), ref w0, d, out T a,
                out T b, out T c, out T e);
            Put(z, k, a, b, c, e);
        }
        for (; k < rows.Length; k++) z[k] = Dot(rows[k], w);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Dots(int first, ReadOnlySpan<T> w, Span<double> z)
    {
        ref T w0 = ref MemoryMarshal.GetReference(w);
        nuint d = (nuint)Columns;
        int k = 0;
        for (; k + 4 <= z.Length; k += 4)
        {
            int r = first + k;
            Vectors.Dot4(ref First(r), ref First(r + 1), ref First(r + 2), ref First(r + 3), ref w0, d, out T a, out T b, out T c, out T e);
            Put(z, k, a, b, c, e);
        }
        for (; k < z.Length; k++) z[k] = Dot(first + k, w);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddScaled(int row, T a, Span<T> g) => Vectors.AddScaled(a, Row(row), g[..Columns]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddScaled(ReadOnlySpan<int> rows, ReadOnlySpan<double> a, Span<T> g)
    {
        ref T g0 = ref MemoryMarshal.GetReference(g);
        int k = 0;
        for (; k + 4 <= rows.Length; k += 4)
            DenseKernels.AddFour(ref First(rows[k]), ref First(rows[k + 1]), ref First(rows[k + 2]), ref First(rows[k + 3]), a.Slice(k, 4),
                ref g0, Columns);
        for (; k < rows.Length; k++) AddScaled(rows[k], T.CreateTruncating(a[k]), g);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddScaled(int first, ReadOnlySpan<double> a, Span<T> g)
    {
        ref T g0 = ref MemoryMarshal.GetReference(g);
        int k = 0;
        for (; k + 4 <= a.Length; k += 4)
        {
            int r = first + k;
            DenseKernels.AddFour(ref First(r), ref First(r + 1), ref First(r + 2), ref First(r + 3), a.Slice(k, 4), ref g0, Columns);
        }
        for (; k < a.Length; k++) AddScaled(first + k, T.CreateTruncating(a[k]), g);
    }

    /// <inheritdoc/>
    public double DotExact(int row, ReadOnlySpan<double> w)
    {
        if (typeof(T) == typeof(double)) return Vectors.Dot(MemoryMarshal.Cast<T, double>(Row(row)), w[..Columns]);
        ReadOnlySpan<T> x = Row(row);
        double sum = 0;
        for (int j = 0; j < x.Length; j++) sum = Math.FusedMultiplyAdd(double.CreateTruncating(x[j]), w[j], sum);
        return sum;
    }

    /// <inheritdoc/>
    public void AddScaledExact(int row, double a, Span<double> g)
    {
        if (typeof(T) == typeof(double))
        {
            Vectors.AddScaled(a, MemoryMarshal.Cast<T, double>(Row(row)), g[..Columns]);
            return;
        }
        ReadOnlySpan<T> x = Row(row);
        for (int j = 0; j < x.Length; j++) g[j] = Math.FusedMultiplyAdd(a, double.CreateTruncating(x[j]), g[j]);
    }

    /// <inheritdoc/>
    public void AddGram(int first, ReadOnlySpan<double> h, Span<double> gram, int stride)
    {
        // A model of the intercept alone has no columns.
        if (Columns == 0) return;
        ReadOnlySpan<T> block = values.Span((long)first * Columns, h.Length * Columns);
        if (typeof(T) == typeof(double))
        {
            GramKernel.AddGram(MemoryMarshal.Cast<T, double>(block), h, Columns, gram, stride);
            return;
        }
        double[] wide = new double[block.Length];
        Vectors.Convert(block, wide.AsSpan());
        GramKernel.AddGram(wide, h, Columns, gram, stride);
    }

    /// <inheritdoc/>
    public void DecayAndAdd(int row, T c, T a, Span<T> w) => Elementwise.Apply(new DecayKernel(c, a), w[..Columns], Row(row));

    /// <inheritdoc/>
    public double SquaredNorm(int row)
    {
        double sum = 0;
        foreach (T x in Row(row)) sum += double.CreateTruncating(x) * double.CreateTruncating(x);
        return sum;
    }

    /// <inheritdoc/>
    public void PrefetchStart(int row)
    {
        // Computed, not stored.
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchEntries(int row)
    {
        ref T x = ref First(row);
        // One line more than the row: the masked load of its last, incomplete lane reaches there.
        int line = 64 / Unsafe.SizeOf<T>(), end = Math.Min(Columns, 16 * line) + line;
        for (int j = 0; j < end; j += line) Prefetch.Read(ref Unsafe.Add(ref x, j));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchRow(int row, ReadOnlySpan<T> w)
    {
        // Every row meets the whole vector, which stays near by itself.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ref T First(int row) => ref Unsafe.Add(ref values.First, (nint)row * Columns);

    static void Put(Span<double> z, int k, T a, T b, T c, T e)
    {
        z[k] = double.CreateTruncating(a);
        z[k + 1] = double.CreateTruncating(b);
        z[k + 2] = double.CreateTruncating(c);
        z[k + 3] = double.CreateTruncating(e);
    }

    readonly struct DecayKernel(T c, T a) : IKernel<T>
    {
        readonly T c = c, a = a;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V x)
            where V : struct, ILane<V, T> => w = V.FusedMultiplyAdd(V.All(a), x, V.All(c) * w);
    }
}
