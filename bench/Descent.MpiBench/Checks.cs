using System.Globalization;
using Descent.Mpi;

namespace Descent.MpiBench;

/// <summary>Every call of the binding once, against what it must give; the tests read the lines.</summary>
static class Checks
{
    public static int Run(MpiWorld world, Action<string> say)
    {
        Gather(world);
        Broadcast(world);
        Sums(world);
        Messages(world);
        string error = Refused(world);
        world.Barrier();
        if (world.Rank == 0)
            say(string.Create(CultureInfo.InvariantCulture,
                $"checked {world.Size} ranks, {world.Engine}, {world.Kind}; a bad root: {error}"));
        return 0;
    }

    // Rank r gives r + 1 bytes of the value r.
    static void Gather(MpiWorld world)
    {
        int[] starts = new int[world.Size + 1];
        for (int r = 0; r < world.Size; r++) starts[r + 1] = starts[r] + r + 1;
        byte[] all = new byte[starts[^1]];
        all.AsSpan(starts[world.Rank]..starts[world.Rank + 1]).Fill((byte)world.Rank);
        world.AllGather(all, starts);
        for (int r = 0; r < world.Size; r++)
            foreach (byte b in all.AsSpan(starts[r]..starts[r + 1])) Expect(b == r, "AllGather");
    }

    static void Broadcast(MpiWorld world)
    {
        int root = world.Size - 1;
        byte[] data = new byte[1000];
        if (world.Rank == root) data.AsSpan().Fill(7);
        world.Broadcast(data, root);
        Expect(!data.AsSpan().ContainsAnyExcept((byte)7), "Broadcast");
    }

    static void Sums(MpiWorld world)
    {
        double[] wide = [world.Rank, 1, 0.5];
        float[] narrow = [world.Rank, 1];
        world.Sum(wide);
        world.Sum(narrow);
        double ranks = world.Size * (world.Size - 1) / 2.0;
        Expect(wide is [var a, var b, var c] && a == ranks && b == world.Size && c == world.Size / 2.0, "Sum of doubles");
        Expect(narrow[0] == (float)ranks && narrow[1] == world.Size, "Sum of floats");
    }

    // Around the ring, and a message that nobody sent is not there.
    static void Messages(MpiWorld world)
    {
        Expect(world.Look(tag: 77) is null, "Look for nothing");
        if (world.Size == 1) return;
        int next = (world.Rank + 1) % world.Size, before = (world.Rank + world.Size - 1) % world.Size;
        byte[] mine = [(byte)world.Rank, 9, 9], got = new byte[16];
        world.Send(mine, next, 5);
        (int source, int tag, int length) = world.Probe();
        Expect((source, tag, length) == (before, 5, 3), "Probe");
        while (world.Look(before, 5) is null) Thread.Yield();
        Expect(world.Receive(got, before, 5) == 3 && got[0] == before && got[1] == 9, "Receive");
    }

    // The binding turns an error of MPI into an exception with MPI's own text.
    static string Refused(MpiWorld world)
    {
        try
        {
            world.Broadcast(new byte[1], world.Size + 5);
        }
        catch (MpiException e)
        {
            return e.Message.ReplaceLineEndings(" ");
        }
        throw new InvalidOperationException("A root that does not exist was taken.");
    }

    static void Expect(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException(what + " gave something else.");
    }
}
