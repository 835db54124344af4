using System.Text;

namespace Descent.Data.Text;

/// <summary>Opens files, packed or not, and standard input (<c>-</c>) as one kind of stream, and words what can go wrong.</summary>
public static class ByteSource
{
    /// <summary>Opens a source for reading; gzip and Zstandard are known by their first bytes, Brotli by the ending <c>.br</c>.</summary>
    /// <exception cref="DataException">Missing, a directory, not readable.</exception>
    public static Stream Open(string path) => Unpacked(OpenPlain(path), path);

    /// <summary>What a source holds, given its bytes as they lie.</summary>
    internal static Stream Unpacked(Stream raw, string path)
    {
        byte[] magic = new byte[Compression.LooksAt];
        magic = magic[..raw.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)];
        return Compression.Unpack(magic, new PrefixedStream(magic, raw), path);
    }

    /// <summary>Opens a source whose bytes are taken as they lie.</summary>
    /// <exception cref="DataException">Missing, a directory, not readable.</exception>
    public static Stream OpenPlain(string path) => path == "-" ? Console() : File(path);

    /// <summary>The name by which messages call a source: its path, or “standard input”.</summary>
    public static string NameOf(string path) => path == "-" ? "standard input" : path;

    /// <summary>Reads into a buffer; wraps damaged compressed data in a sentence.</summary>
    public static int Read(Stream stream, Span<byte> buffer, string path)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            return stream.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{NameOf(path)}: the compressed data is damaged or cut off ({e.Message.TrimEnd('.')}). Expected a "
                + $"complete file; fetch or compress it again.", e);
        }
        catch (IOException e)
        {
            throw new DataException($"{NameOf(path)}: reading failed ({e.Message.TrimEnd('.')}).", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new DataException($"{NameOf(path)}: the bytes are no UTF-16 text. Name the encoding with `Encoding = utf-8` or "
                + $"latin1, or convert the file.", e);
        }
    }

    /// <summary>Reads until a buffer is full or the stream ends.</summary>
    /// <returns>How many bytes were read.</returns>
    internal static int Fill(Stream stream, Span<byte> buffer, string path)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int got = Read(stream, buffer[total..], path);
            if (got == 0) break;
            total += got;
        }
        return total;
    }

    /// <summary>So many bytes; memory grows with what the stream holds, so that a header cannot promise it away.</summary>
    /// <exception cref="DataException">There are fewer.</exception>
    internal static byte[] Body(Stream stream, long promised, string path, Func<int, string> cutOff)
    {
        byte[] raw = new byte[Math.Min(promised, 1 << 20)];
        int got = 0;
        while (true)
        {
            got += Fill(stream, raw.AsSpan(got), path);
            if (got == promised) return raw;
            if (got < raw.Length) throw new DataException(cutOff(got));
            Array.Resize(ref raw, (int)Math.Min(promised, 2L * raw.Length));
        }
    }

    static FileStream File(string path)
    {
        if (Directory.Exists(path)) throw new DataException($"{path}: is a directory; expected a data file. Name the file inside it.");
        if (!System.IO.File.Exists(path))
            throw new DataException($"{path}: no such file. Check the path; relative paths start at {Directory.GetCurrentDirectory()}.");
        try
        {
            return Files.LocalFileSystem.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be opened ({e.Message.TrimEnd('.')}).", e);
        }
    }

    static Stream Console() => Files.StandardStreams.OpenInput();
}
