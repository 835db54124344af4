namespace Descent.Estimating;

/// <summary>
/// The variance of a stream, <c>θ = E(x − Ex)²</c>, in the square of the numbers' unit. T is the mean of <c>(x − m)²</c> over a batch, m
/// the mean of the numbers before: its error counts squared only. Few numbers: <c>s² = Σ(x − x̄)²/(n − 1)</c>, the error <c>√((m₄ −
/// m₂²)/n)</c>, which is not told where it is rounding alone: two numbers, or two values in equal shares, have m₄ = m₂² whatever their
/// law. The law needs a fourth moment.
/// </summary>
public sealed class StreamingVariance : StreamingEstimator
{
    double mean;
    long seen;

    private protected override StreamEstimate Few(ReadOnlySpan<double> numbers, double level)
    {
        int n = numbers.Length;
        double m = Moments.Mean(numbers), squares = Moments.Squares(numbers, m), fourth = 0;
        if (n < 2) return StreamEstimate.Of(double.NaN, double.NaN, 0, level, n);
        foreach (double x in numbers) fourth += (x - m) * (x - m) * (x - m) * (x - m) / n;
        double left = fourth - (squares / n * (squares / n)),
            error = squares > 0 && !(left > 1e-12 * fourth) ? double.NaN : Math.Sqrt(Math.Max(0, left) / n);
        return StreamEstimate.Of(squares / (n - 1), error, n - 1, level, n);
    }

    private protected override double Begin(ReadOnlySpan<double> first)
    {
        mean = Moments.Mean(first);
        seen = first.Length;
        return Value(first);
    }

    private protected override double Value(ReadOnlySpan<double> numbers) => Moments.Squares(numbers, mean) / numbers.Length;

    private protected override void Learn(ReadOnlySpan<double> numbers)
    {
        seen += numbers.Length;
        double sum = 0;
        foreach (double x in numbers) sum += x - mean;
        mean += sum / seen;
    }
}
