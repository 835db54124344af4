namespace Descent.Numerics;

/// <summary>
/// Work whose shards leave summands: the caller adds up what they left, piece by piece, in the order of the shards.
/// Who runs it may compute shards elsewhere and bring what they left here.
/// </summary>
public interface ISummedShards : IShardWork
{
    /// <summary>Shows what one shard leaves, always the same pieces in the same order.</summary>
    void Show(int shard, ISummandVisitor visitor);

    /// <summary>Whether who runs it may add what several shards left; otherwise each is brought here as it is.</summary>
    bool MayBeAdded => true;
}
