using System.Buffers.Binary;

namespace Descent.Data;

/// <summary>
/// The bytes of a file as the library reads them. It asks for the length of a message or of the list at the end by a read of exactly four
/// bytes, and makes room for what they say: a length that goes beyond the file is refused here, before that, and what is read next, the
/// head of the message or the list, is looked through before the library has it.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="isFile">Whether it has a list at its end, and is no stream.</param>
sealed class ArrowBytes(Stream file, bool isFile) : Stream
{
    // ARROW1, which ends a file.
    const int Magic = 6;
    int promised;
    bool isFooter;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        long from = file.Position;
        int got = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (got < buffer.Length) return got;
        if (promised > 0 && got == promised) Look(buffer);
        promised = 0;
        if (got == sizeof(int)) Promise(BinaryPrimitives.ReadInt32LittleEndian(buffer), from);
        return got;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    void Promise(int length, long from)
    {
        if (length > file.Length)
            throw new InvalidDataException($"a part of it promises {length} bytes, and the file has {file.Length}");
        (promised, isFooter) = (length, isFile && from == file.Length - Magic - sizeof(int));
    }

    void Look(ReadOnlySpan<byte> bytes)
    {
        if (isFooter) ArrowMetadata.RequireFooter(bytes);
        else ArrowMetadata.RequireMessage(bytes);
    }
}
