using Descent.Estimating;

namespace Descent.Fitting;

/// <summary>Estimates from a stream of numbers in one pass and constant memory, with intervals: the door for programs.</summary>
public static class Estimate
{
    const int Block = 1_024;

    /// <summary>Quantiles with their intervals. Deterministic; one pass; about 4 400 numbers of memory a quantile.</summary>
    /// <param name="stream">Finite numbers, in no order that has to do with their size.</param>
    /// <param name="probabilities">τ in (0, 1), at least one.</param>
    /// <param name="level">Level of the intervals in (0, 0.9999).</param>
    /// <exception cref="ArgumentException">No numbers, no τ, or a number that is not finite.</exception>
    public static IReadOnlyList<QuantileEstimate> Quantiles(IEnumerable<double> stream, IReadOnlyList<double> probabilities,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(stream);
        StreamingQuantile[] all = Ready(probabilities);
        InBlocks(stream, b => Add(all, b));
        return Ended(all, level);
    }

    /// <summary>Quantiles of numbers at hand, as <see cref="Quantiles(IEnumerable{double}, IReadOnlyList{double}, double)"/>;
    /// the same bits, faster.</summary>
    public static IReadOnlyList<QuantileEstimate> Quantiles(ReadOnlySpan<double> stream, IReadOnlyList<double> probabilities,
        double level = 0.95)
    {
        StreamingQuantile[] all = Ready(probabilities);
        Add(all, stream);
        return Ended(all, level);
    }

    /// <summary>The median, as <see cref="Quantiles(IEnumerable{double}, IReadOnlyList{double}, double)"/>.</summary>
    public static QuantileEstimate Median(IEnumerable<double> stream, double level = 0.95) => Quantiles(stream, [0.5], level)[0];

    /// <summary>The mean. One pass, about 4 400 numbers of memory. Deterministic.</summary>
    /// <param name="stream">Finite numbers, in no order that has to do with their size.</param>
    /// <param name="level">Level of the interval in (0, 1).</param>
    /// <exception cref="ArgumentException">No numbers, or a number that is not finite.</exception>
    public static StreamEstimate Mean(IEnumerable<double> stream, double level = 0.95) => Of(new StreamingMean(), stream, level);

    /// <summary>The variance, in the square of the numbers' unit; otherwise as <see cref="Mean"/>.</summary>
    public static StreamEstimate Variance(IEnumerable<double> stream, double level = 0.95) => Of(new StreamingVariance(), stream, level);

    /// <summary>The expectile τ in (0, 1), otherwise as <see cref="Mean"/>.</summary>
    public static StreamEstimate Expectile(IEnumerable<double> stream, double tau, double level = 0.95) =>
        Of(new StreamingExpectile(tau), stream, level);

    /// <summary>Huber's location, otherwise as <see cref="Mean"/>.</summary>
    /// <param name="stream">As in <see cref="Mean"/>.</param>
    /// <param name="threshold">δ &gt; 0 in the unit of the numbers; null for 1.345 times the normalised MAD, streamed.</param>
    /// <param name="level">As in <see cref="Mean"/>.</param>
    /// <exception cref="ArgumentException">No threshold is given, and at least half of the first numbers are one.</exception>
    public static StreamEstimate Huber(IEnumerable<double> stream, double? threshold = null, double level = 0.95) =>
        Of(threshold is { } delta ? StreamingHuber.WithThreshold(delta) : new StreamingHuber(), stream, level);

    /// <summary>
    /// The mean without the share of the smallest and of the largest numbers, in (0, ½) each; otherwise as <see cref="Mean"/>.
    /// </summary>
    public static StreamEstimate TrimmedMean(IEnumerable<double> stream, double share, double level = 0.95) =>
        Of(new StreamingTrimmedMean(share), stream, level);

    /// <summary>
    /// Whatever an estimator estimates, from a stream that it may have seen a part of; the same bits for numbers in blocks.
    /// </summary>
    public static StreamEstimate Of(StreamingEstimator estimator, IEnumerable<double> stream, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(stream);
        InBlocks(stream, b => estimator.Add(b));
        return estimator.Count > 0 ? estimator.Estimate(level)
            : throw new FitException("The stream holds no numbers; an estimate needs at least one.");
    }

    delegate void Taking(ReadOnlySpan<double> block);

    static void InBlocks(IEnumerable<double> stream, Taking take)
    {
        double[] block = new double[Block];
        int held = 0;
        foreach (double x in stream)
        {
            block[held++] = x;
            if (held < Block) continue;
            take(block);
            held = 0;
        }
        take(block.AsSpan(0, held));
    }

    static StreamingQuantile[] Ready(IReadOnlyList<double> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Count == 0)
            throw new FitException("No quantile was asked for; name at least one probability in (0, 1), for example 0.5.");
        return [.. probabilities.Select(t => new StreamingQuantile(t))];
    }

    static void Add(StreamingQuantile[] all, ReadOnlySpan<double> numbers)
    {
        foreach (StreamingQuantile q in all) q.Add(numbers);
    }

    static IReadOnlyList<QuantileEstimate> Ended(StreamingQuantile[] all, double level)
    {
        if (all[0].Count == 0) throw new FitException("The stream holds no numbers; quantiles need at least one.");
        return [.. all.Select(q => q.Estimate(level))];
    }
}
