namespace Descent.Estimating;

/// <summary>
/// A trimmed mean of a stream, the mean between the quantiles q of α and 1 − α, in the unit of the numbers: <c>θ = (E clip(x, q_α,
/// q_{1−α}) − α(q_α + q_{1−α}))/(1 − 2α)</c>, for which the errors of the quantiles count squared only; they are streamed beside it (<see
/// cref="StreamingQuantile"/>). Few numbers: the mean without the ⌊nα⌋ smallest and largest (R's mean(x, trim)), the error from the
/// variance of the clipped numbers. Source: Tukey and McLaughlin 1963.
/// </summary>
public sealed class StreamingTrimmedMean : StreamingEstimator
{
    readonly StreamingQuantile lower, upper;
    double low, high;

    /// <summary>A trimmed mean that is wanted.</summary>
    /// <param name="share">α in (0, ½), what is left out at each end.</param>
    public StreamingTrimmedMean(double share)
    {
        if (share is not (> 0 and < 0.5))
            throw new ArgumentOutOfRangeException(nameof(share),
                FormattableString.Invariant($"The share that is trimmed at each end must lie in (0, 0.5); got {share}."));
        Share = share;
        (lower, upper) = (new(share), new(1 - share));
    }

    /// <summary>α.</summary>
    public double Share { get; }

    private protected override StreamEstimate Few(ReadOnlySpan<double> numbers, double level)
    {
        double[] sorted = numbers.ToArray();
        Array.Sort(sorted);
        int n = sorted.Length, left = (int)(n * Share), kept = n - (2 * left);
        double mean = Moments.Mean(sorted.AsSpan(left, kept));
        for (int i = 0; i < n; i++) sorted[i] = Math.Clamp(sorted[i], sorted[left], sorted[n - 1 - left]);
        double squares = Moments.Squares(sorted, Moments.Mean(sorted));
        return StreamEstimate.Of(mean, Math.Sqrt(squares / (n - 1) / n) / (1 - (2 * Share)), kept - 1, level, n);
    }

    private protected override double Begin(ReadOnlySpan<double> first)
    {
        Learn(first);
        return Value(first);
    }

    private protected override double Value(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double x in numbers) sum += x < low ? 0 : (x > high ? high : x) - low;
        return low + (((sum / numbers.Length) - (Share * (high - low))) / (1 - (2 * Share)));
    }

    private protected override void Learn(ReadOnlySpan<double> numbers)
    {
        lower.Add(numbers);
        upper.Add(numbers);
        (low, high) = (lower.Average, Math.Max(lower.Average, upper.Average));
    }
}
