using ZstdSharp;

namespace Descent.Data.Text;

/// <summary>A Zstandard file (RFC 8878): frames in a row are one text; a frame that is cut, and bytes that are none, are errors.</summary>
sealed class ZstdFrames(Stream raw) : ForwardStream
{
    readonly DecompressionStream frames = new(raw, checkEndOfStream: true, leaveOpen: false);

    public override int Read(Span<byte> target)
    {
        try
        {
            return frames.Read(target);
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException($"Zstandard says: {e.Message}", e);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("the Zstandard data ends inside a frame", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) frames.Dispose();
        base.Dispose(disposing);
    }
}
