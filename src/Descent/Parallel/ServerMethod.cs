using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Parallel;

/// <summary>
/// A parameter server with simulated workers (D5): M workers pull weights, ask a gradient each, push it; the server's shards apply the
/// rule. Slack s = 0 is synchronous, one step by the mean of a round; s = ∞ asynchronous; between them a worker may be at most s gradients
/// ahead of the slowest (stale-synchronous). Speeds and losses of workers follow a replayable schedule. Source: C 19.1; Li et al. 2014; Ho
/// et al. 2013.
/// </summary>
/// <remarks>
/// Deterministic: events are handled in the order of simulated time, then of workers; gradients that are under way at once are computed on
/// the threads, side by side, and their bits do not depend on it. A step is one push that arrived; a gradient whose worker is lost costs
/// its examples and is no step. No pull can miss more than (2s+1)(M−1) pushes, which every push checks. Samples are dealt out in the order
/// in which workers begin. On sparse rows without a penalty, single examples and s &gt; 0, pulls and pushes are of the row's coordinates.
/// Memory: d, the rule's state, and 2d a worker. With server ranks the delays are real: slack 0 gives the bits of as many
/// simulated workers, s &gt; 0 no two times the same; all ranks meet at every look, after at most 16,384 pushes, and bring weights and
/// state together, (1 + state)·d numbers.
/// </remarks>
/// <param name="Rule">The rule at the server; with more than one shard its coordinates must move by themselves.</param>
/// <param name="StepSize">η_t, t the pushes that the weights contain.</param>
/// <param name="Sampling">Order of visits and batch size B of a worker.</param>
/// <param name="Count">M ≥ 1 workers.</param>
/// <param name="Slack">s ≥ 0.</param>
/// <param name="Shards">Number of shards ≥ 1.</param>
/// <param name="Times">Speeds and losses.</param>
/// <param name="Workers">Threads that compute gradients; null for the calling one. They change no bit. With ranks among them and
/// <paramref name="Servers"/>, the ranks themselves are workers and servers.</param>
/// <param name="Servers">Ranks that serve, the last ones; the others are workers, and nothing is simulated. 0 simulates
/// <paramref name="Count"/> workers.</param>
public sealed record ServerMethod(IRule Rule, IStepSize StepSize, Sampling Sampling, int Count = 4, double Slack = 0, int Shards = 1,
    WorkerTimes? Times = null, Workers? Workers = null, int Servers = 0)
    : IMethod<double, IStochasticOracle<double>>, IMethod<float, IStochasticOracle<float>>
{
    /// <summary>Ranks that serve.</summary>
    public int Servers { get; } = (int)Guard.AtLeast("The number of servers", Servers, 0, nameof(ServerMethod));

    /// <summary>M.</summary>
    public int Count { get; } = (int)Guard.AtLeast("The number of workers", Count, 1, nameof(ServerMethod));

    /// <summary>s.</summary>
    public double Slack { get; } = Slack >= 0
        ? Slack
        : throw new ArgumentOutOfRangeException(null,
            FormattableString.Invariant($"The slack must be at least 0; got {Slack} (ServerMethod)."));

    /// <inheritdoc/>
    public string Recursion => $"{Rule.Recursion} at the server, "
        + (Slack == 0 ? "g the mean of a round" : double.IsPositiveInfinity(Slack) ? "g as it comes" : FormattableString.Invariant(
            $"g as it comes, workers at most {Slack} ahead"))
        + (Servers > 0 ? FormattableString.Invariant($", servers = {Servers}, M = the other ranks;  {StepSize}")
            : FormattableString.Invariant($", M = {Count};  {StepSize}"));

    /// <inheritdoc/>
    public Iteration<double> Start(IStochasticOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        Begin(oracle, start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IStochasticOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        Begin(oracle, start, draws);

    /// <summary>Starts a run that tells of every push.</summary>
    /// <param name="oracle">The objective.</param>
    /// <param name="start">First weights, length d; they are copied.</param>
    /// <param name="draws">Random numbers of this run.</param>
    /// <param name="pushed">Told of every push, in order; null for nobody.</param>
    public Iteration<T> Begin<T>(IStochasticOracle<T> oracle, ReadOnlySpan<T> start, Draws draws, Action<PushRecord>? pushed = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Servers == 0) return new ServerIteration<T>(this, oracle, start, draws, pushed);
        if (pushed is not null) throw new ArgumentException("Pushes between ranks are seen by the servers alone; nobody can be told.");
        return new RankServerIteration<T>(this, oracle, start, draws, Workers?.Ranks ?? throw new ArgumentException(
            $"{Servers} ranks are to serve, and this process is alone: start several by mpirun or srun, or set servers = 0, which "
            + "simulates workers."));
    }
}
