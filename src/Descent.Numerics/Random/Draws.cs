using System.Runtime.CompilerServices;

namespace Descent.Numerics;

/// <summary>A stream of random numbers named by a seed and a stream number; the n-th draw is a pure function of both.</summary>
/// <remarks>
/// Deterministic on every machine. Two streams of one seed are independent. The position is the whole state, so that saving it and
/// setting it back continues the stream. Not thread safe; give each user a stream of its own (<see cref="Split"/>).
/// </remarks>
public sealed class Draws
{
    readonly ulong key;
    ulong position;
    ulong spare;
    bool hasSpare;

    /// <summary>Opens stream <paramref name="stream"/> of <paramref name="seed"/> at its beginning.</summary>
    public Draws(ulong seed, ulong stream = 0)
    {
        Seed = seed;
        Stream = stream;
        // The key is itself a random function of (seed, stream), so that streams do not overlap in counter space.
        var (a, b) = Philox.Pair(stream, seed);
        key = a ^ (b << 1);
    }

    /// <summary>The seed given by the user.</summary>
    public ulong Seed { get; }

    /// <summary>The stream number.</summary>
    public ulong Stream { get; }

    /// <summary>Number of 64-bit words drawn so far; setting it moves the stream there.</summary>
    public ulong Position
    {
        get => position;
        set
        {
            position = value;
            hasSpare = false;
            if ((value & 1) == 1)
            {
                spare = Philox.Pair(value >> 1, key).B;
                hasSpare = true;
            }
        }
    }

    /// <summary>An independent stream derived from this one's seed; does not move this stream.</summary>
    public Draws Split(ulong stream) => new(Seed, (Stream * 0x9E3779B97F4A7C15UL) + stream + 1);

    /// <summary>The next 64 random bits of the stream: a function of key and position alone.</summary>
    public ulong NextWord()
    {
        if (hasSpare)
        {
            hasSpare = false;
            position++;
            return spare;
        }
        (ulong word, spare) = Philox.Pair(position >> 1, key);
        hasSpare = true;
        position++;
        return word;
    }

    /// <summary>Uniform on [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextWord() >> 11) * (1.0 / (1L << 53));

    /// <summary>Uniform on {0, …, <paramref name="count"/> − 1}; the bias is below <c>count/2⁶⁴</c>.</summary>
    public int NextIndex(int count) => (int)Math.BigMul(NextWord(), (ulong)count, out _);

    /// <summary>Standard normal, by the polar form of Box and Muller: two uniforms a draw, no rejection.</summary>
    public double NextNormal()
    {
        double u = 1 - NextDouble(), v = NextDouble();
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }
}
