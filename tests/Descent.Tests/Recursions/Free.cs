namespace Descent.Tests.Recursions;

/// <summary>Rules that learn their scale or average as they go.</summary>
static class Free
{
    // Ivgi et al. 2023: η_t = max_{i≤t}‖w_i − w₀‖/√(Σ‖g‖² + ε), the first distance r(1 + ‖w₀‖).
    public static IEnumerable<double[]> DoG(Feed f, double relative, double epsilon)
    {
        double[] w = f.Start(), first = f.Start();
        double far = relative * (1 + Math.Sqrt(Norms.Square(first))), sum = 0;
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            far = Math.Max(far, Math.Sqrt(Norms.Square([.. w.Zip(first, (a, b) => a - b)])));
            sum += Norms.Square(g);
            for (int i = 0; i < w.Length; i++) w[i] -= f.Eta(t) * far / Math.Sqrt(sum + epsilon) * g[i];
            yield return w;
        }
    }

    // Defazio and Mishchenko 2023, algorithm 1 (dual averaging), γ_k = 1/√Σ_{i<k}‖g_i‖², γ₀ = 1/‖g₀‖.
    // Its average weighs each iterate by the distance of before its step.
    public static IEnumerable<double[]> DAdaptation(Feed f, double first, double growth, List<double>? weights = null)
    {
        double[] start = f.Start(), w = f.Start(), s = new double[w.Length];
        double d = first, squares = 0, weighted = 0;
        for (int t = 0; ; t++)
        {
            weights?.Add(d);
            double[] g = f.Gradient(w);
            double square = Norms.Square(g), gamma = 1 / Math.Sqrt(t == 0 ? square : squares);
            weighted += gamma * d * d * square;
            squares += square;
            for (int i = 0; i < w.Length; i++)
            {
                s[i] += d * g[i];
                w[i] = start[i] - (f.Eta(t) * s[i] / Math.Sqrt(squares));
            }
            double size = Math.Sqrt(Norms.Square(s)), estimate = ((size * size / Math.Sqrt(squares)) - weighted) / (2 * size);
            d = Math.Max(d, Math.Min(estimate, d * growth));
            yield return w;
        }
    }

    // Mishchenko and Defazio 2023, algorithm 4, as their code has it:
    // β₃ = √β₂, weights d/d₀, the distance of before in the moments and in the step.
    public static IEnumerable<double[]> Prodigy(Feed f, double beta1, double beta2, double epsilon, double decay, double first,
        double growth)
    {
        double[] start = f.Start(), w = f.Start(), m = new double[w.Length], v = new double[w.Length], s = new double[w.Length];
        double d = first, most = 0, r = 0, beta3 = Math.Sqrt(beta2);
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            double eta = d * f.Eta(t), before = d, inner = 0, size = 0;
            for (int i = 0; i < w.Length; i++)
            {
                inner += g[i] * (start[i] - w[i]);
                s[i] = (beta3 * s[i]) + (d / first * eta * g[i]);
                size += Math.Abs(s[i]);
            }
            r = (beta3 * r) + (d / first * eta * inner);
            double estimate = r / size;
            if (d == first) d = Math.Max(d, estimate);
            most = Math.Max(most, estimate);
            d = Math.Max(d, Math.Min(most, d * growth));
            for (int i = 0; i < w.Length; i++)
            {
                m[i] = (beta1 * m[i]) + ((1 - beta1) * before * g[i]);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * before * before * g[i] * g[i]);
                w[i] = w[i] - (eta * decay * w[i]) - (eta * m[i] / (Math.Sqrt(v[i]) + (d * epsilon)));
            }
            yield return w;
        }
    }

    // Defazio et al. 2024: y = (1−β)z + βx, z ← z − ηg(y), x ← (1−c)x + cz with c = η²/Ση² of the largest η so far.
    public static IEnumerable<double[]> ScheduleFreeSgd(Feed f, double beta) => ScheduleFree(f, beta, 0, (t, g, _) => g);

    public static IEnumerable<double[]> ScheduleFreeAdamW(Feed f, double beta1, double beta2, double epsilon, double decay)
    {
        double[] v = new double[f.First.Length];
        return ScheduleFree(f, beta1, decay, (t, g, _) =>
        {
            double[] u = new double[g.Length];
            for (int i = 0; i < g.Length; i++)
            {
                v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
                u[i] = g[i] / (Math.Sqrt(v[i] / (1 - Math.Pow(beta2, t + 1))) + epsilon);
            }
            return u;
        });
    }

    static IEnumerable<double[]> ScheduleFree(Feed f, double beta, double decay, Func<int, double[], double[], double[]> direction)
    {
        double[] x = f.Start(), z = f.Start(), y = new double[x.Length];
        double top = 0, total = 0;
        for (int t = 0; ; t++)
        {
            for (int i = 0; i < x.Length; i++) y[i] = ((1 - beta) * z[i]) + (beta * x[i]);
            double[] u = direction(t, f.Gradient(y), y);
            top = Math.Max(top, f.Eta(t));
            total += top * top;
            for (int i = 0; i < x.Length; i++)
            {
                z[i] -= f.Eta(t) * (u[i] + (decay * y[i]));
                x[i] = ((1 - (top * top / total)) * x[i]) + (top * top / total * z[i]);
            }
            yield return x;
        }
    }
}
