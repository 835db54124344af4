namespace Descent.Autodiff;

/// <summary>The examples that a loss is asked about, with helpers that bring their data onto the tape.
/// No allocation once every batch size has been met.</summary>
public sealed class Batch
{
    readonly Dictionary<(int Slot, int Length), int[]> kept = [];
    readonly List<(int Node, Array Data, int Width)> inputs = [];
    readonly Dictionary<int[], int[]> sources = [];
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
        tape.Copies.Gather(data, Rows, columns, room);
        return leaf;
    }

    /// <summary>The rows of a matrix as above; data in an array can be found again by a traced loss.</summary>
    public Var<T> Matrix<T>(Tape<T> tape, T[] data, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Var<T> leaf = Matrix(tape, (ReadOnlySpan<T>)data, columns);
        Known(leaf.Index, data, columns);
        return leaf;
    }

    /// <summary>The entries of a vector; data in an array can be found again by a traced loss.</summary>
    public Var<T> Vector<T>(Tape<T> tape, T[] data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Var<T> leaf = Vector(tape, (ReadOnlySpan<T>)data);
        Known(leaf.Index, data, 1);
        return leaf;
    }

    /// <summary>Entries of an integer vector; data in an array can be found again by a traced loss.</summary>
    public int[] Numbers(int[] data)
    {
        int[] numbers = Numbers((ReadOnlySpan<int>)data);
        if (IsTracing) sources[numbers] = data;
        return numbers;
    }

    /// <summary>Whether the next loss is read as a plan.</summary>
    internal bool IsTracing { get; set; }

    /// <summary>What was brought onto the tape while tracing.</summary>
    internal IReadOnlyList<(int Node, Array Data, int Width)> Inputs => inputs;

    internal int[]? SourceOf(int[] numbers) => sources.GetValueOrDefault(numbers);

    internal void BeginTrace()
    {
        inputs.Clear();
        sources.Clear();
        IsTracing = true;
    }

    void Known(int node, Array data, int columns)
    {
        if (!IsTracing) return;
        inputs.Add((node, data, columns));
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

    /// <summary>The entries of an integer vector with one an example,
    /// for <see cref="Var{T}.Pick"/> and <see cref="Var{T}.Gather"/>; valid until the next batch.</summary>
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
