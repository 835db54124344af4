using Descent.Approximation;

namespace Descent.Estimating;

/// <summary>
/// M34: an estimate from a stream in one pass and constant memory. The first 4 096 numbers are held: their own estimate is exact and is the
/// start. Every batch of 256 then gives a value <c>T = θ + ψ̄_B(θ)/A</c>, ψ the estimating function and A its mean slope, both at what the
/// batches before have said; the answer is the average of all T. To first order T does not depend on the θ that it was taken at, so the T
/// are nearly independent, and their spread (<see cref="BatchMeans"/>) gives the standard error: the sandwich <c>A⁻¹ Var(ψ) A⁻¹/n</c>, from
/// the path alone.
/// </summary>
/// <remarks>
/// It is Robbins and Monro's recursion with the gain <c>1/(nA)</c>, the best one to first order (Venter 1967). Numbers need to come in no
/// order that has to do with their size: the start is taken from the first. Whatever depends on each other over fewer than n/60 numbers is
/// in the error; below 4 096 numbers independence is assumed. Interval: Student's t with batches − 1 degrees of freedom (31 to 62; 15 and
/// more at first). Deterministic, the same bits for every cut of the stream. Not thread safe.
/// </remarks>
public abstract class StreamingEstimator
{
    internal const int First = 4_096, Batch = 256;
    readonly double[] held = new double[First];
    readonly double[] batch = new double[Batch];
    readonly BatchMeans values = new(), spread = new();
    int inBatch;
    double origin;

    private protected StreamingEstimator()
    {
    }

    /// <summary>Numbers seen.</summary>
    public long Count { get; private set; }

    /// <summary>The average of the values of whole batches.</summary>
    private protected double Average => origin + values.Average;

    /// <summary>Takes the next numbers, in blocks of any length.</summary>
    /// <exception cref="ArgumentException">A number is not finite; those before it are taken.</exception>
    public void Add(ReadOnlySpan<double> numbers)
    {
        int bad = FiniteNumbers.FirstOther(numbers);
        Take(bad < 0 ? numbers : numbers[..bad]);
        if (bad >= 0) throw FiniteNumbers.Refusal(Count, numbers[bad]);
    }

    /// <summary>The estimate and its interval; all numbers count, those that do not fill a batch too.</summary>
    /// <param name="level">Of the interval, in (0, 1); ± ∞ where so few numbers give no bound.</param>
    /// <exception cref="InvalidOperationException">No number was seen.</exception>
    public StreamEstimate Estimate(double level = 0.95)
    {
        _ = StandardNormal.TwoSided(level);
        if (Count == 0) throw new InvalidOperationException("No number was seen; an estimate needs at least one.");
        if (Count < First) return Few(held.AsSpan(0, (int)Count), level);
        double value = Average;
        if (inBatch > 0) value += (Value(batch.AsSpan(0, inBatch)) - value) * inBatch / Count;
        return StreamEstimate.Of(value, spread.StandardError, spread.Batches - 1, level, Count);
    }

    /// <summary>The estimate from numbers that are all at hand, at least one.</summary>
    private protected abstract StreamEstimate Few(ReadOnlySpan<double> numbers, double level);

    /// <summary>Starts at the estimate of the first numbers, which it returns.</summary>
    private protected abstract double Begin(ReadOnlySpan<double> first);

    /// <summary>T of some numbers, at what is known so far.</summary>
    private protected abstract double Value(ReadOnlySpan<double> numbers);

    /// <summary>
    /// What a batch adds to the answer to first order, T unless something beside θ is estimated too: the spread of this is the error.
    /// </summary>
    private protected virtual double Linear(ReadOnlySpan<double> numbers, double value) => value;

    /// <summary>Lets a whole batch, whose value was taken, change what is known.</summary>
    private protected abstract void Learn(ReadOnlySpan<double> numbers);

    void Take(ReadOnlySpan<double> numbers)
    {
        while (numbers.Length > 0)
        {
            Span<double> room = Count < First ? held.AsSpan((int)Count) : batch.AsSpan(inBatch);
            int take = Math.Min(room.Length, numbers.Length);
            // A whole batch is looked at where it lies.
            if (Count >= First && take == Batch) Step(numbers[..take]);
            else numbers[..take].CopyTo(room);
            Filled(take);
            numbers = numbers[take..];
        }
    }

    void Filled(int count)
    {
        bool starts = Count < First;
        Count += count;
        if (starts)
        {
            if (Count == First) Start();
            return;
        }
        inBatch = (inBatch + count) % Batch;
        if (inBatch == 0 && count < Batch) Step(batch);
    }

    // At the start's own estimate the values of its sixteen batches have that estimate as their average.
    void Start()
    {
        origin = Begin(held);
        for (int i = 0; i < First; i += Batch) See(held.AsSpan(i, Batch));
    }

    void Step(ReadOnlySpan<double> numbers)
    {
        See(numbers);
        Learn(numbers);
    }

    void See(ReadOnlySpan<double> numbers)
    {
        double value = Value(numbers);
        values.Add(value - origin);
        spread.Add(Linear(numbers, value) - origin);
    }
}
