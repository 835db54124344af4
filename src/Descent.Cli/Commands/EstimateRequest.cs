using Descent.Data;

namespace Descent.Cli.Commands;

/// <summary>What <c>descent estimate</c> is asked: the numbers, and what is estimated from them.</summary>
sealed record EstimateRequest(string Path, string? Column, IReadOnlyList<AskedEstimate> Asked, double Level)
{
    // Fourth powers of deviations stay finite, and do not vanish.
    const double Widest = 1e75;

    /// <summary>The bytes of a number where the input is binary; null for text.</summary>
    public int? Bytes { get; init; }

    /// <summary>How text is read.</summary>
    public CsvOptions Reading { get; init; } = new();

    /// <summary>What the input is: csv, tsv, f64 or f32.</summary>
    public string Format { get; init; } = "csv";

    /// <summary>The threshold of Huber's location where it was given.</summary>
    public double? Delta { get; init; }

    /// <summary>The command, by which this can be repeated.</summary>
    public required Caller Caller { get; init; }

    /// <summary>Where the results go; null for nowhere.</summary>
    public OutputSpec Output { get; init; } = new();

    /// <summary>Reads the input once, to its end or until stopped.</summary>
    public StreamedNumbers Run(EstimatePath path, Func<bool> stopped)
    {
        double largest = 0;
        bool Take(ReadOnlySpan<double> numbers)
        {
            foreach (double x in numbers) largest = Math.Max(largest, Math.Abs(x));
            path.Add(numbers);
            return !stopped();
        }
        StreamedNumbers read = Bytes is { } size ? RawNumbers.Read(Path, size == 4, Take, Reading.Missing == MissingPolicy.Skip)
            : ColumnStream.Read(Path, Column, Take, Reading);
        if (largest is > Widest or (> 0 and < 1 / Widest) && !Asked.All(a => a.IsOfOrder))
            throw new DataException($"{Descent.Data.Text.ByteSource.NameOf(Path)}: the largest number is {Text.Number(largest)} in size, "
                + "and squares of such numbers leave the range of double precision. Measure them in another unit; quantiles alone need "
                + "none.");
        return read;
    }

    /// <summary>The estimates of shares such as 0.5,0.9, each in (0, most).</summary>
    public static double[] Shares(string option, string? text, double most)
    {
        if (text is null) return [];
        List<double> found = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
            found.Add(OptionText.IsNumber(part, out double x) && x > 0 && x < most ? x
                : throw new UsageException($"{option} is '{text}'; expected numbers between 0 and {Text.Number(most)}, as in {option} "
                    + $"{(most < 1 ? "0.1" : "0.5,0.9")}."));
        return [.. found];
    }
}
