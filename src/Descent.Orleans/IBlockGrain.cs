using Orleans;

namespace Descent.Orleans;

/// <summary>A block of parameters; its key is <c>model/block</c>. Messages are bytes: an <see cref="Envelope"/> and what lies behind
/// it.</summary>
interface IBlockGrain : IGrainWithStringKey
{
    /// <summary>Version, then weights: all, or those of the coordinates in the request.</summary>
    Task<byte[]> Pull(byte[] request, bool whole);

    /// <summary>Takes in a gradient once, however often it comes; answers when it is written.</summary>
    Task Push(byte[] request, bool whole);

    /// <summary>What the block has seen, the bytes of <see cref="BlockFacts"/>.</summary>
    Task<byte[]> Look();
}
