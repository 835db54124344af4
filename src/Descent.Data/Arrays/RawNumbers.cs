using System.Runtime.InteropServices;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>
/// Reads numbers that lie one after another as IEEE 754 doubles or singles, little-endian, without a head: what numpy's tofile writes, or
/// R's writeBin. A quarter of a mebibyte at a time; nothing is kept. Bytes are taken as they lie, compressed ones are not recognised.
/// </summary>
public static class RawNumbers
{
    const int Bytes = 1 << 18;

    /// <summary>Reads to the end, or until no more is wanted.</summary>
    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    /// <param name="singles">Whether a number has four bytes; eight otherwise.</param>
    /// <param name="sink">Takes the numbers.</param>
    /// <param name="skipMissing">Whether NaN, which stands for a missing value, is left out and counted; an error otherwise.</param>
    /// <exception cref="DataException">It cannot be read, ends within a number, holds ±∞, or NaN where that is an error.</exception>
    public static StreamedNumbers Read(string path, bool singles, NumberSink sink, bool skipMissing = false)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Raw numbers are read on little-endian machines.");
        using Stream stream = ByteSource.OpenPlain(path);
        int size = singles ? sizeof(float) : sizeof(double), held = 0;
        byte[] buffer = new byte[Bytes];
        double[] wide = new double[singles ? Bytes / sizeof(float) : 0];
        long rows = 0, missing = 0;
        while (true)
        {
            int got = ByteSource.Read(stream, buffer.AsSpan(held), path);
            held += got;
            if (got == 0) break;
            int whole = held / size;
            Span<byte> bytes = buffer.AsSpan(0, whole * size);
            Span<double> numbers = singles ? Widened(MemoryMarshal.Cast<byte, float>(bytes), wide)
                : MemoryMarshal.Cast<byte, double>(bytes);
            int kept = Settle(numbers, rows + missing, path, skipMissing);
            (rows, missing) = (rows + kept, missing + whole - kept);
            if (kept > 0 && !sink(numbers[..kept])) return new StreamedNumbers(null, rows, missing, 0);
            held -= whole * size;
            buffer.AsSpan(whole * size, held).CopyTo(buffer);
        }
        if (held > 0)
            throw new DataException($"{ByteSource.NameOf(path)}: ends {held} {(held == 1 ? "byte" : "bytes")} after number "
                + $"{rows + missing}; expected numbers of {size} bytes each. Is the format right, and the file whole?");
        return new StreamedNumbers(null, rows, missing, 0);
    }

    static Span<double> Widened(ReadOnlySpan<float> from, double[] to)
    {
        for (int i = 0; i < from.Length; i++) to[i] = from[i];
        return to.AsSpan(0, from.Length);
    }

    // Moves the finite numbers together; mostly all are, and nothing is moved.
    static int Settle(Span<double> numbers, long before, string path, bool skipMissing)
    {
        int kept = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            double x = numbers[i];
            if (double.IsFinite(x)) numbers[kept++] = x;
            else if (!double.IsNaN(x) || !skipMissing) throw Refusal(x, before + i + 1, path);
        }
        return kept;
    }

    static DataException Refusal(double x, long number, string path) => double.IsNaN(x)
        ? new($"{ByteSource.NameOf(path)}, number {number}: found NaN, a missing value. Leave these out with `Missing = skip`.")
        : new($"{ByteSource.NameOf(path)}, number {number}: found {(x > 0 ? "∞" : "−∞")}, expected finite numbers. "
            + "Take it out; or is the format another?");
}
