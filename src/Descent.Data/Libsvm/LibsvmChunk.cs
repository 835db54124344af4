using System.Runtime.CompilerServices;
using System.Text;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>Some lines of SVMlight or LIBSVM text as rows. Several work side by side, each on lines of its own.</summary>
sealed class LibsvmChunk<T>(LibsvmOptions options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Below the largest integer, so that the number of columns is one.
    readonly int limit = Math.Min(options.Limit, int.MaxValue - 2);
    double[] labels = new double[256];
    int[] starts = new int[257];
    // One less than what is written, until a column 0 shows that it was meant so.
    int[] indices = new int[1 << 12];
    T[] values = new T[1 << 12];
    int rows, skipped, unlabelled, entries, least, most;
    long line;

    /// <summary>Line of the first bad row, counted from the first of the chunk, and what is wrong with it; null where none is.</summary>
    public (long Line, string What)? Fault { get; private set; }

    /// <summary>Lines that were read.</summary>
    public long Lines => line;

    public int Skipped => skipped;

    public int Unlabelled => unlabelled;

    /// <summary>The least and the largest column, less one; of no entries the largest integer and −1.</summary>
    public (int Least, int Most) Columns => (least, most);

    public ReadOnlySpan<double> Labels => labels.AsSpan(0, rows);

    /// <summary>Where each row ends among the entries of the chunk.</summary>
    public ReadOnlySpan<int> Ends => starts.AsSpan(1, rows);

    public ReadOnlySpan<int> Indices => indices.AsSpan(0, entries);

    public ReadOnlySpan<T> Values => values.AsSpan(0, entries);

    /// <summary>Reads whole lines; ends at the first bad row unless such rows are left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Parse(byte[] data, int safe)
    {
        (Fault, line) = (null, 0);
        (rows, skipped, unlabelled, entries, least, most) = (0, 0, 0, 0, int.MaxValue, -1);
        int p = 0;
        while (p < safe)
        {
            if (rows + 1 >= starts.Length) GrowRows();
            int next = ParseRow(data, p);
            if (next < 0)
            {
                if (!options.SkipBadRows) return;
                // Left out: nothing of the row stays.
                skipped++;
                entries = starts[rows];
                int at = data.AsSpan(p, safe - p).IndexOf((byte)'\n');
                next = at < 0 ? safe : p + at + 1;
            }
            p = next;
            line++;
        }
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
            p += EntryParser.Read(ref Unsafe.Add(ref d, p), indices, values, ref k, ref previous, limit);
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
        Fault ??= (line, $"character {column}: found {found}, expected {expected}. Mend the row or leave such rows out with `OnBadRow = "
            + $"skip`.");
        return -1;
    }

    void GrowRows()
    {
        Array.Resize(ref labels, labels.Length * 2);
        Array.Resize(ref starts, labels.Length + 1);
    }

    // A chunk has fewer entries than bytes.
    void GrowEntries()
    {
        Array.Resize(ref indices, indices.Length * 2);
        Array.Resize(ref values, values.Length * 2);
    }
}
