using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Parallel;

/// <summary>
/// Messages between workers and server ranks, by their tags. A message is a <see cref="PushHeader"/> where a shard is meant, then
/// coordinates as 32-bit integers, then values; an answer is a 64-bit integer, then values.
/// </summary>
static class ServerMessage
{
    /// <summary>Worker to first server: which ticket is next? Its number comes, −1 for none. Later ones come by themselves.</summary>
    public const int Ask = 11;

    /// <summary>All weights of a shard; those of coordinates.</summary>
    public const int Pull = 12, PullAt = 13;

    /// <summary>A gradient of a whole shard; one of coordinates. No answer.</summary>
    public const int Push = 14, PushAt = 15;

    /// <summary>To every server: a gradient is finished, to which the first server answers with the next ticket; the worker takes no
    /// further one, no answer.</summary>
    public const int Finish = 16, Leave = 17;

    /// <summary>A server's answer to a pull; the first server's ticket.</summary>
    public const int Answer = 18, Ticket = 19;

    /// <summary>The last push of a gradient, which finishes it: two messages in one.</summary>
    public const int LastPush = 20, LastPushAt = 21;

    /// <summary>Bytes of a header.</summary>
    public static int HeaderBytes => Unsafe.SizeOf<PushHeader>();

    /// <summary>The coordinates and values behind the header.</summary>
    public static void Split<T>(Span<byte> message, out PushHeader header, out Span<int> coordinates, out Span<T> values)
        where T : unmanaged
    {
        header = MemoryMarshal.Read<PushHeader>(message);
        Span<byte> rest = message[HeaderBytes..];
        int count = rest.Length / (sizeof(int) + Unsafe.SizeOf<T>());
        coordinates = MemoryMarshal.Cast<byte, int>(rest[..(count * sizeof(int))]);
        values = MemoryMarshal.Cast<byte, T>(rest[(count * sizeof(int))..]);
    }

    /// <summary>A buffer that holds so many bytes: the same, or a longer one.</summary>
    public static Span<byte> Room(ref byte[] buffer, int bytes)
    {
        if (buffer.Length < bytes) buffer = GC.AllocateUninitializedArray<byte>(Math.Max(bytes, 2 * buffer.Length));
        return buffer.AsSpan(0, bytes);
    }
}
