namespace Descent.Tests.Recursions;

/// <summary>Deterministic methods with line searches, Hessians and models, on full gradients and by dense algebra.
/// They end where F resolves no further decrease.</summary>
static class Curved
{
    static double[] Step(double[] w, double eta, double[] g) => [.. w.Zip(g, (a, b) => a - (eta * b))];

    static double F(Feed f, double[] w) => f.Problem.Value(w, f.Problem.All);

    static double[] G(Feed f, double[] w) => f.Problem.Gradient(w, f.Problem.All);

    // Armijo 1966: the last step, twice as long (1/shrink), then shorter until F falls by cη‖g‖².
    public static IEnumerable<double[]> Armijo(Feed f, double initial, double shrink, double decrease)
    {
        double[] w = f.Start();
        double eta = initial * shrink;
        while (true)
        {
            double[] g = G(f, w);
            eta /= shrink;
            while (F(f, Step(w, eta, g)) > F(f, w) - (decrease * eta * Norms.Square(g))) eta *= shrink;
            w = Step(w, eta, g);
            yield return w;
        }
    }

    // Cauchy 1847: η = ‖g‖²/gᵀHg.
    public static IEnumerable<double[]> Exact(Feed f)
    {
        double[] w = f.Start();
        while (true)
        {
            double[] g = G(f, w);
            w = Step(w, Norms.Square(g) / Dense.Dot(g, Dense.Times(f.Problem.Hessian(w), g)), g);
            yield return w;
        }
    }

    // w ← w − s H⁻¹g, s = 1, ½, … until F falls by 1e-4 s gᵀH⁻¹g; H positive definite.
    public static IEnumerable<double[]> Newton(Feed f)
    {
        double[] w = f.Start();
        while (true)
        {
            double[] g = G(f, w), p = Dense.Solve(f.Problem.Hessian(w), g);
            double s = 1;
            while (F(f, Step(w, s, p)) > F(f, w) - (1e-4 * s * Dense.Dot(g, p))) s /= 2;
            w = Step(w, s, p);
            yield return w;
        }
    }

    // Friedman, Hastie and Tibshirani 2010, without a penalty:
    // each coordinate of the quadratic model to its minimum in turn, until a pass gains 1e-10 of the first; then halving.
    public static IEnumerable<double[]> Coordinates(Feed f)
    {
        double[] w = f.Start();
        while (true)
        {
            double[] g = G(f, w), p = new double[w.Length];
            double[,] h = f.Problem.Hessian(w);
            double first = 0, gained = 1;
            for (int pass = 0; pass == 0 || (gained > 1e-10 * first && pass < 1000); pass++)
            {
                gained = 0;
                for (int j = 0; j < p.Length; j++)
                {
                    double slope = g[j];
                    for (int k = 0; k < p.Length; k++) slope -= h[j, k] * p[k];
                    p[j] += slope / h[j, j];
                    gained += slope * slope / h[j, j];
                }
                if (pass == 0) first = gained;
            }
            double s = 1;
            while (F(f, Step(w, s, p)) > F(f, w) - (1e-4 * s * Dense.Dot(g, p))) s /= 2;
            w = Step(w, s, p);
            yield return w;
        }
    }

    // C 22 (Carmon et al. 2018): min over δ of F(w+δ) + γ‖δ‖² by M9 with smoothness H + 2γ and strong
    // convexity γ, until the inner gradient is a tenth of ‖∇F(w)‖ and the value is below that at 0.
    public static IEnumerable<double[]> AlmostConvex(Feed f, double gamma, double smoothness, double tolerance)
    {
        double[] w = f.Start();
        double eta = 1 / (smoothness + (2 * gamma)), beta = Momentum.Beta(gamma, smoothness + (2 * gamma));
        while (true)
        {
            double[] centre = w, u = w, y = w, g = G(f, w);
            double begin = F(f, w), goal = tolerance > 0 ? tolerance : Math.Sqrt(Norms.Square(g)) / 10;
            for (int k = 0; Math.Sqrt(Norms.Square(g)) > goal || F(f, y) + (gamma * Norms.Square(Step(y, 1, centre))) > begin; k++)
            {
                if (k > 10_000) throw new InvalidOperationException("The inner problem does not end.");
                double[] next = Step(y, eta, g);
                y = [.. next.Zip(u, (a, b) => a + (beta * (a - b)))];
                u = next;
                g = [.. G(f, y).Select((x, i) => x + (2 * gamma * (y[i] - centre[i])))];
            }
            w = y;
            yield return w;
        }
    }

