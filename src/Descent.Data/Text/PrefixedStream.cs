namespace Descent.Data.Text;

/// <summary>A stream with some bytes put back in front of it.</summary>
sealed class PrefixedStream(byte[] prefix, Stream rest) : Stream
{
    readonly byte[] last = new byte[4];
    int given;

    /// <summary>The last four bytes that were read.</summary>
    public ReadOnlySpan<byte> LastFour => last;

    /// <summary>Length of the stream behind when it is known; 0 otherwise.</summary>
    public long RestLength => rest.CanSeek ? rest.Length : 0;

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
        if (given == prefix.Length)
        {
            int got = rest.Read(buffer);
            Remember(buffer[..got]);
            return got;
        }
        int take = Math.Min(buffer.Length, prefix.Length - given);
        prefix.AsSpan(given, take).CopyTo(buffer);
        Remember(buffer[..take]);
        given += take;
        return take;
    }

    void Remember(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 4)
        {
            bytes[^4..].CopyTo(last);
            return;
        }
        last.AsSpan(bytes.Length).CopyTo(last);
        bytes.CopyTo(last.AsSpan(4 - bytes.Length));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) rest.Dispose();
        base.Dispose(disposing);
    }
}
