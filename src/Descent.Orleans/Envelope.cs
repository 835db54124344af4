using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Descent.Parallel;

namespace Descent.Orleans;

/// <summary>What goes before a message to a block; behind it lies what goes between ranks: a <see cref="PushHeader"/>, coordinates as
/// 32-bit integers, values.</summary>
/// <param name="Sequence">Number of the push, of this worker to this block; it rises. 0 for a pull.</param>
/// <param name="Round">Rounds that the worker has finished; it counts in synchronous rounds alone.</param>
/// <param name="Dimension">d of the model that the client names.</param>
/// <param name="BlockSize">Its parameters a block.</param>
readonly record struct Envelope(long Sequence, long Round, int Dimension, int BlockSize)
{
    // A worker that joins again counts on from its new number, so that no push of its new life looks like one of the old.
    const int Life = 40;

    /// <summary>Bytes of the envelope.</summary>
    public static int Bytes => Unsafe.SizeOf<Envelope>();

    /// <summary>Which life of the worker a push belongs to.</summary>
    public static long LifeOf(long sequence) => sequence >> Life;

    /// <summary>Number before the first push of a life.</summary>
    public static long Before(long life) => life << Life;

    /// <summary>A message of its own bytes: Orleans may send it again.</summary>
    public byte[] Message(in PushHeader header, int more)
    {
        byte[] message = GC.AllocateUninitializedArray<byte>(Bytes + ServerMessage.HeaderBytes + more);
        MemoryMarshal.Write(message, this);
        MemoryMarshal.Write(message.AsSpan(Bytes), header);
        return message;
    }
}
