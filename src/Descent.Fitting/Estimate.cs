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
        double[] block = new double[Block];
        int held = 0;
        foreach (double x in stream)
        {
            block[held++] = x;
            if (held < Block) continue;
            Add(all, block);
            held = 0;
        }
        Add(all, block.AsSpan(0, held));
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
