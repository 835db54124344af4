namespace Descent.Tests.Recursions;

/// <summary>Estimators of the gradient: each gives a function from the point asked to the direction,
/// with the memory of its paper.</summary>
static class Sums
{
    public static Estimator Minibatch => f => at => f.Problem.Gradient(at, f.Next());

    // Cutkosky and Orabona 2019: m ← (1−α)(m + ∇f(w;ξ) − ∇f(w₋;ξ)) + α∇f(w;ξ).
    public static Estimator Storm(double alpha) => f =>
    {
        double[]? m = null, before = null;
        return at =>
        {
            int[] rows = f.Next();
            double[] g = f.Problem.Gradient(at, rows);
            if (m is null) m = g;
            else
            {
                double[] old = f.Problem.Gradient(before!, rows);
                for (int j = 0; j < g.Length; j++) m[j] = ((1 - alpha) * (m[j] + g[j] - old[j])) + (alpha * g[j]);
            }
            before = Copy(at);
            return Copy(m);
        };
    };

    // Foret et al. 2021: the gradient at w + ρg/‖g‖, on the same sample.
    public static Estimator Sam(double rho) => f => at =>
    {
        int[] rows = f.Next();
        double[] g = f.Problem.Gradient(at, rows);
        double norm = Math.Sqrt(Norms.Square(g));
        return f.Problem.Gradient([.. at.Zip(g, (a, b) => a + (rho * b / norm))], rows);
    };

    // The mean over all examples of k batches, at one point.
    public static Estimator Accumulated(int parts) =>
        f => at => f.Problem.Gradient(at, [.. Enumerable.Range(0, parts).SelectMany(_ => f.Next())]);

    // C alg. 17: the anchor is the mean of the iterates of the period, or the last of them (Johnson and Zhang 2013, option I).
    public static Estimator Svrg(long period, bool mean) => f =>
    {
        double[] anchor = [], full = [], sum = [];
        int t = 0;
        long steps = period > 0 ? period : Epoch(f);
        return at =>
        {
            if (t % steps == 0)
            {
                anchor = t == 0 || !mean ? Copy(at) : [.. sum.Select(s => s / steps)];
                full = f.Problem.Gradient(anchor, f.Problem.All);
                sum = new double[at.Length];
            }
            for (int j = 0; j < sum.Length; j++) sum[j] += at[j];
            t++;
            return Corrected(f, at, anchor, full);
        };
    };

    // Kovalev et al. 2020; the coin is the run's: word t of a counter-based source whose key is drawn after the samples'.
    public static Estimator LooplessSvrg(double probability) => f =>
    {
        double[] anchor = [], full = [];
        Func<int, bool> falls = Coin(f.Draws.NextWord(),
            probability > 0 ? probability : Math.Min(1, (double)f.Sampling!.Batch / f.Problem.Count));
        int t = 0;
        return at =>
        {
            if (t == 0 || falls(t))
            {
                anchor = Copy(at);
                full = f.Problem.Gradient(anchor, f.Problem.All);
            }
            t++;
            return Corrected(f, at, anchor, full);
        };
    };

    // Defazio, Bach and Lacoste-Julien 2014 with batches:
    // mean over the batch of ∇f_i(w) − g_i, all taken from the table as it was, plus the table's mean.
    // Where the objective offers slopes the penalty is no part of the table; where it does not, the table holds whole gradients.
    public static Estimator Saga(bool whole) => f =>
    {
        Table table = new(f.Problem, whole);
        return at =>
        {
            int[] rows = f.Next();
            double[] g = [.. table.Sum.Select(s => s / f.Problem.Count)];
            foreach (int i in rows)
            {
                double[] fresh = table.Fresh(at, i);
                for (int j = 0; j < g.Length; j++) g[j] += (fresh[j] - table.Old(i)[j]) / rows.Length;
            }
            foreach (int i in rows) table.Put(i, table.Fresh(at, i));
            return table.Penalised(g, at);
        };
    };

    // Schmidt, Le Roux and Bach 2017: the mean of the gradients last seen, over the examples met so far.
    public static Estimator Sag(bool whole) => f =>
    {
        Table table = new(f.Problem, whole);
        return at =>
        {
            foreach (int i in f.Next()) table.Put(i, table.Fresh(at, i));
            return table.Penalised([.. table.Sum.Select(s => s / table.Met)], at);
        };
    };

    // Nguyen et al. 2017: v ← v + ∇f(w;ξ) − ∇f(w₋;ξ), a full gradient at the start of each period.
    public static Estimator Sarah(long period) => f => Recursive(f, t => t % (period > 0 ? period : Epoch(f)) == 0);

    // Li et al. 2021: the same, a full gradient with probability p.
    public static Estimator Page(double probability) => f =>
        Recursive(f,
            Coin(new Draws(f.Draws.Seed).Split(2).NextWord(),
                probability > 0 ? probability : f.Sampling!.Batch / ((double)f.Problem.Count + f.Sampling.Batch)));

    static Func<double[], double[]> Recursive(Feed f, Func<int, bool> due)
    {
        double[] v = [], before = [];
        int t = 0;
        return at =>
        {
            if (t == 0 || due(t)) v = f.Problem.Gradient(at, f.Problem.All);
            else
            {
                int[] rows = f.Next();
                double[] g = f.Problem.Gradient(at, rows), old = f.Problem.Gradient(before, rows);
                for (int j = 0; j < v.Length; j++) v[j] += g[j] - old[j];
            }
            t++;
            before = Copy(at);
            return Copy(v);
        };
    }

    static double[] Corrected(Feed f, double[] at, double[] anchor, double[] full)
    {
        int[] rows = f.Next();
        double[] g = f.Problem.Gradient(at, rows), old = f.Problem.Gradient(anchor, rows);
        for (int j = 0; j < g.Length; j++) g[j] += full[j] - old[j];
        return g;
    }

    public static int Epoch(Feed f) => (int)Math.Ceiling((double)f.Problem.Count / f.Sampling!.Batch);

    static Func<int, bool> Coin(ulong key, double probability) =>
        t => (Philox.Pair((ulong)t, key).A >> 11) * Math.ScaleB(1, -53) < probability;

    static double[] Copy(double[] w) => (double[])w.Clone();

    // One gradient an example, whole or without the penalty.
    sealed class Table(Plain problem, bool whole)
    {
        readonly double[]?[] old = new double[]?[problem.Count];

        public double[] Sum => [.. Enumerable.Range(0, problem.Dimension).Select(j => old.Sum(o => o?[j] ?? 0))];

        public int Met => old.Count(o => o is not null);

        public double[] Old(int i) => old[i] ?? new double[problem.Dimension];

        public void Put(int i, double[] g) => old[i] = g;

        public double[] Fresh(double[] at, int i) =>
            [.. problem.Gradient(at, [i]).Select((g, j) => whole ? g : g - (problem.Ridge[j] * at[j]))];

        public double[] Penalised(double[] g, double[] at) => whole ? g : [.. g.Select((x, j) => x + (problem.Ridge[j] * at[j]))];
    }
}
