using System.Numerics;

namespace Descent.Numerics;

/// <summary>The rows of a data matrix X (n × d), dense or sparse.
/// Implementations are structs, so that kernels are compiled for each kind.</summary>
/// <typeparam name="T">Element type of the stored values.</typeparam>
public interface IRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of rows n.</summary>
    int Count { get; }

    /// <summary>Number of columns d.</summary>
    int Columns { get; }

    /// <summary>Number of stored entries.</summary>
    long Entries { get; }

    /// <summary>Whether only non-zero entries are stored.</summary>
    bool IsSparse { get; }

    /// <summary>Number of stored entries of one row.</summary>
    int EntriesOf(int row);

    /// <summary>Inner product of one row with the first d entries of <paramref name="w"/>, in T's arithmetic.</summary>
    double Dot(int row, ReadOnlySpan<T> w);

    /// <summary>Inner products of several rows: <c>z[k] = x_rows[k] · w</c>, with the bits of <see cref="Dot"/>.</summary>
    void Dots(ReadOnlySpan<int> rows, ReadOnlySpan<T> w, Span<double> z);

    /// <summary>Inner products of consecutive rows: <c>z[k] = x_(first+k) · w</c>, with the bits of <see cref="Dot"/>.</summary>
    void Dots(int first, ReadOnlySpan<T> w, Span<double> z);

    /// <summary><c>g ← g + a·x_row</c> on the first d entries of <paramref name="g"/>.</summary>
    void AddScaled(int row, T a, Span<T> g);

    /// <summary><c>g ← g + Σ a[k]·x_rows[k]</c>, in order of k.</summary>
    void AddScaled(ReadOnlySpan<int> rows, ReadOnlySpan<double> a, Span<T> g);

    /// <summary><c>g ← g + Σ a[k]·x_(first+k)</c>, in order of k.</summary>
    void AddScaled(int first, ReadOnlySpan<double> a, Span<T> g);

    /// <summary>Inner product in double precision, for certificates and second derivatives.</summary>
    double DotExact(int row, ReadOnlySpan<double> w);

    /// <summary><c>g ← g + a·x_row</c> in double precision.</summary>
    void AddScaledExact(int row, double a, Span<double> g);

    /// <summary><c>H ← H + Σ h[k]·x_(first+k) x_(first+k)ᵀ</c>, upper triangle, row-major with the given stride.</summary>
    void AddGram(int first, ReadOnlySpan<double> h, Span<double> gram, int stride);

    /// <summary><c>w ← c·w + a·x_row</c> on the first d entries.</summary>
    void DecayAndAdd(int row, T c, T a, Span<T> w);

    /// <summary>Columns of the stored entries of a sparse row; empty for dense rows.</summary>
    ReadOnlySpan<int> IndicesOf(int row);

    /// <summary>Stored values of one row.</summary>
    ReadOnlySpan<T> ValuesOf(int row);

    /// <summary>Squared norm of one row, in double precision.</summary>
    double SquaredNorm(int row);

    /// <summary>Asks the processor to bring nearer where a row begins;
    /// worth asking before <see cref="PrefetchEntries"/>, which waits for it.</summary>
    void PrefetchStart(int row);

    /// <summary>Asks the processor to bring the stored entries of a row nearer.</summary>
    void PrefetchEntries(int row);

    /// <summary>Asks the processor to bring the entries of <paramref name="w"/> that a row meets nearer.</summary>
    void PrefetchRow(int row, ReadOnlySpan<T> w);
}
