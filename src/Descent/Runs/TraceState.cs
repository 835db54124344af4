using Descent.Rules;

namespace Descent.Runs;

/// <summary>A trace as a piece of state.</summary>
public static class TraceState
{
    const int Width = 15;

    /// <summary>Shows a list of trace points to a visitor as one buffer of 15 numbers a point, with its length; it is replaced by what was
    /// kept.</summary>
    /// <exception cref="FormatException">What was kept is no list of points.</exception>
    public static void Points(this IStateVisitor visitor, string name, List<TracePoint> trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        double[] numbers = new double[trace.Count * Width];
        for (int i = 0; i < trace.Count; i++) Write(trace[i], numbers.AsSpan(i * Width, Width));
        numbers = visitor.Array(name, numbers);
        if (numbers.Length % Width != 0) throw new FormatException($"'{name}' holds {numbers.Length} numbers, which make no whole points.");
        trace.Clear();
        for (int i = 0; i < numbers.Length; i += Width) trace.Add(Read(numbers.AsSpan(i, Width)));
    }

    static void Write(TracePoint p, Span<double> to)
    {
        RunSums sums = p.Sums ?? default;
        ReadOnlySpan<double> numbers = [Bits(p.Step), Bits(p.Gradients), p.Epochs, p.Seconds, p.Value, p.GradientNorm, p.StepSize,
            p.LowerBound,
            p.Distance, p.Sums is null
                ? 0 : 1, Bits(sums.Steps), sums.StepSizes, sums.SquaredMoves, sums.SquaredGradients, sums.CoordinateRoots];
        numbers.CopyTo(to);
    }

    static TracePoint Read(ReadOnlySpan<double> x) => new(Whole(x[0]), Whole(x[1]), x[2], x[3], x[4], x[5], x[6], x[7])
    {
        Distance = x[8],
        Sums = x[9] == 0 ? null : new RunSums(Whole(x[10]), x[11], x[12], x[13], x[14]),
    };

    // Integers keep all their bits.
    static double Bits(long x) => BitConverter.Int64BitsToDouble(x);

    static long Whole(double x) => BitConverter.DoubleToInt64Bits(x);
}
