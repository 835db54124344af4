namespace Descent.Orleans.Tests;

/// <summary>Gradients of whole numbers, so that their sum is exact in any order.</summary>
static class Gradients
{
    /// <summary>Coordinates and values of gradient k of a worker, in every block of the model.</summary>
    public static (int[] Coordinates, double[] Values) Of(int worker, int k, int dimension)
    {
        int[] at = [.. Enumerable.Range(0, 30).Select(i => ((i * 1327) + (worker * 31) + (k * 7)) % dimension).Distinct().Order()];
        return (at, [.. at.Select(j => (double)(((j + k) % 5) + worker + 1))]);
    }

    /// <summary>The same with a value at every coordinate.</summary>
    public static double[] Whole(int worker, int k, int dimension)
    {
        double[] g = new double[dimension];
        (int[] at, double[] values) = Of(worker, k, dimension);
        for (int i = 0; i < at.Length; i++) g[at[i]] = values[i];
        return g;
    }

    /// <summary>One turn of a worker: pull, then push, of the coordinates or of everything.</summary>
    public static void Turn(IParameterServer<double> server, int worker, int k, bool whole, double scale = 1)
    {
        (int[] at, double[] values) = Of(worker, k, server.Dimension);
        double[] g = Whole(worker, k, server.Dimension), w = new double[server.Dimension];
        long[] read = new long[server.Shards];
        for (int s = 0; s < server.Shards; s++)
        {
            (int from, int to) = (server.Start(s), server.Start(s + 1));
            (int a, int b) = Cut(at, from, to);
            read[s] = whole ? server.Pull(worker, s, w.AsSpan(from, to - from))
                : server.Pull(worker, s, at.AsSpan(a, b - a), w.AsSpan(from, b - a));
        }
        for (int s = 0; s < server.Shards; s++)
        {
            (int from, int to) = (server.Start(s), server.Start(s + 1));
            (int a, int b) = Cut(at, from, to);
            PushHeader header = new(worker, s, read[s], 1 + worker);
            // The gradient depends on what was pulled, unless it is to be a whole number.
            double pull = scale == 1 ? 0 : scale;
            if (whole) server.Push(header, [.. g[from..to].Select((v, i) => v + (pull * w[from + i]))]);
            else server.Push(header, at.AsSpan(a, b - a), [.. values[a..b].Select((v, i) => v + (pull * w[from + i]))]);
        }
        server.Finish(worker);
    }

    static (int, int) Cut(int[] at, int from, int to)
    {
        int a = at.AsSpan().BinarySearch(from), b = at.AsSpan().BinarySearch(to);
        return (a < 0 ? ~a : a, b < 0 ? ~b : b);
    }
}
