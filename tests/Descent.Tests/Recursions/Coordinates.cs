namespace Descent.Tests.Recursions;

/// <summary>Rules that treat each coordinate by itself, every moment corrected as its paper prints it.</summary>
static class Coordinates
{
    public static IEnumerable<double[]> AdaGrad(Feed f, double epsilon, bool inside, double initial)
    {
        double[] w = f.Start(), s = [.. w.Select(_ => initial)];
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            for (int i = 0; i < w.Length; i++)
            {
                s[i] += g[i] * g[i];
                double root = inside ? Math.Sqrt(s[i] + (epsilon * epsilon)) : Math.Sqrt(s[i]) + epsilon;
                if (g[i] != 0) w[i] -= f.Eta(t) * g[i] / root;
            }
            yield return w;
        }
    }

    public static IEnumerable<double[]> RmsProp(Feed f, double rho, double epsilon)
    {
        double[] w = f.Start(), c = new double[w.Length];
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            for (int i = 0; i < w.Length; i++)
            {
                c[i] = (rho * c[i]) + ((1 - rho) * g[i] * g[i]);
                w[i] -= f.Eta(t) * g[i] / (Math.Sqrt(c[i]) + epsilon);
            }
            yield return w;
        }
    }

    // Kingma and Ba 2015, algorithm 1; decay as in Loshchilov and Hutter 2019, algorithm 2 (before the step, times η).
    public static IEnumerable<double[]> Adam(Feed f, double beta1, double beta2, double epsilon, bool inside = false, double initial = 0,
        double decay = 0)
    {
        double[] w = f.Start(), m = new double[w.Length], v = [.. w.Select(_ => initial)];
        for (int t = 1; ; t++)
        {
            double[] g = f.Gradient(w);
            for (int i = 0; i < w.Length; i++)
            {
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
                double mean = m[i] / (1 - Math.Pow(beta1, t)), square = v[i] / (1 - Math.Pow(beta2, t));
                double root = inside ? Math.Sqrt(square + (epsilon * epsilon)) : Math.Sqrt(square) + epsilon;
                w[i] = w[i] - (f.Eta(t - 1) * decay * w[i]) - (f.Eta(t - 1) * mean / root);
            }
            yield return w;
        }
    }

    // Reddi, Kale and Kumar 2018, algorithm 2; the usual library form corrects both moments after the maximum.
    public static IEnumerable<double[]> AmsGrad(Feed f, double beta1, double beta2, double epsilon, bool corrected)
    {
        double[] w = f.Start(), m = new double[w.Length], v = new double[w.Length], top = new double[w.Length];
        for (int t = 1; ; t++)
        {
            double[] g = f.Gradient(w);
            double c1 = corrected ? 1 - Math.Pow(beta1, t) : 1, c2 = corrected ? 1 - Math.Pow(beta2, t) : 1;
            for (int i = 0; i < w.Length; i++)
            {
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
                top[i] = Math.Max(top[i], v[i]);
                w[i] -= f.Eta(t - 1) * (m[i] / c1) / (Math.Sqrt(top[i] / c2) + epsilon);
            }
            yield return w;
        }
    }

    // Dozat 2016, with the schedule μ_t = β₁(1 − ½·0.96^{tψ}).
    public static IEnumerable<double[]> NAdam(Feed f, double beta1, double beta2, double epsilon, double psi)
    {
        double[] w = f.Start(), m = new double[w.Length], v = new double[w.Length];
        double Mu(int t) => beta1 * (1 - (0.5 * Math.Pow(0.96, t * psi)));
        double product = 1;
        for (int t = 1; ; t++)
        {
            double[] g = f.Gradient(w);
            product *= Mu(t);
            for (int i = 0; i < w.Length; i++)
            {
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
                double mean = (Mu(t + 1) * m[i] / (1 - (product * Mu(t + 1)))) + ((1 - Mu(t)) * g[i] / (1 - product));
                w[i] -= f.Eta(t - 1) * mean / (Math.Sqrt(v[i] / (1 - Math.Pow(beta2, t))) + epsilon);
            }
            yield return w;
        }
    }

    // Liu et al. 2020, algorithm 2, with ρ > 5 as the bound and ε beside √v.
    public static IEnumerable<double[]> RAdam(Feed f, double beta1, double beta2, double epsilon)
    {
        double[] w = f.Start(), m = new double[w.Length], v = new double[w.Length];
        double far = (2 / (1 - beta2)) - 1;
        for (int t = 1; ; t++)
        {
            double[] g = f.Gradient(w);
            double b2 = Math.Pow(beta2, t), rho = far - (2 * t * b2 / (1 - b2));
            for (int i = 0; i < w.Length; i++)
            {
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
                double mean = m[i] / (1 - Math.Pow(beta1, t));
                if (rho > 5)
                    mean *= Math.Sqrt((rho - 4) * (rho - 2) * far / ((far - 4) * (far - 2) * rho)) * Math.Sqrt(1 - b2)
                        / (Math.Sqrt(v[i]) + epsilon);
                w[i] -= f.Eta(t - 1) * mean;
            }
            yield return w;
        }
    }

    // Zeiler 2012, algorithm 1.
    public static IEnumerable<double[]> Adadelta(Feed f, double rho, double epsilon)
    {
        double[] w = f.Start(), s = new double[w.Length], u = new double[w.Length];
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            for (int i = 0; i < w.Length; i++)
            {
                s[i] = (rho * s[i]) + ((1 - rho) * g[i] * g[i]);
                double delta = Math.Sqrt(u[i] + epsilon) / Math.Sqrt(s[i] + epsilon) * g[i];
                u[i] = (rho * u[i]) + ((1 - rho) * delta * delta);
                w[i] -= f.Eta(t) * delta;
            }
            yield return w;
        }
    }

    // Taniguchi et al. 2024, algorithm 2: v₀ = g₀², no step; then clip(g/max(√v₋, ε), ±t^¼).
    public static IEnumerable<double[]> Adopt(Feed f, double beta1, double beta2, double epsilon)
    {
        double[] w = f.Start(), m = new double[w.Length], v = new double[w.Length];
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            double bound = Math.Pow(t, 0.25);
            for (int i = 0; i < w.Length; i++)
            {
                if (t > 0)
                {
                    double c = g[i] / Math.Max(Math.Sqrt(v[i]), epsilon);
                    m[i] = (beta1 * m[i]) + ((1 - beta1) * Math.Min(bound, Math.Max(-bound, c)));
                    w[i] -= f.Eta(t) * m[i];
                }
                v[i] = t == 0 ? g[i] * g[i] : (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
            }
            yield return w;
        }
    }

    // Pagliardini et al. 2024: α grows linearly, β₃ so that the half-life does.
    public static IEnumerable<double[]> AdEmaMix(Feed f, double beta1, double beta2, double beta3, double alpha, long warmUp,
        double epsilon, double decay)
    {
        double[] w = f.Start(), m = new double[w.Length], v = new double[w.Length], s = new double[w.Length];
        for (int t = 1; ; t++)
        {
            double[] g = f.Gradient(w);
            double part = warmUp == 0 ? 1 : Math.Min(1, (double)t / warmUp), slow = beta3;
            if (part < 1)
                slow = Math.Min(beta3,
                    Math.Exp(Math.Log(beta1) * Math.Log(beta3) / (((1 - part) * Math.Log(beta3)) + (part * Math.Log(beta1)))));
            for (int i = 0; i < w.Length; i++)
            {
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
                s[i] = (slow * s[i]) + ((1 - slow) * g[i]);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
                double mean = (m[i] / (1 - Math.Pow(beta1, t))) + (part * alpha * s[i]),
                    root = Math.Sqrt(v[i] / (1 - Math.Pow(beta2, t))) + epsilon;
                w[i] -= f.Eta(t - 1) * ((mean / root) + (decay * w[i]));
            }
            yield return w;
        }
    }

    // Xie et al. 2022, algorithm 1, with 1 − βᵢ for its βᵢ and the corrections of the authors' code:
    // v averages the change of the gradient, n squares g + β₂(g − g₋), the decay divides.
    public static IEnumerable<double[]> Adan(Feed f, double beta1, double beta2, double beta3, double epsilon, double decay)
    {
        double[] w = f.Start(), m = new double[w.Length], v = new double[w.Length], n = new double[w.Length], before = [];
        for (int t = 1; ; t++)
        {
            double[] g = f.Gradient(w);
            if (t == 1) before = g;
            for (int i = 0; i < w.Length; i++)
            {
                double change = g[i] - before[i], ahead = g[i] + (beta2 * change);
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * change);
                n[i] = (beta3 * n[i]) + ((1 - beta3) * ahead * ahead);
                double step = (m[i] / (1 - Math.Pow(beta1, t))) + (beta2 * v[i] / (1 - Math.Pow(beta2, t)));
                w[i] = (w[i] - (f.Eta(t - 1) * step / (Math.Sqrt(n[i] / (1 - Math.Pow(beta3, t))) + epsilon)))
                    / (1 + (f.Eta(t - 1) * decay));
            }
            before = g;
            yield return w;
        }
    }

    // Chen et al. 2023, algorithm 2.
    public static IEnumerable<double[]> Lion(Feed f, double beta1, double beta2, double decay)
    {
        double[] w = f.Start(), m = new double[w.Length];
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            for (int i = 0; i < w.Length; i++)
            {
                w[i] -= f.Eta(t) * (Math.Sign((beta1 * m[i]) + ((1 - beta1) * g[i])) + (decay * w[i]));
                m[i] = (beta2 * m[i]) + ((1 - beta2) * g[i]);
            }
            yield return w;
        }
    }

    // McMahan et al. 2013, algorithm 1; z begins so that the formula gives the start.
    public static IEnumerable<double[]> Ftrl(Feed f, double l1, double l2, double beta)
    {
        double[] w = f.Start(), n = new double[w.Length], z = [.. w.Select(x => -(x * ((beta / f.Eta(0)) + l2)) - (Math.Sign(x) * l1))];
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            for (int i = 0; i < w.Length; i++)
            {
                z[i] += g[i] - ((Math.Sqrt(n[i] + (g[i] * g[i])) - Math.Sqrt(n[i])) / f.Eta(t) * w[i]);
                n[i] += g[i] * g[i];
                w[i] = Math.Abs(z[i]) <= l1 ? 0 : -(z[i] - (Math.Sign(z[i]) * l1)) / (((beta + Math.Sqrt(n[i])) / f.Eta(t)) + l2);
            }
            yield return w;
        }
    }
}
