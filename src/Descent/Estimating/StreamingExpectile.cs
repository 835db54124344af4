namespace Descent.Estimating;

/// <summary>
/// An expectile of a stream, the root of <c>E w(x)(x − θ)</c> with w = τ above θ and 1 − τ below, in the unit of the numbers; τ = ½ is the
/// mean. Slope: <c>A = E w(x)</c>. Few numbers: the root itself, its error by the sandwich <c>√(Σψ²/n)/(A√n)</c>. The law needs a
/// variance. Source: Newey and Powell 1987.
/// </summary>
public sealed class StreamingExpectile : StreamingEstimator
{
    double theta, slope;
    long batches;

    /// <summary>An expectile that is wanted.</summary>
    /// <param name="tau">τ in (0, 1).</param>
    public StreamingExpectile(double tau) => Tau = Guard.Inside("τ", tau, nameof(StreamingExpectile));

    /// <summary>τ.</summary>
    public double Tau { get; }

    private protected override StreamEstimate Few(ReadOnlySpan<double> numbers, double level)
    {
        double root = Root(numbers), squares = 0, weights = 0;
        foreach (double x in numbers)
        {
            double w = Weight(x, root), e = w * (x - root);
            squares += e * e;
            weights += w;
        }
        int n = numbers.Length;
        return StreamEstimate.Of(root, Math.Sqrt(squares * n / Math.Max(1, n - 1)) / weights, n - 1, level, n);
    }

    private protected override double Begin(ReadOnlySpan<double> first)
    {
        theta = Root(first);
        slope = Slope(first);
        batches = First / Batch;
        return theta;
    }

    private protected override double Value(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double x in numbers) sum += Weight(x, theta) * (x - theta);
        return theta + (sum / numbers.Length / slope);
    }

    private protected override void Learn(ReadOnlySpan<double> numbers)
    {
        slope += (Slope(numbers) - slope) / ++batches;
        theta = Average;
    }

    double Weight(double x, double at) => x > at ? Tau : 1 - Tau;

    double Slope(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double x in numbers) sum += Weight(x, theta);
        return sum / numbers.Length;
    }

    // Newton's steps on a sum that is piecewise linear: they end when no number changes its side.
    double Root(ReadOnlySpan<double> numbers)
    {
        double at = Moments.Mean(numbers);
        for (int round = 0; round < 200; round++)
        {
            double weights = 0, sum = 0;
            foreach (double x in numbers)
            {
                double w = Weight(x, at);
                weights += w;
                sum += w * (x - at);
            }
            double next = at + (sum / weights);
            if (Math.Abs(next - at) <= 1e-15 * Math.Abs(at)) return next;
            at = next;
        }
        return at;
    }
}
