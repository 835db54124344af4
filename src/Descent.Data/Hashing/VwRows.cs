using System.Text;
using Descent.Data.Files;
using Descent.Data.Text;

namespace Descent.Data.Hashing;

/// <summary>Rows of Vowpal Wabbit text, put together line after line.</summary>
sealed class VwRows(VwOptions options)
{
    const int Blocks = 1 << 12;
    readonly HashedRow row = new(options.HashBits);
    readonly List<double> labels = [], weights = [];
    readonly List<long> starts = [0];
    Slab<int> indices = new int[Blocks];
    Slab<double> values = new double[Blocks];
    string? firstSkip;
    int skipped, unlabelled;
    long bytes;

    /// <summary>Reads an input to its end.</summary>
    public void Read(DataSource source)
    {
        using LineChunks chunks = new(source);
        long line = 1;
        while (chunks.Next() is var (text, end))
        {
            line += Read(text, end, source.Name, line);
            chunks.Return(text);
        }
        bytes += chunks.Total;
    }

    /// <summary>Reads whole lines; how many they are.</summary>
    public long Read(byte[] text, int end, string file, long first)
    {
        long line = first;
        for (int at = 0; at < end; line++)
        {
            int length = text.AsSpan(at).IndexOf((byte)'\n');
            Add(text.AsSpan(at, length).TrimEnd((byte)'\r'), file, line);
            at += length + 1;
        }
        return line - first;
    }

    /// <summary>What was read so far, no rows perhaps.</summary>
    public SparseData<double> Rows(long read) =>
        new([.. labels], new CsrRows<double>(new Slab<long>([.. starts]), indices, values, 1 << options.HashBits), true, read, skipped,
            firstSkip)
        {
            Unlabelled = unlabelled,
            Weights = weights.TrueForAll(w => w == 1) ? null : [.. weights],
        };

    /// <summary>All that was read, without the columns that nothing is in.</summary>
    /// <exception cref="DataException">There are no rows.</exception>
    public SparseData<double> Finish(string source)
    {
        if (labels.Count == 0)
            throw new DataException(skipped > 0 ? $"{source}: no rows. All {skipped} rows were skipped; the first: {firstSkip}"
                : $"{source}: no rows. Expected lines of the form 'label |namespace name:value …'.");
        return Rows(bytes).Compacted();
    }

    void Add(ReadOnlySpan<byte> line, string file, long number)
    {
        // A blank line ends a group of examples there; here it is nothing.
        if (line.Trim(" \t"u8).IsEmpty) return;
        row.Clear();
        int bar = line.IndexOf((byte)'|');
        (string Expected, int At)? fault = bar < 0 ? ("a bar (|) before the features", line.Length)
            : Head(line[..bar], out double label, out double weight) ?? Features(line, bar, label, weight);
        if (fault is not { } wrong) return;
        int stop = line[wrong.At..].IndexOfAny(" |\t"u8);
        string found = Encoding.UTF8.GetString(stop < 0 ? line[wrong.At..] : line.Slice(wrong.At, Math.Max(stop, 1)));
        string message = $"{file}, line {number}, character {wrong.At + 1}: found "
            + $"{(found.Length == 0 ? "the end of the line" : $"'{Messages.Shorten(found)}'")}, expected {wrong.Expected}. Mend the "
            + $"row or leave such rows out with `OnBadRow = skip`.";
        if (!options.SkipBadRows) throw new DataException(message);
        firstSkip ??= message;
        skipped++;
    }

    // [label [importance [initial]]] [tag]
    (string, int)? Head(ReadOnlySpan<byte> head, out double label, out double weight)
    {
        (label, weight) = (double.NaN, 1);
        int words = 0, at = 0;
        while (at < head.Length)
        {
            if (head[at] is (byte)' ' or (byte)'\t')
            {
                at++;
                continue;
            }
            int end = at;
            while (end < head.Length && head[end] is not ((byte)' ' or (byte)'\t')) end++;
            ReadOnlySpan<byte> word = head[at..end];
            // The word that touches the bar, or begins with a quote, is the tag.
            if (end == head.Length || word[0] == '\'') break;
            if (!NumberParser.TryParseAll(word, out double x) || !double.IsFinite(x))
                return (words == 0 ? "a label (a number)" : "an importance (a number)", at);
            if (words == 0) label = x;
            else if (words == 1) weight = x;
            if (words == 1 && x < 0) return ("an importance ≥ 0", at);
            words++;
            if (words > 3) return ("a label, an importance, an initial prediction and a tag, and no more", at);
            at = end;
        }
        return options.NeedLabels && words == 0 ? ("a label (a number) and a blank before the bar or the tag", 0) : null;
    }

    (string, int)? Features(ReadOnlySpan<byte> line, int bar, double label, double weight)
    {
        int at = bar;
        uint space = 0;
        double scale = 1;
        while (at < line.Length)
        {
            byte b = line[at];
            if (b is (byte)' ' or (byte)'\t')
            {
                at++;
                continue;
            }
            bool opens = b == '|';
            int start = opens ? at + 1 : at, end = start;
            while (end < line.Length && line[end] is not ((byte)' ' or (byte)'\t' or (byte)'|')) end++;
            ReadOnlySpan<byte> word = line[start..end];
            int colon = word.LastIndexOf((byte)':');
            ReadOnlySpan<byte> name = colon < 0 ? word : word[..colon];
            double value = 1;
            if (colon >= 0 && (!NumberParser.TryParseAll(word[(colon + 1)..], out value) || !double.IsFinite(value)))
                return ("name:value with a finite number", start);
            if (opens) (space, scale) = (name.IsEmpty ? 0 : FeatureHash.Of(name, 0), value);
            else row.Add(FeatureHash.Of(name, space), scale * value);
            at = end;
        }
        Keep(label, weight);
        return null;
    }

    void Keep(double label, double weight)
    {
        row.Close();
        long from = starts[^1], to = from + row.Columns.Length;
        if (to > indices.Length)
        {
            indices = Room.Grow(indices, from, Math.Max(to, indices.Length * 2));
            values = Room.Grow(values, from, indices.Length);
        }
        row.Columns.CopyTo(indices.Span(from, row.Columns.Length));
        row.Values.CopyTo(values.Span(from, row.Columns.Length));
        starts.Add(to);
        labels.Add(label);
        weights.Add(weight);
        if (double.IsNaN(label)) unlabelled++;
    }
}