    // Nesterov and Polyak 2006, the model solved by its secular equation;
    // J given, or doubled until F falls by a tenth of what the model says, and halved after.
    public static IEnumerable<double[]> Cubic(Feed f, double? lipschitz, Func<double[], double[], int, double[,]>? basis = null)
    {
        double[] w = f.Start();
        double j = lipschitz ?? 1;
        for (int t = 0; ; t++)
        {
            double[] g = G(f, w);
            double[,] h = f.Problem.Hessian(w);
            double[,]? q = basis?.Invoke(w, g, t);
            double[,] small = q is null ? h : Dense.Multiply(Dense.Multiply(Dense.Transpose(q), h), q);
            double[] own = q is null ? g : Dense.Times(Dense.Transpose(q), g), delta;
            while (true)
            {
                double[] inner = CubicStep(own, small, j);
                double model = Dense.Dot(own, inner) + (0.5 * Dense.Dot(inner, Dense.Times(small, inner)))
                    + (j / 6 * Math.Pow(Norms.Square(inner), 1.5));
                delta = q is null ? inner : Dense.Times(q, inner);
                if (lipschitz is not null || F(f, Step(w, -1, delta)) <= F(f, w) + (0.1 * model)) break;
                j *= 2;
            }
            w = Step(w, -1, delta);
            if (lipschitz is null) j = Math.Max(j / 2, 1e-12);
            yield return w;
        }
    }

    // (H + sI)δ = −g with ‖δ‖ = 2s/J, s ≥ max(0, −λ_min), by halving.
    static double[] CubicStep(double[] g, double[,] h, double j)
    {
        double least = Math.Max(0, -Dense.Eigen(h).Values[0]), low = least, high = least + 1;
        double[] At(double s)
        {
            double[,] shifted = (double[,])h.Clone();
            for (int i = 0; i < g.Length; i++) shifted[i, i] += s;
            return [.. Dense.Solve(shifted, g).Select(x => -x)];
        }
        while (Math.Sqrt(Norms.Square(At(high))) > 2 * high / j) high *= 2;
        for (int k = 0; ; k++)
        {
            double middle = (low + high) / 2;
            if (!(middle > low && middle < high) || k > 2000) return At(high);
            if (Math.Sqrt(Norms.Square(At(middle))) > 2 * middle / j) low = middle;
            else high = middle;
        }
    }

    /// <summary>Orthonormal columns that span (b, Hb, …), b being g/‖g‖ with a thousandth of the run's noise,
    /// each made orthogonal twice.</summary>
    public static Func<double[], double[], int, double[,]> Krylov(Feed f, int most)
    {
        ulong key = f.Draws.NextWord();
        return (w, g, t) =>
        {
            int d = w.Length, k = Math.Min(d, most);
            ulong stream = Philox.Pair((ulong)t, key).A;
            double norm = Math.Sqrt(Norms.Square(g));
            double[] v = [.. g.Select(
                (x, i) => (x / norm) + (1e-3 * ((2 * (Philox.Pair((ulong)i, stream).A >> 11) * Math.ScaleB(1, -53)) - 1) / Math.Sqrt(d)))];
            double[,] h = f.Problem.Hessian(w);
            List<double[]> basis = [];
            while (basis.Count < k)
            {
                for (int pass = 0; pass < 2; pass++)
                    foreach (double[] b in basis) v = Step(v, Dense.Dot(b, v), b);
                double size = Math.Sqrt(Norms.Square(v));
                double[] unit = [.. v.Select(x => x / size)];
                basis.Add(unit);
                v = Dense.Times(h, unit);
            }
            double[,] q = new double[d, k];
            for (int i = 0; i < d; i++)
                for (int c = 0; c < k; c++) q[i, c] = basis[c][i];
            return q;
        };
    }

    // C thm 25.7: along v of the least eigenvalue −λ < −√(Jε) the step (2λ/J) against the sign of ⟨v, g⟩,
    // J given or doubled until F falls by 2λ³/(3J²); else gradient steps, halved until F falls by η‖g‖²/2, doubled after.
    public static IEnumerable<double[]> NegativeCurvature(Feed f, double? lipschitz, double tolerance)
    {
        double[] w = f.Start();
        double j = lipschitz ?? 1, eta = 1;
        while (true)
        {
            double[] g = G(f, w);
            var (values, q) = Dense.Eigen(f.Problem.Hessian(w));
            double lambda = -values[0], now = F(f, w);
            if (lambda > Math.Sqrt(j * tolerance))
            {
                double[] v = [.. Enumerable.Range(0, w.Length).Select(i => q[i, 0])];
                if (Dense.Dot(v, g) < 0) v = [.. v.Select(x => -x)];
                while (lipschitz is null && F(f, Step(w, 2 * lambda / j, v)) > now - (2 * lambda * lambda * lambda / (3 * j * j))) j *= 2;
                w = Step(w, 2 * lambda / j, v);
            }
            else
            {
                while (F(f, Step(w, eta, g)) > now - (0.5 * eta * Norms.Square(g))) eta /= 2;
                w = Step(w, eta, g);
                eta *= 2;
            }
            yield return w;
        }
    }
}
