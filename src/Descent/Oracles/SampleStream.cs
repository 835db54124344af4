namespace Descent.Oracles;

/// <summary>Gives one sample after another. Its state is two counters, so that a run can be saved and continued.</summary>
public sealed class SampleStream
{
    readonly Sampling sampling;
    readonly ulong seedKey;
    readonly long first, end;
    long epoch, position;

    /// <summary>Opens the stream at its beginning.</summary>
    /// <exception cref="ArgumentException">Epochs are asked of an objective without a finite number of examples, or B &lt; 1.</exception>
    public SampleStream(Sampling sampling, int population, Draws draws)
        : this(sampling, population, draws, 0, 1)
    {
    }

    /// <summary>Opens one of several streams that share the epochs: share r of R visits the positions from ⌊nr/R⌋ on of every epoch's
    /// order, which is the same for all, so that together they visit every example once an epoch. Draws with replacement are
    /// independent.</summary>
    /// <param name="sampling">Order and batch size.</param>
    /// <param name="population">n; 0 for an expectation.</param>
    /// <param name="draws">Random numbers, at the same position for every share.</param>
    /// <param name="share">r, from 0.</param>
    /// <param name="shares">R ≥ 1; with fewer examples than shares some shares visit the same one.</param>
    /// <exception cref="ArgumentException">As for the whole stream.</exception>
    public SampleStream(Sampling sampling, int population, Draws draws, int share, int shares)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        ArgumentNullException.ThrowIfNull(draws);
        if (sampling.Batch < 1) throw new ArgumentException($"The batch size needs to be at least 1; got {sampling.Batch}.");
        if (population == 0 && sampling.Order != SampleOrder.Replacement)
            throw new ArgumentException($"Order '{sampling.Order}' needs a finite number of examples; this objective is an expectation. "
                + $"Use '{SampleOrder.Replacement}'.");
        this.sampling = sampling;
        seedKey = draws.NextWord();
        if (sampling.Order == SampleOrder.Replacement)
        {
            // Far enough apart that no run reaches the next share's draws.
            first = (long)share << 40;
            end = long.MaxValue;
        }
        else
        {
            first = (long)population * share / shares;
            end = Math.Max(first + 1, (long)population * (share + 1) / shares);
        }
        position = first;
    }

    /// <summary>Examples in a full sample.</summary>
    public int Batch => sampling.Batch;

    /// <summary>The order of visits.</summary>
    public SampleOrder Order => sampling.Order;

    /// <summary>The next sample in the order asked for; a new epoch begins where one ends.</summary>
    public Sample Next()
    {
        if (sampling.Order == SampleOrder.Replacement)
        {
            Sample drawn = new(sampling.Order, seedKey, position, sampling.Batch);
            position += sampling.Batch;
            return drawn;
        }
        int count = (int)Math.Min(sampling.Batch, end - position);
        Sample sample = new(sampling.Order, KeyOf(epoch), position, count);
        position += count;
        if (position >= end) (epoch, position) = (epoch + 1, first);
        return sample;
    }

    /// <summary>The next samples in one: up to <paramref name="atMost"/> batches that follow each other within an epoch.</summary>
    public Sample NextRun(long atMost)
    {
        long most = (long)Math.Min(int.MaxValue / 2, (double)atMost * sampling.Batch);
        most = Math.Max(sampling.Batch, most / sampling.Batch * sampling.Batch);
        if (sampling.Order == SampleOrder.Replacement)
            most = Math.Max(sampling.Batch, Math.Min(most, 4096 / sampling.Batch * sampling.Batch));
        int count = sampling.Order == SampleOrder.Replacement ? (int)most : (int)Math.Min(most, end - position);
        Sample run = new(sampling.Order, sampling.Order == SampleOrder.Replacement ? seedKey : KeyOf(epoch), position, count);
        position += count;
        if (sampling.Order != SampleOrder.Replacement && position >= end) (epoch, position) = (epoch + 1, first);
        return run;
    }

    /// <summary>Shows its state to a visitor.</summary>
    public void Visit(IStateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Number("samples.epoch", ref epoch);
        visitor.Number("samples.position", ref position);
    }

    ulong KeyOf(long epochNumber) => sampling.Order switch
    {
        SampleOrder.Shuffle or SampleOrder.Blocks => Philox.Pair((ulong)epochNumber, seedKey).A,
        SampleOrder.ShuffleOnce => Philox.Pair(0, seedKey).A,
        _ => 0,
    };
}
