using System.Numerics;
using Descent.Approximation;

namespace Descent.Estimating;

/// <summary>
/// M34: a quantile of a stream in one pass, as the root of <c>E(1{x ≤ θ} − τ)</c>: the first 4 096 numbers give a start and,
/// by the spread of their order statistics, the gain; then <c>θ ← θ + 6s(k + 200)^(−2/3)(τ − F̂_B(θ))</c> on batches of 256,
/// and the average of the path. Memory: 4 352 numbers. Interval by <see cref="RandomScaling"/>, from the path alone.
/// </summary>
/// <remarks>
/// A value that so many numbers have that it is the quantile beyond doubt (<c>F(a−) &lt; τ &lt; F(a)</c> by four standard errors, in the
/// start and in all numbers) is the answer, without error; about an atom that is smaller the path swings. While the stream fits into the
/// start, the answer is the sample quantile, its interval by order statistics. The numbers need to come in no order that has to do with
/// their size: a sorted stream is followed, not averaged, and the interval is then of no worth. Deterministic. Not thread safe.
/// </remarks>
public sealed class StreamingQuantile
{
    // The offset holds the first steps small beside the tail: without it a quantile far out wanders where the density bends.
    const int First = 4_096, Batch = 256, StartWeight = First / Batch, Offset = 200;
    readonly double[] held = new double[First];
    readonly double[] batch = new double[Batch];
    readonly RandomScaling path = new();
    readonly BatchMeans values = new();
    int inBatch;
    double theta, gain;
    long batches;
    Atom? atom;

    /// <summary>A quantile that is wanted.</summary>
    /// <param name="tau">τ in (0, 1).</param>
    public StreamingQuantile(double tau) => Tau = Guard.Inside("τ", tau, nameof(StreamingQuantile));

    /// <summary>τ.</summary>
    public double Tau { get; }

    /// <summary>Numbers seen.</summary>
    public long Count { get; private set; }

    /// <summary>θₖ of the last whole batch, the sample quantile after the start; NaN before.</summary>
    internal double Iterate => Count < First ? double.NaN : theta;

    /// <summary>1/f at the quantile, f the density, as the start shows it.</summary>
    internal double Gain => gain;

    /// <summary>The atom that is the quantile, or the average of the path; NaN before the start is whole.</summary>
    internal double Average => atom is { Holds: true } a ? a.Value : path.Average;

    /// <summary>Takes the next numbers: one comparison each, whole batches where they lie, without a copy.</summary>
    /// <exception cref="ArgumentException">A number is not finite; those before its batch are taken.</exception>
    public void Add(ReadOnlySpan<double> numbers)
    {
        while (numbers.Length > 0)
        {
            if (Count >= First && inBatch == 0 && numbers.Length >= Batch)
            {
                Step(numbers[..Batch]);
                Count += Batch;
                numbers = numbers[Batch..];
                continue;
            }
            int room = Count < First ? First - (int)Count : Batch - inBatch, take = Math.Min(room, numbers.Length);
            Take(numbers[..take]);
            numbers = numbers[take..];
        }
    }

    /// <summary>The estimate and its interval of a level in (0, 1), ± ∞ where so few numbers give no bound.
    /// Numbers that do not fill a batch yet do not count yet.</summary>
    /// <exception cref="InvalidOperationException">No number was seen.</exception>
    public QuantileEstimate Estimate(double level = 0.95)
    {
        if (Count == 0) throw new InvalidOperationException("No number was seen; a quantile needs at least one.");
        if (Count < First) return OrderStatistics.Of(held.AsSpan(0, (int)Count), Tau, level);
        if (atom is { Holds: true } a) return new QuantileEstimate(Tau, a.Value, a.Value, a.Value, Count - inBatch) { StandardError = 0 };
        var (low, high) = path.Interval(level);
        if (batches < 30) return OrderStatistics.Of(held, Tau, level);
        return new QuantileEstimate(Tau, path.Average, low, high, Count - inBatch) { StandardError = values.StandardError };
    }

    void Take(ReadOnlySpan<double> numbers)
    {
        Refuse(numbers);
        bool starts = Count < First;
        numbers.CopyTo(starts ? held.AsSpan((int)Count) : batch.AsSpan(inBatch));
        Count += numbers.Length;
        if (starts)
        {
            if (Count == First) Begin();
            return;
        }
        inBatch += numbers.Length;
        if (inBatch < Batch) return;
        inBatch = 0;
        Step(batch);
    }

    void Refuse(ReadOnlySpan<double> numbers)
    {
        int bad = FiniteNumbers.FirstOther(numbers);
        if (bad >= 0) throw FiniteNumbers.Refusal(Count + bad, numbers[bad]);
    }

    void Begin()
    {
        double[] sorted = (double[])held.Clone();
        Array.Sort(sorted);
        theta = OrderStatistics.At(sorted, Tau);
        double h = Math.Min(0.05, Math.Min(Tau, 1 - Tau) / 2);
        double near = (OrderStatistics.At(sorted, Tau + h) - OrderStatistics.At(sorted, Tau - h)) / (2 * h);
        // Ties around the quantile give no spread there: that of the middle half, then of all.
        double middle = 2 * (OrderStatistics.At(sorted, 0.75) - OrderStatistics.At(sorted, 0.25)), all = sorted[^1] - sorted[0];
        gain = near > 0 ? near : middle > 0 ? middle : all > 0 ? all : Math.Max(Math.Abs(theta), double.Epsilon);
        path.Add(theta, StartWeight);
        atom = Atom.At(sorted, Tau);
    }

    void Step(ReadOnlySpan<double> numbers)
    {
        int below = CountBelow(numbers, theta, out bool finite);
        if (!finite) Refuse(numbers);
        double residual = Tau - (below / (double)Batch);
        // To first order this does not depend on θ, so these are nearly independent, as the iterates are not.
        values.Add(theta + (gain * residual));
        theta += 6 * gain * Math.Pow(batches + 1 + Offset, -2.0 / 3) * residual;
        path.Add(theta);
        atom?.Add(numbers);
        batches++;
    }

    // A count of a whole batch is the same whatever the width of the vectors; x − x is zero for finite x alone.
    static int CountBelow(ReadOnlySpan<double> numbers, double at, out bool finite)
    {
        Vector<double> limit = new(at);
        Vector<long> below = Vector<long>.Zero, good = Vector<long>.AllBitsSet;
        for (int i = 0; i < Batch; i += Vector<double>.Count)
        {
            Vector<double> x = new(numbers[i..]);
            below -= Vector.LessThanOrEqual(x, limit);
            good &= Vector.Equals(x - x, Vector<double>.Zero);
        }
        finite = Vector.EqualsAll(good, Vector<long>.AllBitsSet);
        return (int)Vector.Sum(below);
    }
}
