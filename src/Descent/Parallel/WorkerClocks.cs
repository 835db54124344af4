namespace Descent.Parallel;

/// <summary>
/// Who may compute under bounded staleness: a worker's clock counts its finished gradients, and it may begin the next one while
/// <c>clock − min over those present ≤ s</c>. Between its pull and its push every other worker then finishes at most 2s + 1
/// gradients, so that its weights miss at most <c>(2s+1)(M−1)</c> pushes. Source: Ho et al. 2013, § 3.
/// </summary>
/// <remarks>s = 0 is a barrier after every round, s = ∞ waits for nobody. Pure arithmetic: a server behind a network uses it as it is.
/// One caller at a time.</remarks>
public sealed class WorkerClocks
{
    readonly long[] clocks;
    readonly bool[] present;
    readonly double slack;

    /// <summary>All workers are present, at clock 0.</summary>
    /// <param name="workers">M ≥ 1.</param>
    /// <param name="slack">s ≥ 0; ∞ for no bound.</param>
    public WorkerClocks(int workers, double slack)
    {
        clocks = new long[Guard.AtLeast("The number of workers", workers, 1, nameof(WorkerClocks))];
        present = new bool[workers];
        Array.Fill(present, true);
        if (!(slack >= 0)) throw new ArgumentOutOfRangeException(nameof(slack), $"The slack must be at least 0; got {slack}.");
        this.slack = slack;
    }

    /// <summary>Number of workers M, the lost ones included.</summary>
    public int Count => clocks.Length;

    /// <summary>Number of workers that are present.</summary>
    public int Present => present.AsSpan().Count(true);

    /// <summary>Most pushes that a worker's weights can miss when its gradient arrives, (2s+1)(M−1); ∞ without a bound.</summary>
    public double MostMissed => clocks.Length == 1 ? 0 : ((2 * slack) + 1) * (clocks.Length - 1);

    /// <summary>Gradients that a worker has finished.</summary>
    public long this[int worker] => clocks[worker];

    /// <summary>Whether a worker takes part.</summary>
    public bool IsPresent(int worker) => present[worker];

    /// <summary>Whether a worker may begin its next gradient.</summary>
    public bool MayCompute(int worker) => present[worker] && clocks[worker] - Slowest() <= slack;

    /// <summary>A worker has finished a gradient.</summary>
    public void Finish(int worker) => clocks[worker]++;

    /// <summary>A worker is lost.</summary>
    public void Leave(int worker) => present[worker] = false;

    /// <summary>A worker is back, not behind the slowest one, or the others would wait for all that it has missed.</summary>
    public void Join(int worker)
    {
        if (Present > 0) clocks[worker] = Math.Max(clocks[worker], Slowest());
        present[worker] = true;
    }

    /// <summary>Shows its state to a visitor.</summary>
    public void Visit(IStateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Buffer<long>("clocks", clocks);
        visitor.Buffer<bool>("present", present);
    }

    long Slowest()
    {
        long least = long.MaxValue;
        for (int m = 0; m < clocks.Length; m++)
            if (present[m]) least = Math.Min(least, clocks[m]);
        return least;
    }
}
