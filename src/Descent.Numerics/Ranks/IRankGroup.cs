namespace Descent.Numerics;

/// <summary>
/// Processes that run one program side by side, each with a number, its rank: what they need of each other. All of them make the same
/// calls in the same order; a call returns when the others have made it too.
/// </summary>
/// <remarks>One caller at a time in each rank. Memory belongs to the caller and is read and written during the call alone.</remarks>
public interface IRankGroup
{
    /// <summary>The number of this process, from 0 to <see cref="Size"/> − 1.</summary>
    int Rank { get; }

    /// <summary>How many processes there are, at least 1.</summary>
    int Size { get; }

    /// <summary>What carries the messages, with its version, for people.</summary>
    string Engine { get; }

    /// <summary>Brings the parts of all ranks together, in place: rank r gives bytes <c>starts[r]</c> to <c>starts[r + 1]</c> of
    /// its memory, and every rank ends with all of them. Parts may be empty.</summary>
    /// <param name="all">The whole; the own part is read, the others are written.</param>
    /// <param name="starts"><see cref="Size"/> + 1 ascending places, from 0 to the length of the whole.</param>
    void AllGather(Span<byte> all, ReadOnlySpan<int> starts);

    /// <summary>Gives the bytes of one rank to all.</summary>
    /// <param name="data">Read in the root, written in the others; of one length everywhere.</param>
    /// <param name="root">The rank that has them.</param>
    void Broadcast(Span<byte> data, int root);

    /// <summary>Adds vectors up over the ranks, in place. The order of the sum is the engine's own: the same in all ranks, but another for
    /// another number of ranks, so that results agree to rounding alone.</summary>
    /// <param name="values">One summand a rank before, the sum after; of one length everywhere.</param>
    void Sum(Span<double> values);

    /// <summary>Returns when every rank has come here.</summary>
    void Barrier();

    /// <summary>Sends bytes to one other rank; may wait until it receives them. Messages of one pair of ranks keep their order. These three
    /// calls are between two ranks: the others make none for them.</summary>
    /// <param name="data">The message; may be written again when the call returns.</param>
    /// <param name="target">Who receives it.</param>
    /// <param name="tag">What it is about, ≥ 0.</param>
    void Send(ReadOnlySpan<byte> data, int target, int tag);

    /// <summary>Waits for a message, leaves it where it is, and says from whom it is, with which tag, and how many bytes it has.</summary>
    /// <param name="source">The rank it is to come from; null for any.</param>
    /// <param name="tag">Its tag; null for any.</param>
    (int Source, int Tag, int Length) Probe(int? source = null, int? tag = null);

    /// <summary>Receives the first message of a rank with a tag, of at most <paramref name="data"/>'s length, waiting for it; returns its
    /// length.</summary>
    int Receive(Span<byte> data, int source, int tag);
}
