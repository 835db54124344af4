namespace Descent.Data.Text;

/// <summary>
/// Cuts a stream into chunks of whole lines, each in a buffer that is followed by a line feed and padding, so that parsers need no bounds
/// checks and several can work side by side.
/// </summary>
sealed class LineChunks(DataSource source, int size = 1 << 20) : IDisposable
{
    const int Longest = 1 << 30;
    readonly Stack<byte[]> free = new();
    // A short input needs no more room than it has bytes.
    int room = source.HeadIsAll ? source.Head.Length + 1 : size;
    byte[] rest = [];
    bool finished;

    /// <summary>Length of the text when it is known beforehand; 0 otherwise.</summary>
    public long ExpectedLength => source.ExpectedLength;

    /// <summary>Bytes read so far.</summary>
    public long Total { get; private set; }

    /// <summary>The next lines and how many bytes they have; null at the end.</summary>
    public (byte[] Bytes, int End)? Next()
    {
        if (finished) return null;
        byte[] bytes = Buffer(rest.Length);
        rest.CopyTo(bytes, 0);
        int end = rest.Length;
        while (true)
        {
            int got = ByteSource.Read(source.Stream, bytes.AsSpan(end, bytes.Length - EntryParser.Padding - end), source.Path);
            Total += got;
            end += got;
            if (got == 0)
            {
                finished = true;
                rest = [];
                // A line that was cut off in the middle says nothing.
                if (source.WasCut) end = bytes.AsSpan(0, end).LastIndexOf((byte)'\n') + 1;
                return end == 0 ? null : Closed(bytes, end);
            }
            bool come = source.IsLive && bytes.AsSpan(end - got, got).Contains((byte)'\n');
            if (!come && end < bytes.Length - EntryParser.Padding) continue;
            int lines = bytes.AsSpan(0, end).LastIndexOf((byte)'\n') + 1;
            if (lines > 0)
            {
                rest = bytes[lines..end];
                return Closed(bytes, lines);
            }
            bytes = Widen(bytes);
        }
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(byte[] bytes) => free.Push(bytes);

    public void Dispose() => source.Dispose();

    byte[] Buffer(int used)
    {
        while (used >= room) room *= 2;
        return free.TryPop(out byte[]? bytes) && bytes.Length == room + EntryParser.Padding ? bytes : new byte[room + EntryParser.Padding];
    }

    byte[] Widen(byte[] bytes)
    {
        if (bytes.Length > Longest)
            throw new DataException($"{source.Name}: a line is longer than {Longest >> 20} MiB. Is this not text?");
        room *= 2;
        Array.Resize(ref bytes, room + EntryParser.Padding);
        return bytes;
    }

    // A last line without a line feed gets one; behind it zeros, on which every parser stops.
    static (byte[], int) Closed(byte[] bytes, int end)
    {
        bytes.AsSpan(end, EntryParser.Padding).Clear();
        bytes[end] = (byte)'\n';
        return (bytes, end);
    }
}
