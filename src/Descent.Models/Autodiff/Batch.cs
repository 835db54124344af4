namespace Descent.Models.Autodiff;

/// <summary>The examples that a loss is asked about, with helpers that bring their data onto the tape. No allocation once every batch size has been met.</summary>
public sealed class Batch
{
    readonly Dictionary<(int Slot, int Length), int[]> kept = [];
    int[] rows = [];
    int slot;

    /// <summary>Number of examples.</summary>
    public int Count { get; private set; }

    /// <summary>Their numbers.</summary>
    public ReadOnlySpan<int> Rows => rows.AsSpan(0, Count);

    /// <summary>The rows of a matrix with one row an example, as a leaf of shape (count, columns).</summary>
    public Var<T> Matrix<T>(Tape<T> tape, ReadOnlySpan<T> data, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tape);
        Var<T> leaf = tape.Room(out Span<T> room, Count, columns);
        for (int k = 0; k < Count; k++) data.Slice(rows[k] * columns, columns).CopyTo(room[(k * columns)..]);
        return leaf;
    }

    /// <summary>The entries of a vector with one an example, as a leaf of shape (count).</summary>
    public Var<T> Vector<T>(Tape<T> tape, ReadOnlySpan<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tape);
        Var<T> leaf = tape.Room(out Span<T> room, Count);
        for (int k = 0; k < Count; k++) room[k] = data[rows[k]];
        return leaf;
    }

    /// <summary>The entries of an integer vector with one an example, for <see cref="Var{T}.Pick"/> and <see cref="Var{T}.Gather"/>; valid until the next batch.</summary>
    public int[] Numbers(ReadOnlySpan<int> data)
    {
        if (!kept.TryGetValue((slot, Count), out int[]? numbers)) kept[(slot, Count)] = numbers = new int[Count];
        slot++;
        for (int k = 0; k < Count; k++) numbers[k] = data[rows[k]];
        return numbers;
    }

    internal void Set(ReadOnlySpan<int> examples)
    {
        if (rows.Length < examples.Length) rows = new int[examples.Length];
        examples.CopyTo(rows);
        Count = examples.Length;
        slot = 0;
    }

    internal void SetRange(int first, int count)
    {
        if (rows.Length < count) rows = new int[count];
        for (int k = 0; k < count; k++) rows[k] = first + k;
        Count = count;
        slot = 0;
    }
}
