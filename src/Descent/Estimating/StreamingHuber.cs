namespace Descent.Estimating;

/// <summary>
/// Huber's location of a stream, the root of <c>E ψ(x − θ)</c> with <c>ψ(r) = max(−δ, min(δ, r))</c>, in the unit of the numbers. δ is
/// given, or k times the normalised median absolute deviation (1.4826·med|x − med x|), which is streamed beside it. Slope: <c>A = P(|x −
/// θ| ≤ δ)</c>. Few numbers: the root itself, its error by the sandwich, the scale taken as known (as R's rlm takes it). Source: Huber
/// 1964.
/// </summary>
/// <remarks>
/// For laws that are not symmetric θ depends on δ, and the error of the scale is part of that of θ. A batch adds to the scale what it adds
/// to the two medians, by their densities at the start (von Mises' expansion); with the difference of the two tails as the slope of θ in δ
/// that is added to the values whose spread is the error.
/// </remarks>
public sealed class StreamingHuber : StreamingEstimator
{
    const double Normal = 1.4826;
    readonly StreamingQuantile? median, deviation;
    readonly double[] distances = new double[First];
    readonly double given;
    double theta, slope, delta, tails, lean;
    long batches;

    /// <summary>Huber's location with a scale of its own.</summary>
    /// <param name="tuning">k &gt; 0; 1.345 loses 5 % where the numbers are normal.</param>
    public StreamingHuber(double tuning = 1.345)
    {
        Tuning = Guard.Positive("The tuning constant", tuning, nameof(StreamingHuber));
        (median, deviation) = (new(0.5), new(0.5));
    }

    StreamingHuber(double? delta)
    {
        given = Guard.Positive("The threshold δ", delta!.Value, nameof(StreamingHuber));
        Tuning = double.NaN;
    }

    /// <summary>k; NaN where δ is given.</summary>
    public double Tuning { get; }

    /// <summary>Huber's location with a threshold δ &gt; 0 in the unit of the numbers.</summary>
    public static StreamingHuber WithThreshold(double delta) => new((double?)delta);

    private protected override StreamEstimate Few(ReadOnlySpan<double> numbers, double level)
    {
        double d = Threshold(numbers), root = Root(numbers, d), squares = 0;
        int n = numbers.Length, inside = 0;
        foreach (double x in numbers)
        {
            double r = x - root;
            squares += Math.Min(r * r, d * d);
            if (Math.Abs(r) <= d) inside++;
        }
        return inside == 0 ? StreamEstimate.Of(root, double.NaN, 0, level, n)
            : StreamEstimate.Of(root, Math.Sqrt(squares * n / Math.Max(1, n - 1)) / inside, n - 1, level, n);
    }

    private protected override double Begin(ReadOnlySpan<double> first)
    {
        delta = Threshold(first);
        theta = Root(first, delta);
        batches = First / Batch;
        (slope, tails) = Slopes(first);
        slope = Math.Max(slope, 1.0 / First);
        if (median is null) return theta;
        Follow(first);
        lean = Lean(first);
        return theta;
    }

    private protected override double Value(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double x in numbers)
        {
            double r = x - theta;
            sum += r < -delta ? -delta : r > delta ? delta : r;
        }
        return theta + (sum / numbers.Length / slope);
    }

    private protected override void Learn(ReadOnlySpan<double> numbers)
    {
        (double inside, double beyond) = Slopes(numbers);
        slope += (inside - slope) / ++batches;
        tails += (beyond - tails) / batches;
        theta = Average;
        if (median is null) return;
        Follow(numbers);
        delta = Math.Max(Tuning * Normal * deviation!.Iterate, delta * 1e-3);
    }

    // Distances from the median as it was before these numbers; at the start, as it is with them.
    void Follow(ReadOnlySpan<double> numbers)
    {
        bool starts = median!.Count == 0;
        if (starts) median.Add(numbers);
        for (int i = 0; i < numbers.Length; i++) distances[i] = Math.Abs(numbers[i] - median.Iterate);
        deviation!.Add(distances.AsSpan(0, numbers.Length));
        if (!starts) median.Add(numbers);
    }

    private protected override double Linear(ReadOnlySpan<double> numbers, double value)
    {
        if (median is null) return value;
        double m = median.Iterate, d = deviation!.Iterate;
        int below = 0, near = 0;
        foreach (double x in numbers)
        {
            if (x <= m) below++;
            if (Math.Abs(x - m) <= d) near++;
        }
        double ofMedian = median.Gain * (0.5 - ((double)below / numbers.Length));
        double ofDeviation = deviation.Gain * (0.5 - ((double)near / numbers.Length));
        return value + (tails / slope * Tuning * Normal * (ofDeviation + (lean * ofMedian)));
    }

    // A = P(|x − θ| ≤ δ) is −∂Eψ/∂θ, P(x > θ + δ) − P(x < θ − δ) is ∂Eψ/∂δ.
    (double Inside, double Tails) Slopes(ReadOnlySpan<double> numbers)
    {
        int inside = 0, tails = 0;
        foreach (double x in numbers)
        {
            if (Math.Abs(x - theta) <= delta) inside++;
            else tails += x > theta ? 1 : -1;
        }
        return ((double)inside / numbers.Length, (double)tails / numbers.Length);
    }

    // What the deviation d moves by with the median m: (f(m − d) − f(m + d))/(f(m − d) + f(m + d)), densities by counts.
    double Lean(ReadOnlySpan<double> numbers)
    {
        double m = median!.Iterate, d = deviation!.Iterate, width = 0.2 * d;
        int left = 0, right = 0;
        foreach (double x in numbers)
        {
            if (Math.Abs(x - (m - d)) <= width) left++;
            if (Math.Abs(x - (m + d)) <= width) right++;
        }
        return left + right == 0 ? 0 : (double)(left - right) / (left + right);
    }

    double Threshold(ReadOnlySpan<double> numbers)
    {
        if (median is null) return given;
        double[] sorted = numbers.ToArray();
        Array.Sort(sorted);
        double middle = OrderStatistics.At(sorted, 0.5), all = sorted[^1] - sorted[0];
        for (int i = 0; i < sorted.Length; i++) sorted[i] = Math.Abs(sorted[i] - middle);
        Array.Sort(sorted);
        double scale = Normal * OrderStatistics.At(sorted, 0.5);
        if (scale > 0 || all == 0) return Tuning * (scale > 0 ? scale : 1);
        throw new ArgumentException(FormattableString.Invariant(
            $"At least half of the first {numbers.Length} numbers are {middle}, so their median absolute deviation is 0 ")
            + "and no scale for Huber's location. Give `Threshold`.");
    }

    // Σψ falls in θ: halving finds the piece, in which the root is that of a line.
    static double Root(ReadOnlySpan<double> numbers, double d)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double x in numbers) (low, high) = (Math.Min(low, x), Math.Max(high, x));
        for (int round = 0; round < 60; round++)
        {
            double middle = low + ((high - low) / 2), sum = 0;
            foreach (double x in numbers) sum += Math.Clamp(x - middle, -d, d);
            if (sum > 0) low = middle;
            else high = middle;
        }
        double at = low + ((high - low) / 2), rest = 0;
        int inside = 0;
        foreach (double x in numbers)
        {
            rest += Math.Clamp(x - at, -d, d);
            if (Math.Abs(x - at) <= d) inside++;
        }
        return inside == 0 ? at : at + (rest / inside);
    }
}
