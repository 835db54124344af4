namespace Descent.Tests.Recursions;

/// <summary>Plain steps, momentum and acceleration.
/// Each yields the live iterate after a step, so that a projection may be put in between.</summary>
static class Momentum
{
    public static IEnumerable<double[]> Sgd(Feed f)
    {
        double[] w = f.Start();
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            for (int i = 0; i < w.Length; i++) w[i] -= f.Eta(t) * g[i];
            yield return w;
        }
    }

    // Polyak 1964: w_{t+1} = w_t − ηg + β(w_t − w_{t−1}), written with its velocity.
    public static IEnumerable<double[]> HeavyBall(Feed f, double beta)
    {
        double[] w = f.Start(), v = new double[w.Length];
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            for (int i = 0; i < w.Length; i++)
            {
                v[i] = (beta * v[i]) - (f.Eta(t) * g[i]);
                w[i] += v[i];
            }
            yield return w;
        }
    }

    // C alg. 16: m₁ = g₁.
    public static IEnumerable<double[]> Ema(Feed f, double alpha)
    {
        double[] w = f.Start(), m = new double[w.Length];
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            for (int i = 0; i < w.Length; i++)
            {
                m[i] = t == 0 ? g[i] : ((1 - alpha) * m[i]) + (alpha * g[i]);
                w[i] -= f.Eta(t) * m[i];
            }
            yield return w;
        }
    }

    // Nesterov 1983 with any momentum: y = w + β_t(w − w₋), w ← y − ηg(y). β_t sees y₋, w and w₋.
    static IEnumerable<double[]> Ahead(Feed f, Func<double[], double[], double[], double> momentum)
    {
        double[] w = f.Start(), before = f.Start(), y = f.Start();
        for (int t = 0; ; t++)
        {
            double beta = t == 0 ? 0 : momentum(y, w, before);
            for (int i = 0; i < w.Length; i++)
            {
                y[i] = w[i] + (beta * (w[i] - before[i]));
                before[i] = w[i];
            }
            double[] g = f.Gradient(y);
            for (int i = 0; i < w.Length; i++) w[i] = y[i] - (f.Eta(t) * g[i]);
            yield return w;
        }
    }

    public static IEnumerable<double[]> Nesterov(Feed f, double beta) => Ahead(f, (_, _, _) => beta);

    // Beck and Teboulle 2009; restarted where the generalised gradient points along the last step (O'Donoghue and Candès 2015).
    public static IEnumerable<double[]> Fista(Feed f, bool restart)
    {
        double a = 1;
        return Ahead(f, (y, w, before) =>
        {
            double along = 0;
            for (int i = 0; i < w.Length; i++) along += (y[i] - w[i]) * (w[i] - before[i]);
            if (restart && along > 0) a = 1;
            double last = a;
            a = (1 + Math.Sqrt(1 + (4 * a * a))) / 2;
            return (last - 1) / a;
        });
    }

    // κ = H/μ, β = (√κ−1)/(√κ+1).
    public static double Beta(double mu, double h) => (Math.Sqrt(h / mu) - 1) / (Math.Sqrt(h / mu) + 1);

    // C alg. 11 with α₁ = 1; begun anew every so many steps if a period is given.
    public static IEnumerable<double[]> Coupling(Feed f, long period)
    {
        double[] w = f.Start(), y = f.Start(), x = new double[w.Length];
        double alpha = 1;
        for (int t = 0; ; t++)
        {
            if (period > 0 && t % period == 0)
            {
                alpha = 1;
                w.CopyTo(y, 0);
            }
            for (int i = 0; i < w.Length; i++) x[i] = ((1 - (1 / alpha)) * w[i]) + (y[i] / alpha);
            double[] g = f.Gradient(x);
            for (int i = 0; i < w.Length; i++)
            {
                y[i] -= f.Eta(t) * alpha * g[i];
                w[i] = x[i] - (f.Eta(t) * g[i]);
            }
            alpha = 0.5 + Math.Sqrt(0.25 + (alpha * alpha));
            yield return w;
        }
    }

    /// <summary>Something done to the live iterate after each step: a projection, a proximal map, a return to slow weights.</summary>
    public static IEnumerable<double[]> Then(IEnumerable<double[]> steps, Action<double[], int> change)
    {
        int t = 0;
        foreach (double[] w in steps)
        {
            change(w, t++);
            yield return w;
        }
    }

    // Zhang et al. 2019: every k steps slow ← slow + α(w − slow), w ← slow.
    public static IEnumerable<double[]> Lookahead(IEnumerable<double[]> steps, double[] start, int every, double alpha)
    {
        double[] slow = (double[])start.Clone();
        return Then(steps, (w, t) =>
        {
            if ((t + 1) % every != 0) return;
            for (int i = 0; i < w.Length; i++) w[i] = slow[i] = slow[i] + (alpha * (w[i] - slow[i]));
        });
    }
}
