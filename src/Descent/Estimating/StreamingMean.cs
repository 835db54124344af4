namespace Descent.Estimating;

/// <summary>
/// The mean of a stream, <c>θ = E x</c>, in the unit of the numbers. ψ(x) = x − θ, slope 1: T is the mean of a batch. Few numbers: the
/// error is <c>s/√n</c>, Student's t with n − 1 degrees of freedom. The law needs a variance.
/// </summary>
public sealed class StreamingMean : StreamingEstimator
{
    double origin;

    private protected override StreamEstimate Few(ReadOnlySpan<double> numbers, double level)
    {
        double mean = Moments.Mean(numbers);
        int n = numbers.Length;
        return StreamEstimate.Of(mean, Math.Sqrt(Moments.Squares(numbers, mean) / (n - 1) / n), n - 1, level, n);
    }

    private protected override double Begin(ReadOnlySpan<double> first) => origin = Moments.Mean(first);

    // About the start: what the numbers stand far from zero would swallow their differences.
    private protected override double Value(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double x in numbers) sum += x - origin;
        return origin + (sum / numbers.Length);
    }

    private protected override void Learn(ReadOnlySpan<double> numbers)
    {
    }
}
