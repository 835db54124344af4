using Descent.Data.Hashing;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>Labelled sparse rows of LIBSVM or Vowpal Wabbit text, some lines at a time as they come; none is kept.</summary>
sealed class SparseStream : IDisposable
{
    readonly LineChunks chunks;
    readonly string source;
    readonly Func<byte[], int, long, (SparseData<double> Rows, long Lines)> read;
    long line = 1;

    SparseStream(DataSource from, Func<byte[], int, long, (SparseData<double>, long)> read)
    {
        chunks = new LineChunks(from);
        source = from.Name;
        this.read = read;
    }

    /// <summary>Rows left out so far.</summary>
    public int Skipped { get; private set; }

    /// <summary>Why the first of them was left out.</summary>
    public string? FirstSkip { get; private set; }

    /// <summary>Rows of LIBSVM text; column numbers start at 1 unless the options say otherwise.</summary>
    public static SparseStream Libsvm(DataSource from, LibsvmOptions options)
    {
        LibsvmChunk<double> chunk = new(options);
        bool zero = options.ZeroBased == true;
        return new SparseStream(from, (text, end, line) =>
        {
            chunk.Parse(text, end);
            if (chunk.Fault is { } fault && !options.SkipBadRows)
                throw new DataException($"{from.Name}, line {line + fault.Line}, {fault.What}");
            if (!zero && chunk.Columns.Least < 0)
                throw new DataException($"{from.Name}: column number 0 found among the lines from {line} on; expected numbers from 1. Say "
                    + "`ZeroBased = true` if they start at 0.");
            int[] indices = chunk.Indices.ToArray();
            if (zero)
                for (int k = 0; k < indices.Length; k++) indices[k]++;
            long[] starts = new long[chunk.Labels.Length + 1];
            for (int i = 0; i < chunk.Ends.Length; i++) starts[i + 1] = chunk.Ends[i];
            int columns = Math.Max(1, chunk.Columns.Most + (zero ? 2 : 1));
            string? first = chunk.Fault is { } bad ? $"{from.Name}, line {line + bad.Line}, {bad.What}" : null;
            CsrRows<double> rows = new(starts, indices, chunk.Values.ToArray(), columns);
            return (new SparseData<double>(chunk.Labels.ToArray(), rows, zero, end, chunk.Skipped, first), chunk.Lines);
        });
    }

    /// <summary>Rows of Vowpal Wabbit text.</summary>
    public static SparseStream Vw(DataSource from, VwOptions options) => new(from, (text, end, line) =>
    {
        VwRows rows = new(options);
        long lines = rows.Read(text, end, from.Name, line);
        return (rows.Rows(end), lines);
    });

    /// <summary>The rows that have come since, at least one; null at the end.</summary>
    /// <exception cref="DataException">A row cannot be read; the place is said.</exception>
    public SparseData<double>? Next()
    {
        while (chunks.Next() is var (text, end))
        {
            (SparseData<double> rows, long lines) = read(text, end, line);
            chunks.Return(text);
            line += lines;
            Skipped += rows.Skipped;
            FirstSkip ??= rows.FirstSkip;
            if (rows.Labels.Length > 0) return rows;
        }
        return null;
    }

    public void Dispose() => chunks.Dispose();

    /// <summary>The name of the input.</summary>
    public override string ToString() => source;
}
