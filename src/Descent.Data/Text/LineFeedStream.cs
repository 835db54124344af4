namespace Descent.Data.Text;

/// <summary>Text whose lines end in carriage returns alone, with line feeds in their place.</summary>
sealed class LineFeedStream(Stream inner) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        int got = inner.Read(buffer);
        buffer[..got].Replace((byte)'\r', (byte)'\n');
        return got;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
