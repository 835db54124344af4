using Descent.Oracles;
using Descent.Parallel;

namespace Descent.Tests.Recursions;

/// <summary>Several workers on one objective, in plain arithmetic: Stich 2019, Douillard et al. 2024, Recht et al. 2011, C 19.</summary>
static class Workers
{
    /// <summary>Local SGD: replica r steps at t = r, r + R, …; every H of its steps the mean is taken, and the outer step.</summary>
    public static IEnumerable<double[]> Local(Feed f, int replicas, long every, double outer, double momentum)
    {
        SampleStream[] streams = [.. Enumerable.Range(0, replicas)
            .Select(r => new SampleStream(f.Sampling!, f.Problem.Count, new Draws(f.Draws.Seed), r, replicas))];
        RowSampler rows = new(f.Problem.Count);
        double[] centre = f.Start(), v = new double[centre.Length];
        double[][] w = [.. streams.Select(_ => f.Start())];
        for (int t = 0; ; t++)
        {
            int r = t % replicas;
            double[] g = f.Problem.Gradient(w[r], rows.Resolve(streams[r].Next()).ToArray());
            for (int j = 0; j < g.Length; j++) w[r][j] -= f.Eta(t) * g[j];
            double[] mean = [.. centre.Select((_, j) => w.Average(x => x[j]))];
            if ((t + 1L) % (replicas * every) == 0)
            {
                for (int j = 0; j < mean.Length; j++)
                {
                    double delta = mean[j] - centre[j];
                    v[j] = (momentum * v[j]) + delta;
                    centre[j] += outer * (delta + (momentum * v[j]));
                    foreach (double[] x in w) x[j] = centre[j];
                }
                mean = (double[])centre.Clone();
            }
            yield return mean;
        }
    }

    /// <summary>Hogwild! on one thread over single sparse rows: the penalty is shared out among the rows that meet a coordinate, and
    /// implicit.</summary>
    public static IEnumerable<double[]> Rows(Feed f)
    {
        Plain p = f.Problem;
        int d = p.Dimension;
        int[] met = [.. Enumerable.Range(0, d).Select(j => p.All.Count(i => p.Row(i)[j] != 0))];
        double[] w = f.Start();
        for (int t = 0; ; t++)
        {
            int i = f.Next()[0];
            double[] loss = p.Gradient(w, [i]);
            for (int j = 0; j < d; j++)
            {
                if (p.Row(i)[j] == 0) continue;
                double share = p.Ridge[j] * p.Count / met[j];
                w[j] = (w[j] - (f.Eta(t) * (loss[j] - (p.Ridge[j] * w[j])))) / (1 + (f.Eta(t) * share));
            }
            yield return (double[])w.Clone();
        }
    }

    /// <summary>Steps by gradients at earlier iterates, whole or one coordinate of them in d places.</summary>
    public static IEnumerable<double[]> Stale(Feed f, int delay, int law, bool coordinate)
    {
        ulong pick = coordinate ? f.Draws.NextWord() : 0, key = f.Draws.NextWord();
        List<double[]> w = [f.Start()];
        for (int t = 0; ; t++)
        {
            int age = law switch { 0 => delay, 1 => Below(t, key, delay + 1), _ => t % (delay + 1) };
            double[] g = f.Gradient(w[Math.Max(0, t - age)]), next = (double[])w[t].Clone();
            int one = coordinate ? Below(t, pick, g.Length) : -1;
            for (int j = 0; j < g.Length; j++)
                if (!coordinate || j == one) next[j] -= f.Eta(t) * (coordinate ? g.Length : 1) * g[j];
            w.Add(next);
            yield return next;
        }
    }

    /// <summary>A parameter server: a list of what will end when. Clocks of the workers present are at most s apart when one
    /// begins.</summary>
    public static IEnumerable<double[]> Server(Feed f, int workers, double slack, double momentum, WorkerTimes times)
    {
        SampleStream stream = new(f.Sampling!, f.Problem.Count, new Draws(f.Draws.Seed));
        RowSampler rows = new(f.Problem.Count);
        ulong key = f.Draws.NextWord();
        double[] w = f.Start(), v = new double[w.Length];
        long[] clock = new long[workers], begun = new long[workers];
        bool[] idle = [.. clock.Select(_ => true)], away = new bool[workers];
        List<(double Time, int Worker, double[]? Gradient)> coming = [];
        double now = 0;
        for (int t = 0; ;)
        {
            for (int m = 0; m < workers; m++)
            {
                if (!idle[m] || clock[m] - Slowest() > slack) continue;
                idle[m] = false;
                int[] sample = rows.Resolve(stream.Next()).ToArray();
                coming.Add((now + times.Duration(m, workers, begun[m], key), m,
                    times.Fails(m, begun[m], key) ? null : f.Problem.Gradient(w, sample)));
                begun[m]++;
            }
            var next = coming.OrderBy(c => c.Time).ThenBy(c => c.Worker).First();
            coming.Remove(next);
            now = next.Time;
            if (away[next.Worker])
            {
                if (away.Contains(false)) clock[next.Worker] = Math.Max(clock[next.Worker], Slowest());
                (away[next.Worker], idle[next.Worker]) = (false, true);
            }
            else if (next.Gradient is not { } g)
            {
                away[next.Worker] = true;
                coming.Add((now + times.Repair, next.Worker, null));
            }
            else
            {
                for (int j = 0; j < w.Length; j++)
                {
                    v[j] = (momentum * v[j]) - (f.Eta(t) * g[j]);
                    w[j] += v[j];
                }
                clock[next.Worker]++;
                idle[next.Worker] = true;
                t++;
                yield return (double[])w.Clone();
            }
        }

        long Slowest() => clock.Where((_, m) => !away[m]).Min();
    }

    static int Below(long counter, ulong key, int count) => (int)(((UInt128)Philox.Pair((ulong)counter, key).A * (ulong)count) >> 64);
}
