using System.Text;
using Descent.Data.Files;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>
/// An input that is opened once and read once from start to end: a file, a pipe, or standard input (<c>-</c>), plain or packed by gzip,
/// Zstandard or Brotli, in UTF-8, UTF-16 (byte order mark) or Latin-1 (when named). What is looked at beforehand is
/// handed on to the reader.
/// </summary>
/// <remarks>
/// Text reaches the readers as UTF-8 without a byte order mark; lines that end in carriage returns alone reach them with line feeds. A file
/// that shrinks while it is read, and compressed data that is cut off, damaged or followed by other bytes, are errors. Memory: what is
/// looked at, at most 64 KiB.
/// </remarks>
public sealed class DataSource : IDisposable
{
    const int LookAt = 1 << 16;
    readonly byte[] head;
    readonly PrefixedStream stream;
    readonly LivePump? live;
    readonly ReadCount count;
    FileStream? file;
    readonly long begun;
    readonly long? end;

    DataSource(DataSource from, LivePump rest)
        : this(from.Path, from.Encoding, from.head, rest, 0, from.HeadIsAll, from.EndsInCarriageReturns, null) => live = rest;

    DataSource(string path, string encoding, byte[] head, Stream rest, long length, bool wholeHead, bool carriageReturns,
        FileStream? file, long begun = 0, ReadCount? count = null, long? end = null)
    {
        (this.file, this.begun, this.end, this.count) = (file, begun, end, count ?? new ReadCount());
        Path = path;
        Encoding = encoding;
        ExpectedLength = length;
        HeadIsAll = wholeHead;
        EndsInCarriageReturns = carriageReturns;
        this.head = head;
        stream = new PrefixedStream(head, rest);
    }

    /// <summary>The path as given.</summary>
    public string Path { get; }

    /// <summary>The name for messages.</summary>
    public string Name => ByteSource.NameOf(Path);

    /// <summary>utf-8, utf-16 or latin1.</summary>
    public string Encoding { get; }

    /// <summary>Whether lines end in carriage returns alone.</summary>
    public bool EndsInCarriageReturns { get; }

    /// <summary>The first bytes of the text, at most 64 KiB.</summary>
    public ReadOnlySpan<byte> Head => head;

    /// <summary>Whether the head is the whole content.</summary>
    public bool HeadIsAll { get; }

    /// <summary>Length of the text when it is known beforehand; 0 otherwise.</summary>
    internal long ExpectedLength { get; }

    /// <summary>Bytes of the file that were read, compressed as they lie there: by readings that are closed, those of parts among
    /// them.</summary>
    internal long BytesRead => count.Bytes;

    /// <summary>Length of the file as it lies there; null for what is no file.</summary>
    internal long? FileLength => Path == "-" ? null : Files.LocalFileSystem.Stamp(Path)?.Length;

    /// <summary>Where in the file its first byte lies.</summary>
    internal long Begins => begun;

    /// <summary>Whether it holds the last line of the file.</summary>
    internal bool EndsFile => end is null || end == FileLength;

    /// <summary>Whether reading can begin in the middle: not in pipes, compressed files, other encodings than UTF-8, other ends of
    /// lines.</summary>
    internal bool CanBeEntered => Path != "-" && Encoding == "utf-8" && !EndsInCarriageReturns && ExpectedLength > 0;

    internal Stream Stream => stream;

    /// <summary>Whether what has come is handed on at once, however little it is.</summary>
    internal bool IsLive => live is not null;

    /// <summary>Whether the waiting for more was called off.</summary>
    internal bool WasCut => live?.WasCut == true;

    /// <summary>Opens an input and looks at its beginning.</summary>
    /// <param name="path">A path, or <c>-</c> for standard input.</param>
    /// <param name="encoding">utf-8, utf-16 or latin1; null for UTF-8, or UTF-16 where a byte order mark says so.</param>
    /// <exception cref="DataException">It cannot be opened, or its first bytes are no text of that encoding.</exception>
    public static DataSource Open(string path, string? encoding = null)
    {
        return Open(path, encoding, new ReadCount());
    }

    static DataSource Open(string path, string? encoding, ReadCount count)
    {
        Stream plain = ByteSource.OpenPlain(path);
        try
        {
            return Open(path, encoding, ByteSource.Unpacked(plain, path),
                plain is FileStream { CanSeek: true } file ? file : null, count);
        }
        catch
        {
            plain.Dispose();
            throw;
        }
    }

    /// <summary>Opens an input that may never end: its lines are handed on as they come, and the waiting for more can be called
    /// off.</summary>
    /// <param name="path">A path, or <c>-</c> for standard input.</param>
    /// <param name="encoding">As for others.</param>
    /// <param name="cancel">Calls off the waiting: the input then ends with the last whole line.</param>
    /// <param name="waiting">Called before waiting, and a few times a second while it lasts.</param>
    /// <returns>Null where the waiting was called off before the first line.</returns>
    internal static DataSource? OpenLive(string path, string? encoding, CancellationToken cancel, Action waiting)
    {
        LivePump pump = new(() =>
        {
            Stream raw = ByteSource.Open(path);
            try
            {
                return Open(path, encoding, raw, null, new ReadCount(), true);
            }
            catch
            {
                raw.Dispose();
                throw;
            }
        }, cancel, waiting);
        try
        {
            return pump.Opened() is { } opened ? new DataSource(opened, pump) : null;
        }
        catch
        {
            pump.Dispose();
            throw;
        }
    }

