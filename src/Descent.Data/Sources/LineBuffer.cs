namespace Descent.Data.Text;

/// <summary>A window of bytes over a stream, always followed by a line feed and padding, so that parsers need no bounds checks.</summary>
sealed class LineBuffer : IDisposable
{
    const int Padding = EntryParser.Padding;
    const int Longest = 1 << 30;
    readonly DataSource source;
    readonly Stream stream;
    readonly string path;
    byte[] bytes;
    int end;

    public LineBuffer(DataSource source, int size = 1 << 20)
    {
        this.source = source;
        path = source.Path;
        stream = source.Stream;
        ExpectedLength = source.ExpectedLength;
        // A short input needs no more room than it has bytes.
        bytes = new byte[(source.HeadIsAll ? source.Head.Length + 1 : size) + Padding];
    }

    public byte[] Bytes => bytes;

    /// <summary>Length of the text when it is known beforehand; 0 otherwise.</summary>
    public long ExpectedLength { get; }

    /// <summary>Whether what has come is handed on at once, however little it is.</summary>
    public bool IsLive => source.IsLive;

    /// <summary>Index after the last byte read.</summary>
    public int End => end;

    /// <summary>Whether the stream has ended.</summary>
    public bool Finished { get; private set; }

    /// <summary>Total bytes read.</summary>
    public long Total { get; private set; }

    /// <summary>
    /// Moves what is left from <paramref name="keep"/> to the front and reads more behind it; grows when nothing could be dropped.
    /// </summary>
    public void Fill(int keep)
    {
        int left = end - keep;
        if (keep == 0 && end > 0 && bytes.Length - Padding - end < bytes.Length / 4) Widen();
        else if (keep > 0) Buffer.BlockCopy(bytes, keep, bytes, 0, left);
        end = left;
        while (end < bytes.Length - Padding)
        {
            int got = ByteSource.Read(stream, bytes.AsSpan(end, bytes.Length - Padding - end), path);
            if (got == 0)
            {
                Finished = true;
                // A line that was cut off in the middle says nothing.
                if (source.WasCut) end = bytes.AsSpan(0, end).LastIndexOf((byte)'\n') + 1;
                break;
            }
            end += got;
            Total += got;
            if (source.IsLive && bytes.AsSpan(end - got, got).Contains((byte)'\n')) break;
        }
        // A last line without a line feed gets one; behind it zeros, on which every parser stops.
        bytes.AsSpan(end, Padding).Clear();
        bytes[end] = (byte)'\n';
    }

    public void Dispose() => source.Dispose();

    void Widen()
    {
        if (bytes.Length > Longest)
            throw new DataException($"{ByteSource.NameOf(path)}: a line, or a quoted field, is longer than {Longest >> 20} MiB. Is a "
                + $"closing quote missing, or is this not text?");
        Array.Resize(ref bytes, (bytes.Length * 2) + Padding);
    }
}
