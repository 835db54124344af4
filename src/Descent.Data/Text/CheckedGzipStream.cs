using System.Buffers.Binary;
using System.IO.Compression;

namespace Descent.Data.Text;

/// <summary>A gzip stream that notices when its file has been cut off, which the platform's reader takes for the end.</summary>
/// <remarks>The last four bytes of a gzip file hold the length of its last member; more than has been read means that something is missing.</remarks>
sealed class CheckedGzipStream(PrefixedStream raw) : Stream
{
    readonly GZipStream inner = new(raw, CompressionMode.Decompress);
    long total;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int got = inner.Read(buffer);
        total += got;
        if (got == 0 && buffer.Length > 0) CheckEnd();
        return got;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    void CheckEnd()
    {
        uint promised = BinaryPrimitives.ReadUInt32LittleEndian(raw.LastFour);
        if (promised > total) throw new InvalidDataException($"it ends after {total} bytes of content, {promised} are promised");
    }
}
