using System.Text;

namespace Descent.Fuzz;

/// <summary>Changes an input a little: one to four of the changes that break readers.
/// Input k of a seed is the same wherever and whenever it is made.</summary>
sealed class Mutator(IReadOnlyList<byte[]> corpus, ulong seed)
{
    const int Longest = 6000;

    static readonly byte[][] Words = [.. new[]
    {
        "0", "-1", "1e308", "1e-320", "1e999", "-0", "NaN", "Infinity", "2147483647", "2147483648", "4294967296", "9223372036854775807",
        "-9223372036854775808", "18446744073709551616", "1e154", "0.1234567890123456789012345678901234567890",
        "null", "true", "[]", "{}", "\"\"", "\"", "\"\"\"", ",", ";", "\t", "\r", "\n", "\r\n", "\n\n", "#", ":", "::", "1:1", "qid:3",
        "\0", "\u00e9", "\uFEFF", "\u001b[31m", "../../etc/passwd", "/dev/zero", "[[[[[[[[[[[[", "=1+1", "\\u0000", "\\ud800",
        "(missing)", "NA",
    }.Select(Encoding.UTF8.GetBytes)];

    public byte[] Make(long k)
    {
        Draws draws = new(seed, (ulong)k);
        List<byte> b = [.. corpus[draws.NextIndex(corpus.Count)]];
        if (b.Count > Longest) b.RemoveRange(Longest, b.Count - Longest);
        for (int changes = 1 + draws.NextIndex(4); changes > 0; changes--) Change(b, draws);
        return [.. b];
    }

    void Change(List<byte> b, Draws draws)
    {
        int at = draws.NextIndex(b.Count + 1), length = Math.Min(b.Count - at, 1 + draws.NextIndex(draws.NextIndex(4) == 0 ? 200 : 8));
        switch (draws.NextIndex(9))
        {
            case 0 when at < b.Count:
                b[at] ^= (byte)(1 << draws.NextIndex(8));
                break;
            case 1 when at < b.Count:
                b[at] = (byte)draws.NextIndex(256);
                break;
            case 2:
                b.RemoveRange(at, length);
                break;
            case 3:
                b.InsertRange(at, b.GetRange(at, length));
                break;
            case 4:
                b.InsertRange(at, Words[draws.NextIndex(Words.Length)]);
                break;
            case 5:
                Replace(b, at, Words[draws.NextIndex(Words.Length)]);
                break;
            case 6:
                b.RemoveRange(at, b.Count - at);
                break;
            case 7:
                byte[] other = corpus[draws.NextIndex(corpus.Count)];
                int from = draws.NextIndex(other.Length + 1);
                b.RemoveRange(at, b.Count - at);
                b.AddRange(other.AsSpan(from, Math.Min(other.Length - from, Longest)));
                break;
            default:
                // A number of eight bytes, as headers have them.
                for (int i = 0; i < 8 && at + i < b.Count; i++) b[at + i] = (byte)(draws.NextIndex(2) == 0 ? 0xFF : 0);
                break;
        }
    }

    // A whole token: what stands between two marks.
    static void Replace(List<byte> b, int at, byte[] word)
    {
        static bool IsMark(byte c) => c is (byte)',' or (byte)':' or (byte)'\n' or (byte)'\t' or (byte)' ' or (byte)'[' or (byte)']'
            or (byte)'{' or (byte)'}' or (byte)'"';
        int from = at, to = at;
        while (from > 0 && !IsMark(b[from - 1]) && at - from < 40) from--;
        while (to < b.Count && !IsMark(b[to]) && to - at < 40) to++;
        b.RemoveRange(from, to - from);
        b.InsertRange(from, word);
    }
}
