namespace Descent.Data.Text;

/// <summary>
/// A stream with some bytes put back in front of it. A file behind it may not end before the length it had when it was opened.
/// </summary>
sealed class PrefixedStream(byte[] prefix, Stream rest) : ForwardStream
{
    readonly long promised = rest is FileStream { CanSeek: true } ? rest.Length : 0;
    int given;

    /// <summary>Length of the file behind when it is known; 0 otherwise.</summary>
    public long RestLength => rest is PrefixedStream inner ? inner.RestLength : promised;

    public override int Read(Span<byte> buffer)
    {
        if (given == prefix.Length)
        {
            int got = rest.Read(buffer);
            if (got == 0 && buffer.Length > 0 && promised > 0 && rest.Position < promised)
                throw new IOException($"the file had {promised} bytes when it was opened and ended after {rest.Position}: it was "
                    + $"shortened while it was read");
            return got;
        }
        int take = Math.Min(buffer.Length, prefix.Length - given);
        prefix.AsSpan(given, take).CopyTo(buffer);
        given += take;
        return take;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) rest.Dispose();
        base.Dispose(disposing);
    }
}
