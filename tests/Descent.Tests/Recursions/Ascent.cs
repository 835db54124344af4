namespace Descent.Tests.Recursions;

/// <summary>Methods on samples that are no rule: Katyusha, dual ascent, line search on the sample, Sophia.</summary>
static class Ascent
{
    // Allen-Zhu 2017, algorithm 1: x = τ₁z + ½x̃ + (½−τ₁)y; z ← z − αg; y ← x + τ₁(z − z₋); x̃ is the mean of the y weighted by (1+αμ)^j.
    // Without μ: τ₁ = 2/(s+4), plain mean.
    public static IEnumerable<double[]> Katyusha(Feed f, double smoothness, double mu)
    {
        int d = f.First.Length, m = Math.Max(1, 2 * f.Problem.Count / f.Sampling!.Batch);
        double[] y = f.Start(), z = f.Start(), anchor = f.Start(), full = [];
        for (int s = 0; ; s++)
        {
            double tau = mu > 0 ? Math.Min(0.5, Math.Sqrt(m * mu / (3 * smoothness))) : 2.0 / (s + 4), alpha = 1 / (3 * tau * smoothness),
                weights = 0;
            double[] mean = new double[d];
            full = f.Problem.Gradient(anchor, f.Problem.All);
            for (int j = 0; j < m; j++)
            {
                double[] x = [.. Enumerable.Range(0, d).Select(i => (tau * z[i]) + (0.5 * anchor[i]) + ((0.5 - tau) * y[i]))];
                int[] rows = f.Next();
                double[] g = f.Problem.Gradient(x, rows), old = f.Problem.Gradient(anchor, rows);
                double weight = Math.Pow(1 + (alpha * mu), j);
                for (int i = 0; i < d; i++)
                {
                    double move = -alpha * (full[i] + g[i] - old[i]);
                    z[i] += move;
                    y[i] = x[i] + (tau * move);
                    mean[i] += weight * y[i];
                }
                weights += weight;
                yield return y;
            }
            anchor = [.. mean.Select(v => v / weights)];
        }
    }

    // Shalev-Shwartz and Zhang 2013: each step maximises the dual along one coordinate, here by halving:
    // u = φ′(z − q(u − u₋)), q = ‖x‖²/(nλ), w ← w − (u − u₋)x/(nλ).
    public static IEnumerable<double[]> Sdca(Feed f, double lambda)
    {
        double[] w = new double[f.First.Length], u = new double[f.Problem.Count];
        while (true)
        {
            foreach (int i in f.Next())
            {
                double z = f.Problem.Margin(w, i), q = Norms.Square(f.Problem.Row(i)) / (f.Problem.Count * lambda), low = -1, high = 1;
                for (int k = 0; k < 200; k++)
                {
                    double middle = (low + high) / 2, slope = (1 / (1 + Math.Exp(-(z - (q * (middle - u[i])))))) - f.Problem.Label(i);
                    if (slope > middle) low = middle;
                    else high = middle;
                }
                double change = ((low + high) / 2) - u[i];
                for (int j = 0; j < w.Length; j++) w[j] -= change * f.Problem.Row(i)[j] / (f.Problem.Count * lambda);
                u[i] += change;
                yield return w;
            }
        }
    }

    // Vaswani et al. 2019, algorithm 1: from the last step × γ^{B/n} down by a factor until f(w − ηg; ξ) ≤ f(w; ξ) − cη‖g‖².
    public static IEnumerable<double[]> LineSearch(Feed f, double first, double c, double shrink, double growth)
    {
        double[] w = f.Start();
        double grown = Math.Pow(growth, Math.Min(1, (double)f.Sampling!.Batch / f.Problem.Count)), eta = first / grown;
        while (true)
        {
            int[] rows = f.Next();
            double[] g = f.Problem.Gradient(w, rows);
            double value = f.Problem.Value(w, rows), square = Norms.Square(g);
            eta *= grown;
            double[] trial = Step(w, eta, g);
            while (f.Problem.Value(trial, rows) > value - (c * eta * square))
            {
                eta *= shrink;
                trial = Step(w, eta, g);
            }
            trial.CopyTo(w, 0);
            yield return w;
        }
    }

    // Liu et al. 2024 with Hutchinson's estimate u ⊙ (∇f(w + δu) − ∇f(w))/δ every k steps,
    // u of signs from the run's source; the step is cut at ±1.
    public static IEnumerable<double[]> Sophia(Feed f, double beta1, double beta2, double gamma, double decay, int every)
    {
        double[] w = f.Start(), m = new double[w.Length], h = new double[w.Length];
        ulong key = f.Draws.NextWord();
        for (int t = 0; ; t++)
        {
            int[] rows = f.Next();
            double[] g = f.Problem.Gradient(w, rows);
            if (t % every == 0)
            {
                ulong signs = Philox.Pair(0, Philox.Pair((ulong)t, key).A).A;
                double delta = 1e-5 * (1 + w.Max(Math.Abs));
                double[] u = [.. w.Select((_, i) => (signs >> i & 1) == 0 ? 1.0 : -1)],
                    moved = f.Problem.Gradient([.. w.Zip(u, (a, b) => a + (delta * b))], rows);
                for (int i = 0; i < w.Length; i++) h[i] = (beta2 * h[i]) + ((1 - beta2) * u[i] * (moved[i] - g[i]) / delta);
            }
            for (int i = 0; i < w.Length; i++)
            {
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
                double ratio = m[i] / Math.Max(gamma * h[i], 1e-12);
                w[i] -= f.Eta(t) * ((decay * w[i]) + Math.Clamp(ratio, -1, 1));
            }
            yield return w;
        }
    }

    static double[] Step(double[] w, double eta, double[] g) => [.. w.Zip(g, (a, b) => a - (eta * b))];
}