    /// <summary>Opens several inputs; none stays open when one cannot be. A pattern, <c>data/*.csv</c>, stands for the files that match, in
    /// ordinal order.</summary>
    /// <exception cref="DataException">One cannot be opened.</exception>
    public static DataSource[] OpenAll(IReadOnlyList<string> paths, string? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        paths = Files.InputPaths.Expand(paths);
        if (paths.Count(p => p == "-") > 1) throw new DataException("standard input ('-') is named twice; it can be read once only.");
        List<DataSource> open = [];
        try
        {
            foreach (string path in paths) open.Add(Open(path, encoding));
            return [.. open];
        }
        catch
        {
            foreach (DataSource s in open) s.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The lines of the same file that begin in one of several equal ranges of its bytes: every line belongs to one part, and no other is
    /// read. Null for what cannot be entered in the middle: pipes, compressed files, other encodings than UTF-8, other ends of lines.
    /// </summary>
    /// <param name="part">Number of the part, from 0.</param>
    /// <param name="parts">How many there are, at least 1.</param>
    /// <exception cref="DataException">The file is no longer there, or cannot be read.</exception>
    public DataSource? Part(int part, int parts)
    {
        if (!CanBeEntered || FileLength is not { } length) return null;
        return Range(Place(part), Place(part + 1));

        long Place(int p) => (long)((Int128)length * p / parts);
    }

    /// <summary>The lines of the same file that begin in a range of its bytes; null for what cannot be entered in the middle.</summary>
    /// <param name="first">First byte of the range.</param>
    /// <param name="end">The byte behind its last.</param>
    /// <exception cref="DataException">The file is no longer there, or cannot be read.</exception>
    internal DataSource? Range(long first, long end)
    {
        if (!CanBeEntered || ByteSource.OpenPlain(Path) is not FileStream { CanSeek: true } plain) return null;
        try
        {
            long from = FileRange.LineAt(plain, first, count), to = FileRange.LineAt(plain, end, count);
            plain.Position = from;
            FileRange range = new(plain, to - from);
            byte[] start = Peek(range, Path, out bool all);
            if (from == 0 && start.AsSpan().StartsWith("\uFEFF"u8)) start = start[3..];
            return new DataSource(Path, Encoding, start, range, to - from, all, false, plain, from, count, to);
        }
        catch (IOException e)
        {
            plain.Dispose();
            throw new DataException($"{Name}: reading failed ({e.Message.TrimEnd('.')}).", e);
        }
    }

    /// <summary>The same file from its start once more, its bytes counted with those of this one.</summary>
    /// <exception cref="DataException">It is no longer there, or cannot be read.</exception>
    internal DataSource Again() => Open(Path, Encoding == "binary" ? null : Encoding, count);

    /// <summary>Closes the file, pipe or stream; it can be called again.</summary>
    public void Dispose()
    {
        // A closed file no longer says where it stood.
        if (file is { CanRead: true } open)
        {
            count.Add(open.Position - begun);
            file = null;
        }
        stream.Dispose();
    }

    static DataSource Open(string path, string? encoding, Stream raw, FileStream? file, ReadCount count, bool live = false)
    {
        byte[] head = Peek(raw, path, out bool all, live);
        // Binary arrays are handed on as they are.
        if (head is [0, 0, ..] || Kinds.IsNumpy(head)) return Of("binary", raw, 0, false);
        string name = ByteSource.NameOf(path);
        Kinds.RequireKnown(head, name);
        string found = encoding ?? (Marked(head) ? "utf-16" : "utf-8");
        long length = raw is PrefixedStream plain && found != "utf-16" ? plain.RestLength : 0;
        Encoding? other = found switch
        {
            "utf-8" => null,
            "utf-16" => new UnicodeEncoding(head is [0xFE, 0xFF, ..], true, true),
            "latin1" => System.Text.Encoding.Latin1,
            _ => throw new DataException($"the encoding '{found}' is not known; expected utf-8, utf-16 or latin1."),
        };
        if (other is not null)
        {
            raw = System.Text.Encoding.CreateTranscodingStream(new PrefixedStream(head, raw), other, new UTF8Encoding(false, true));
            head = Peek(raw, path, out all, live);
        }
        if (head.AsSpan().StartsWith("\uFEFF"u8)) head = head[3..];
        bool returns = head.AsSpan().Contains((byte)'\r') && !head.AsSpan().Contains((byte)'\n');
        // A last carriage return before the end of what was looked at may belong to a line feed that follows.
        if (returns && !all && head.AsSpan().IndexOf((byte)'\r') == head.Length - 1) returns = false;
        if (!returns) return Of(found, raw, length, false);
        head.AsSpan().Replace((byte)'\r', (byte)'\n');
        return Of(found, new LineFeedStream(raw), length, true);

        DataSource Of(string encoding, Stream rest, long length, bool returns) =>
            new(path, encoding, head, rest, length, all, returns, file, 0, count);
    }

    static bool Marked(ReadOnlySpan<byte> head) => head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    // The first line is enough of an input that comes as it is written.
    static byte[] Peek(Stream stream, string path, out bool all, bool live = false)
    {
        byte[] head = new byte[LookAt];
        int got = 0;
        all = false;
        while (got < head.Length)
        {
            int more = ByteSource.Read(stream, head.AsSpan(got), path);
            got += more;
            if (more > 0 && live && head.AsSpan(got - more, more).Contains((byte)'\n')) break;
            if (more > 0) continue;
            all = true;
            break;
        }
        return head[..got];
    }
}
