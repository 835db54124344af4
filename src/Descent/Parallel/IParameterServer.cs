namespace Descent.Parallel;

/// <summary>
/// A parameter server as its workers see it: the weights lie in shards, contiguous ranges of coordinates; a worker pulls the blocks
/// it needs, asks the objective, and pushes gradients; the server applies the rule, whose state lies at the shard.
/// Source: C 19.1; Li et al. 2014; Ho et al. 2013 for bounded staleness.
/// </summary>
/// <remarks>
/// A worker's turn is: <see cref="MayCompute"/> (or wait), pull, compute, push to every shard it touches, <see cref="Finish"/>. Messages
/// are a header of a fixed size, keys as 32-bit integers, values of <typeparamref name="T"/>: a server behind a network sends them as they
/// are. A call may block until an answer is there; one worker calls from one thread at a time.
/// </remarks>
/// <typeparam name="T">Element type of the weights.</typeparam>
public interface IParameterServer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of parameters d.</summary>
    int Dimension { get; }

    /// <summary>Number of shards, at least 1.</summary>
    int Shards { get; }

    /// <summary>First coordinate of a shard; d for the one after the last.</summary>
    int Start(int shard);

    /// <summary>Whether a worker may begin its next gradient: it is not further ahead of the slowest one than the staleness
    /// allows.</summary>
    bool MayCompute(int worker);

    /// <summary>Copies the weights of a shard, at the point where the rule wants its gradient.</summary>
    /// <param name="worker">Who asks, from 0.</param>
    /// <param name="shard">The shard, from 0.</param>
    /// <param name="weights">Receives <c>Start(shard + 1) − Start(shard)</c> weights.</param>
    /// <returns>Version: how many pushes these weights contain.</returns>
    long Pull(int worker, int shard, Span<T> weights);

    /// <summary>Copies single weights of a shard.</summary>
    /// <param name="worker">Who asks, from 0.</param>
    /// <param name="shard">The shard, from 0.</param>
    /// <param name="coordinates">Coordinates of the whole vector, ascending, all within the shard.</param>
    /// <param name="weights">Receives as many weights.</param>
    /// <returns>Version: how many pushes these weights contain.</returns>
    long Pull(int worker, int shard, ReadOnlySpan<int> coordinates, Span<T> weights);

    /// <summary>Hands in the gradient of a whole shard.</summary>
    void Push(in PushHeader header, ReadOnlySpan<T> gradient);

    /// <summary>Hands in the non-zeros of a gradient; coordinates of the whole vector, ascending, all within the shard.</summary>
    void Push(in PushHeader header, ReadOnlySpan<int> coordinates, ReadOnlySpan<T> gradient);

    /// <summary>A worker has pushed all that its gradient touches: its clock ticks.</summary>
    void Finish(int worker);

    /// <summary>A worker is lost: nobody waits for it any longer.</summary>
    void Leave(int worker);

    /// <summary>A worker is back; its clock is where it was, or that of the slowest one when that is later.</summary>
    void Join(int worker);
}
