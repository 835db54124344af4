using System.Diagnostics;
using System.Globalization;
using Descent.Mpi;
using Descent.Parallel;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.MpiBench;

/// <summary>
/// The parameter server itself: the last rank serves 16 million weights and applies SGD; the others push gradients of 1,000 and of 10,000
/// coordinates, each after a ticket and a pull of one of them, and then of all of them. Coordinates a second into the one server:
/// median of five.
/// </summary>
static class ServerPushes
{
    const int Weights = 1 << 24, Runs = 5;

    public static int Run(MpiWorld world, Action<string> say)
    {
        if (world.Size < 2) throw new ArgumentException("A server needs a worker: mpirun -n 2 or more.");
        ServerPlan plan = new(world.Size, 1, Weights);
        foreach (bool pulls in new[] { false, true })
            foreach (int coordinates in new[] { 1_000, 10_000 })
            {
                int tickets = 3_000_000 / coordinates;
                double[] rates = new double[Runs];
                double busy = 0;
                for (int k = 0; k < Runs; k++)
                {
                    world.Barrier();
                    if (world.Rank == plan.Workers) rates[k] = Serve(world, plan, tickets, coordinates, ref busy);
                    else Push(new RemoteServer<float>(world, plan), world.Rank, coordinates, pulls);
                }
                Array.Sort(rates);
                if (world.Rank == plan.Workers)
                    say(string.Create(CultureInfo.InvariantCulture, $"{plan.Workers} workers, {coordinates} a gradient, "
                        + $"{(pulls ? "pulled and pushed" : "pushed")}: {rates[Runs / 2] / 1e6:F2} million coordinates a second "
                        + $"({rates[0] / 1e6:F2} to {rates[^1] / 1e6:F2}), "
                        + $"{1e9 * busy / Runs / tickets / coordinates:F1} ns of the server's processor a coordinate, waiting included"));
            }
        return 0;
    }

    static double Serve(MpiWorld world, ServerPlan plan, int tickets, int coordinates, ref double busy)
    {
        ServerShard<float> shard = new(new Sgd(), new Constant(1), BlockLayout.Flat(Weights), 0, new float[Weights], 0);
        ShardServer<float> server = new(world, plan, [shard], double.PositiveInfinity);
        long begun = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        server.Serve(0, tickets);
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds, sum = 0;
        busy += (Environment.CpuUsage.TotalTime - used).TotalSeconds;
        foreach (float x in shard.Weights) sum += x;
        if (sum != (double)tickets * coordinates)
            throw new InvalidOperationException($"Updates were lost: {sum} of {(double)tickets * coordinates}.");
        return tickets * (double)coordinates / seconds;
    }

    // Ascending coordinates at uneven distances, as the non-zeros of a row are.
    static void Push(RemoteServer<float> remote, int me, int coordinates, bool pulls)
    {
        int[] at = new int[coordinates];
        float[] values = new float[coordinates], pulled = new float[coordinates];
        Array.Fill(values, -1);
        uint state = (uint)me + 1;
        int spacing = Weights / coordinates;
        while (remote.NextTicket() is not null)
        {
            for (int i = 0; i < coordinates; i++)
            {
                state = (state * 1664525) + 1013904223;
                at[i] = (i * spacing) + (int)((state >> 8) % (uint)spacing);
            }
            int wanted = pulls ? coordinates : 1;
            long read = remote.Pull(me, 0, at.AsSpan(0, wanted), pulled.AsSpan(0, wanted));
            remote.Push(new PushHeader(me, 0, read, 1), at, values);
            remote.Finish(me);
        }
        remote.Leave(me);
    }
}
