using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Descent.Mpi;

namespace Descent.MpiBench;

/// <summary>
/// Sparse pushes by two-sided messages: the last rank is a server that adds pairs (coordinate, value) to 16 million weights and answers;
/// the others send blocks of 1,000 and of 10,000 pairs. Coordinates a second into the one server.
/// </summary>
static class Pushes
{
    const int Weights = 1 << 24;

    public static int Run(MpiWorld world, Action<string> say)
    {
        if (world.Size < 2) throw new ArgumentException("Pushes need a worker and a server: mpirun -n 2 or more.");
        foreach (int pairs in new[] { 1_000, 10_000 })
        {
            world.Barrier();
            int messages = 4_000_000 / pairs;
            if (world.Rank == world.Size - 1) Serve(world, pairs, messages * (world.Size - 1), say);
            else Push(world, pairs, messages);
        }
        return 0;
    }

    static void Serve(MpiWorld world, int pairs, int messages, Action<string> say)
    {
        float[] w = new float[Weights];
        byte[] buffer = new byte[8 * pairs], answer = new byte[8];
        long begun = Stopwatch.GetTimestamp();
        for (int k = 0; k < messages; k++)
        {
            (int source, _, int length) = world.Probe(tag: 1);
            world.Receive(buffer.AsSpan(0, length), source, 1);
            ReadOnlySpan<int> at = MemoryMarshal.Cast<byte, int>(buffer.AsSpan(0, length / 2));
            ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(buffer.AsSpan(length / 2, length / 2));
            for (int i = 0; i < at.Length; i++) w[at[i]] += values[i];
            world.Send(answer, source, 2);
        }
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds, sum = 0;
        foreach (float x in w) sum += x;
        if (sum != (double)messages * pairs)
            throw new InvalidOperationException($"Updates were lost: {sum} of {(double)messages * pairs}.");
        say(string.Create(CultureInfo.InvariantCulture,
            $"{world.Size - 1} workers, {pairs} a message: {messages * (double)pairs / seconds / 1e6:F2} million coordinates a second"));
    }

    static void Push(MpiWorld world, int pairs, int messages)
    {
        byte[] buffer = new byte[8 * pairs], answer = new byte[8];
        MemoryMarshal.Cast<byte, float>(buffer.AsSpan(4 * pairs)).Fill(1);
        uint state = (uint)world.Rank + 1;
        for (int k = 0; k < messages; k++)
        {
            Span<int> at = MemoryMarshal.Cast<byte, int>(buffer.AsSpan(0, 4 * pairs));
            for (int i = 0; i < pairs; i++)
            {
                state = (state * 1664525) + 1013904223;
                at[i] = (int)(state >> 8);
            }
            world.Send(buffer, world.Size - 1, 1);
            world.Receive(answer, world.Size - 1, 2);
        }
    }
}
