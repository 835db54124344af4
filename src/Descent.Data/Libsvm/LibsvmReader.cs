using System.Runtime.CompilerServices;
using System.Text;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>
/// Reads SVMlight and LIBSVM text: <c>label index:value index:value … # comment</c>, indices ascending. They start at 1, or at 0 when a 0
/// occurs. <c>qid:</c> is passed over.
/// </summary>
/// <remarks>One pass; numbers have the bits of double.Parse (then rounded to T). Memory: the rows and one buffer.</remarks>
public static class LibsvmReader
{
    /// <summary>Column numbers above this are taken for a mistake unless allowed.</summary>
    public const int DefaultLimit = 1 << 28;

    /// <summary>Reads files one after another.</summary>
    /// <param name="paths">Files.</param>
    /// <param name="columns">Number of columns to give the result, for example that of the training data; 0 for the largest found.</param>
    /// <param name="skipBadRows">Whether rows that cannot be read are left out and counted.</param>
    /// <param name="limit">Largest column number taken for meant.</param>
    /// <param name="zeroBased">Whether indices start at 0; null for detection.</param>
    /// <exception cref="DataException">A row cannot be read.</exception>
    public static SparseData<T> Read<T>(IReadOnlyList<string> paths, int columns = 0, bool skipBadRows = false, int limit = DefaultLimit,
        bool? zeroBased = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Read<T>(DataSource.OpenAll(paths),
            new LibsvmOptions { Columns = columns, SkipBadRows = skipBadRows, Limit = limit, ZeroBased = zeroBased });

    /// <summary>Reads and closes opened inputs one after another.</summary>
    /// <exception cref="DataException">A row cannot be read.</exception>
    public static SparseData<T> Read<T>(IReadOnlyList<DataSource> sources, LibsvmOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(options);
        Builder<T> builder = new(options);
        try
        {
            foreach (DataSource source in sources) builder.Read(source);
        }
        finally
        {
            foreach (DataSource source in sources) source.Dispose();
        }
        return builder.Finish(string.Join(" + ", sources.Select(s => s.Name)));
    }

    sealed class Builder<T>(LibsvmOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Below the largest integer, so that the number of columns is one.
        readonly int limit = Math.Min(options.Limit, int.MaxValue - 2);
        double[] labels = new double[1024];
        long[] starts = new long[1025];
        // One less than what is written, until a column 0 shows that it was meant so.
        int[] indices = new int[1 << 12];
        T[] values = new T[1 << 12];
        int rows, skipped, unlabelled, least = int.MaxValue, most = -1;
        int entries;
        long line, bytes, expected, consumed;
        string file = "";
        string? firstSkip;

        public void Read(DataSource source)
        {
            file = source.Name;
            line = 1;
            using LineBuffer buffer = new(source);
            expected = bytes + buffer.ExpectedLength;
            int position = 0;
            do
            {
                buffer.Fill(position);
                int safe = buffer.Finished ? buffer.End : buffer.Bytes.AsSpan(0, buffer.End).LastIndexOf((byte)'\n') + 1;
                position = ParseLines(buffer.Bytes, safe);
                consumed = bytes + buffer.Total - (buffer.End - position);
            }
            while (!buffer.Finished);
            bytes += buffer.Total;
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
                for (int k = 0; k < entries; k++) indices[k]++;
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
            return new SparseData<T>(labels, new CsrRows<T>(starts, indices, values, columns > 0 ? columns : Math.Max(1, found)), zero,
                bytes, skipped, firstSkip)
            { Unlabelled = unlabelled };
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

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        int ParseLines(byte[] data, int safe)
        {
            int p = 0;
            while (p < safe)
            {
                if (rows + 1 >= starts.Length) GrowRows();
                int next = ParseRow(data, p);
                if (next < 0)
                {
                    // Left out: nothing of the row stays.
                    skipped++;
                    entries = (int)starts[rows];
                    int at = data.AsSpan(p, safe - p).IndexOf((byte)'\n');
                    next = at < 0 ? safe : p + at + 1;
                }
                p = next;
                line++;
            }
            return p;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        int ParseRow(byte[] data, int begin)
        {
            ref byte d = ref data[0];
            int p = begin;
            while (Unsafe.Add(ref d, p) is (byte)' ' or (byte)'\t') p++;
            byte b = Unsafe.Add(ref d, p);
            if (b is (byte)'\n' or (byte)'\r' or (byte)'#') return SkipLine(data, begin, p);
            int used = NumberParser.Parse(ref Unsafe.Add(ref d, p), out double label);
            p += used;
            if (used == 0 || !EndsToken(Unsafe.Add(ref d, p)) || !double.IsFinite(label))
            {
                p = Unlabel(data, p - used);
                if (p < 0) return Bad(data, begin, options.NeedLabels ? "a label (a finite number)" : "a label or index:value", ~p);
                label = double.NaN;
            }
            int previous = -1, k = entries;
            while (true)
            {
                p += EntryParser.Read(ref Unsafe.Add(ref d, p), indices, values.AsSpan(), ref k, ref previous, limit);
                while (Unsafe.Add(ref d, p) is (byte)' ' or (byte)'\t') p++;
                b = Unsafe.Add(ref d, p);
                uint digit = (uint)b - '0';
                if (digit > 9)
                {
                    if (b is (byte)'\n' or (byte)'\r' or (byte)'#') break;
                    if (b == 'q' && data.AsSpan(p).StartsWith("qid:"u8))
                    {
                        while (Unsafe.Add(ref d, p) > ' ') p++;
                        continue;
                    }
                    return Bad(data, begin, "index:value", p);
                }
                int start = p;
                ulong index = 0;
                p = (int)Unsafe.ByteOffset(ref d, ref NumberParser.Digits(ref Unsafe.Add(ref d, p), ref index));
                if (Unsafe.Add(ref d, p) != ':') return Bad(data, begin, "index:value", start);
                // Nineteen digits fit; more of them have overflowed, unless zeros lead.
                if (p - start > 19 && data.AsSpan(start, p - start).TrimStart((byte)'0').Length > 19) index = ulong.MaxValue;
                p++;
                used = NumberParser.ParseShort(ref Unsafe.Add(ref d, p), out double value);
                p += used;
                if (used == 0 || !EndsToken(Unsafe.Add(ref d, p)) || !double.IsFinite(value))
                    return Bad(data, begin, "index:value with a finite number", start);
                if (index > (ulong)limit)
                    return Bad(data, begin, $"a column number of at most {limit}; a larger one is taken for a mistake. If it is meant, "
                        + $"raise `LargestColumn`", start);
                if ((int)index <= previous) return Bad(data, begin, $"ascending column numbers; {index} follows {previous}", start);
                previous = (int)index;
                if (k == indices.Length) GrowEntries();
                indices[k] = previous - 1;
                values[k++] = T.CreateTruncating(value);
            }
            if (k > entries)
            {
                least = Math.Min(least, indices[entries]);
                most = Math.Max(most, previous - 1);
            }
            entries = k;
            int next = SkipLine(data, begin, p);
            if (next < 0) return next;
            labels[rows] = label;
            starts[++rows] = k;
            return next;
        }

        static bool EndsToken(byte b) => b is <= (byte)' ' or (byte)'#';

        // Where the entries begin of a row whose label is absent or is no number; the complement of where it fails when labels are needed.
        int Unlabel(byte[] data, int p)
        {
            if (options.NeedLabels) return ~p;
            int end = p;
            while (!EndsToken(data[end])) end++;
            // A row of a table is no label without entries.
            ReadOnlySpan<byte> token = data.AsSpan(p, end - p), rest = data.AsSpan(end);
            if (token.IndexOfAny(",;|\""u8) >= 0 && !rest[..rest.IndexOf((byte)'\n')].Contains((byte)':')) return ~p;
            unlabelled++;
            if (data.AsSpan(p, end - p).Contains((byte)':') && !data.AsSpan(p).StartsWith("qid:"u8))
            {
                // Entries are read from the blank before them; the first may stand at the start of the line, where there is none.
                return p;
            }
            return end;
        }

        // To the next line, past a comment. A carriage return has to belong to the line's end.
        int SkipLine(byte[] data, int begin, int p)
        {
            int at = p + data.AsSpan(p).IndexOfAny((byte)'\n', (byte)'\r');
            if (data[at] == '\r' && data[at + 1] != '\n')
                return Bad(data, begin, "a line feed behind the carriage return", at);
            return data[at] == '\r' ? at + 2 : at + 1;
        }

        int Bad(byte[] data, int begin, string expected, int at)
        {
            int end = at;
            while (data[end] > ' ' && end - at < 40) end++;
            int column = at - begin + 1;
            string found = end > at ? $"'{Encoding.UTF8.GetString(data.AsSpan(at, end - at))}'" : data[at] == 0 ? "a zero byte"
                : data[at] == '\r' && data[at + 1] != '\n' ? "a carriage return inside the line" : "the end of the line";
            string message = $"{file}, line {line}, character {column}: found {found}, expected {expected}. Mend the row or leave such "
                + $"rows out with `OnBadRow = skip`.";
            if (!options.SkipBadRows) throw new DataException(message);
            firstSkip ??= message;
            return -1;
        }

        void GrowRows()
        {
            Array.Resize(ref labels, labels.Length * 2);
            Array.Resize(ref starts, labels.Length + 1);
        }

        void GrowEntries()
        {
            if (indices.Length >= Array.MaxLength / 2)
                throw new DataException($"{file}, line {line}: more than {indices.Length} entries do not fit in memory here.");
            // The file's length says about how many there will be; otherwise the room doubles.
            double seen = Math.Max(1, consumed), guess = expected > 0 ? entries / seen * expected * 1.03 : 0;
            int room = (int)Math.Min(Array.MaxLength, Math.Max(guess, 2.0 * indices.Length));
            indices = LargePages.Grow(indices, room);
            values = LargePages.Grow(values, room);
        }
    }
}
