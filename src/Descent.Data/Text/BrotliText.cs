using System.Buffers;
using System.IO.Compression;

namespace Descent.Data.Text;

/// <summary>A Brotli file (RFC 7932) read strictly: it ends where its last block says, and nothing stands behind.</summary>
sealed class BrotliText(Stream raw) : ForwardStream
{
    readonly byte[] buffer = new byte[1 << 16];
    BrotliDecoder decoder;
    int from, to;
    bool done;

    public override int Read(Span<byte> target)
    {
        while (!done && target.Length > 0)
        {
            OperationStatus status = decoder.Decompress(buffer.AsSpan(from, to - from), target, out int used, out int written);
            from += used;
            if (status == OperationStatus.InvalidData) throw new InvalidDataException("its bytes are no Brotli data");
            if (status == OperationStatus.Done) End();
            if (written > 0) return written;
            if (status != OperationStatus.NeedMoreData) continue;
            buffer.AsSpan(from, to - from).CopyTo(buffer);
            (from, to) = (0, to - from);
            int got = raw.Read(buffer.AsSpan(to));
            if (got == 0) throw new InvalidDataException("the Brotli data ends inside its content");
            to += got;
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoder.Dispose();
            raw.Dispose();
        }
        base.Dispose(disposing);
    }

    void End()
    {
        done = true;
        if (from < to || raw.Read(buffer.AsSpan(0, 1)) > 0)
            throw new InvalidDataException("bytes that are no Brotli data follow behind its end");
    }
}
