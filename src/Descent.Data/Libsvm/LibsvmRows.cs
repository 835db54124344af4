using Descent.Data.Files;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>Puts chunks of rows together in the order of the text, while others are read on other threads.</summary>
sealed class LibsvmRows<T>(LibsvmOptions options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly int threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
    readonly Stack<LibsvmChunk<T>> idle = new();
    double[] labels = new double[1024];
    long[] starts = new long[1025];
    Slab<int> indices = Array.Empty<int>();
    Slab<T> values = Array.Empty<T>();
    int rows, skipped, unlabelled, least = int.MaxValue, most = -1;
    long entries, line, bytes, seen, expected;
    string file = "";
    string? firstSkip;

    public void Read(DataSource source)
    {
        (file, line) = (source.Name, 1);
        using LineChunks chunks = new(source);
        (seen, expected) = (bytes, bytes + chunks.ExpectedLength);
        Queue<(Task<LibsvmChunk<T>> Work, byte[] Bytes, int End)> ahead = new();
        while (chunks.Next() is var (text, end))
        {
            LibsvmChunk<T> chunk = idle.TryPop(out LibsvmChunk<T>? used) ? used : new(options);
            // What is short, or for one thread, is read at once.
            ahead.Enqueue((threads == 1 || (source.HeadIsAll && ahead.Count == 0) ? Task.FromResult(Parse(chunk, text, end))
                : Task.Run(() => Parse(chunk, text, end)), text, end));
            if (ahead.Count >= threads) Add(ahead.Dequeue(), chunks);
        }
        while (ahead.Count > 0) Add(ahead.Dequeue(), chunks);
        bytes += chunks.Total;
    }

    public SparseData<T> Finish(string source)
    {
        if (rows == 0)
            throw new DataException(skipped > 0 ? $"{source}: no rows. All {skipped} rows were skipped; the first: {firstSkip}"
                : $"{source}: no rows. Expected lines of the form 'label index:value …'.");
        int columns = options.Columns;
        bool zero = options.ZeroBased ?? least < 0;
        if (zero)
        {
            for (long k = 0; k < entries; k++) indices[k]++;
            most++;
        }
        else if (least < 0)
            throw new DataException($"{source}: column number 0 found; expected numbers from 1. Say `ZeroBased = true` if they "
                + $"start at 0.");
        int found = most + 1;
        // Columns that a model has never seen carry no weight; they are dropped.
        if (columns > 0 && found > columns) Narrow(columns);
        Array.Resize(ref labels, rows);
        Array.Resize(ref starts, rows + 1);
        SparseData<T> data = new(labels, new CsrRows<T>(starts, indices, values, columns > 0 ? columns : Math.Max(1, found)), zero,
            bytes, skipped, firstSkip)
        { Unlabelled = unlabelled };
        return options.Compact ? data.Compacted() : data;
    }

    static LibsvmChunk<T> Parse(LibsvmChunk<T> chunk, byte[] text, int end)
    {
        chunk.Parse(text, end);
        return chunk;
    }

    void Add((Task<LibsvmChunk<T>> Work, byte[] Bytes, int End) done, LineChunks chunks)
    {
        LibsvmChunk<T> chunk = done.Work.GetAwaiter().GetResult();
        chunks.Return(done.Bytes);
        seen += done.End;
        if (chunk.Fault is { } fault)
        {
            string message = $"{file}, line {line + fault.Line}, {fault.What}";
            if (!options.SkipBadRows) throw new DataException(message);
            firstSkip ??= message;
        }
        Reserve(chunk.Labels.Length, chunk.Indices.Length);
        chunk.Labels.CopyTo(labels.AsSpan(rows));
        foreach (int end in chunk.Ends) starts[++rows] = entries + end;
        chunk.Indices.CopyTo(indices.Span(entries, chunk.Indices.Length));
        chunk.Values.CopyTo(values.Span(entries, chunk.Values.Length));
        entries += chunk.Indices.Length;
        line += chunk.Lines;
        skipped += chunk.Skipped;
        unlabelled += chunk.Unlabelled;
        (least, most) = (Math.Min(least, chunk.Columns.Least), Math.Max(most, chunk.Columns.Most));
        idle.Push(chunk);
    }

    void Reserve(int moreRows, int moreEntries)
    {
        if (rows + moreRows > labels.Length)
        {
            Array.Resize(ref labels, Math.Max(rows + moreRows, labels.Length * 2));
            Array.Resize(ref starts, labels.Length + 1);
        }
        long needed = entries + moreEntries;
        if (needed <= indices.Length) return;
        // The file's length says about how many there will be; otherwise the room doubles. A column number takes three bytes at least.
        double guess = expected > 0 ? Math.Min(needed / (double)Math.Max(1, seen) * expected * 1.03, 16 + (expected / 3.0)) : 0;
        long room = Math.Max(needed, (long)Math.Max(guess, 2.0 * indices.Length));
        indices = Room.Grow(indices, entries, room);
        values = Room.Grow(values, entries, room);
    }

    void Narrow(int columns)
    {
        long kept = 0, from = 0;
        for (int i = 0; i < rows; i++)
        {
            long end = starts[i + 1];
            for (; from < end; from++)
            {
                if (indices[from] >= columns) continue;
                indices[kept] = indices[from];
                values[kept++] = values[from];
            }
            starts[i + 1] = kept;
        }
    }
}
