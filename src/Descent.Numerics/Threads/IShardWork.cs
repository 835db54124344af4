namespace Descent.Numerics;

/// <summary>Work cut into a fixed number of shards that may run side by side.</summary>
public interface IShardWork
{
    /// <summary>Runs one shard. Shards of one call write to disjoint memory.</summary>
    void Run(int shard);
}
