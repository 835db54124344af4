using System.Globalization;

namespace Descent.Cli;

/// <summary>
/// A size of memory as it is typed: a number of bytes, or with K, M, G or T (of 1024 each), with or without B or iB behind.
/// </summary>
static class MemorySize
{
    const long Least = 64L << 20;

    /// <exception cref="UsageException">It is no size, or less than the program itself needs.</exception>
    public static long Parse(string text)
    {
        string number = text.EndsWith("iB", StringComparison.OrdinalIgnoreCase) ? text[..^2] : text.EndsWith('B') || text.EndsWith('b')
            ? text[..^1] : text;
        int power = number.Length == 0 ? -1 : "KMGT".IndexOf(char.ToUpperInvariant(number[^1]), StringComparison.Ordinal);
        if (power >= 0) number = number[..^1];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double x) || !(x > 0)
            || x * Math.Pow(1024, power + 1) >= long.MaxValue)
            throw new UsageException($"--memory-limit is '{text}'; expected a size such as 500M or 4G.");
        long bytes = (long)(x * Math.Pow(1024, power + 1));
        return bytes >= Least ? bytes : throw new UsageException($"--memory-limit is '{text}'; the program itself needs 64M.");
    }
}
