using Descent.Data.Text;

namespace Descent.Data.Files;

/// <summary>The bytes of a file from where it stands, so many and no more.</summary>
sealed class FileRange(FileStream file, long length) : ForwardStream
{
    long left = length;

    /// <summary>Where the first line begins at or after a place: the place itself when a line ends before it.</summary>
    /// <param name="file">The file; where it stands is changed.</param>
    /// <param name="place">A place in it.</param>
    /// <param name="count">Takes the bytes that were looked at.</param>
    public static long LineAt(FileStream file, long place, ReadCount count)
    {
        if (place <= 0) return 0;
        file.Position = place - 1;
        byte[] buffer = new byte[1 << 12];
        for (long at = place - 1; ;)
        {
            int got = file.Read(buffer);
            if (got == 0) return file.Length;
            count.Add(got);
            int end = buffer.AsSpan(0, got).IndexOf((byte)'\n');
            if (end >= 0) return at + end + 1;
            at += got;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        int got = left == 0 ? 0 : file.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
        left -= got;
        return got;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }
}
