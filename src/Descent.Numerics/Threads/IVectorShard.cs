using System.Numerics;

namespace Descent.Numerics;

/// <summary>Work on one shard of a pair of vectors.</summary>
/// <typeparam name="T">Element type.</typeparam>
public interface IVectorShard<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Works on the parts of both vectors that belong to a shard.</summary>
    void Run(int shard, Span<T> w, ReadOnlySpan<T> g);
}
