using Descent.Data;
using Descent.Data.Text;

namespace Descent.Fuzz;

/// <summary>
/// Compressed text, read to its end. gzip and Zstandard are known by their first bytes; Brotli is known by a name, which an input that
/// begins with BR gets for the bytes behind these.
/// </summary>
static class Packed
{
    // A few kilobytes can be gigabytes of zeros, which are no fault of the reader.
    const long Most = 64L << 20;

    public static void Run(byte[] input, string file)
    {
        bool brotli = input.AsSpan().StartsWith("BR"u8);
        string path = brotli ? file + ".br" : file;
        File.WriteAllBytes(path, brotli ? input[2..] : input);
        try
        {
            using Stream stream = ByteSource.Open(path);
            byte[] piece = new byte[1 << 16];
            long total = 0;
            for (int got; total < Most && (got = ByteSource.Read(stream, piece, path)) > 0;) total += got;
        }
        finally
        {
            if (brotli) File.Delete(path);
        }
    }
}
