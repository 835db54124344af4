using System.Buffers.Binary;
using System.Numerics;

namespace Descent.Data.Hashing;

/// <summary>
/// Numbers for names without a dictionary: MurmurHash3 of 32 bits (Austin Appleby, public domain), used as Vowpal Wabbit uses it, so that
/// a name has the number that it has there.
/// </summary>
static class FeatureHash
{
    /// <summary>MurmurHash3, x86, 32 bits.</summary>
    public static uint Murmur(ReadOnlySpan<byte> text, uint seed)
    {
        const uint C1 = 0xcc9e2d51, C2 = 0x1b873593;
        uint h = seed;
        int at = 0;
        for (; at + 4 <= text.Length; at += 4)
        {
            uint k = BinaryPrimitives.ReadUInt32LittleEndian(text[at..]);
            h = (BitOperations.RotateLeft(h ^ (BitOperations.RotateLeft(k * C1, 15) * C2), 13) * 5) + 0xe6546b64;
        }
        uint tail = 0;
        for (int b = text.Length - 1; b >= at; b--) tail = (tail << 8) | text[b];
        if (at < text.Length) h ^= BitOperations.RotateLeft(tail * C1, 15) * C2;
        h ^= (uint)text.Length;
        h = (h ^ (h >> 16)) * 0x85ebca6b;
        h = (h ^ (h >> 13)) * 0xc2b2ae35;
        return h ^ (h >> 16);
    }

    /// <summary>The number of a name under that of its namespace: a name of digits is its own number, any other is hashed.</summary>
    public static uint Of(ReadOnlySpan<byte> name, uint space)
    {
        uint number = 0;
        foreach (byte b in name)
        {
            if (b is < (byte)'0' or > (byte)'9') return Murmur(name, space);
            number = unchecked((10 * number) + b - '0');
        }
        return unchecked(number + space);
    }
}
