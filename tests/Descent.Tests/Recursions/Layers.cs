namespace Descent.Tests.Recursions;

/// <summary>Rules that look at the blocks of the layout.</summary>
static class Layers
{
    static double Norm(double[] x) => Math.Sqrt(Norms.Square(x));

    static double[] Part(double[] w, Block b) => w[b.Offset..(b.Offset + b.Length)];

    static bool IsMatrix(Block b) => b.Rows > 1 && b.Columns > 1;

    static double[,] Matrix(double[] x, Block b)
    {
        double[,] m = new double[b.Rows, b.Columns];
        for (int k = 0; k < x.Length; k++) m[k / b.Columns, k % b.Columns] = x[k];
        return m;
    }

    static double[] Flat(double[,] m) => [.. m.Cast<double>()];

    /// <summary>One recursion a block: <paramref name="step"/> is given the block's part of w, of g, the step size
    /// and t (from 1), and gives what is taken off.</summary>
    static IEnumerable<double[]> PerBlock(Feed f, Func<Block, Func<double[], double[], double, int, double[]>> step)
    {
        double[] w = f.Start();
        var rules = f.Problem.Layout.Blocks.Select(b => (Block: b, Step: step(b))).ToArray();
        for (int t = 1; ; t++)
        {
            double[] g = f.Gradient(w);
            foreach (var (b, rule) in rules)
            {
                double[] move = rule(Part(w, b), Part(g, b), f.Eta(t - 1), t);
                for (int k = 0; k < b.Length; k++) w[b.Offset + k] -= move[k];
            }
            yield return w;
        }
    }

    // C 24.2 with the fresh momentum: W ← W − η‖W‖M/‖M‖; a block at zero moves as if its norm were one.
    public static IEnumerable<double[]> Lars(Feed f, double beta) => PerBlock(f, b =>
    {
        double[] m = new double[b.Length];
        return (w, g, eta, _) =>
        {
            for (int k = 0; k < m.Length; k++) m[k] = (beta * m[k]) + ((1 - beta) * g[k]);
            double size = Norm(w) is > 0 and var s ? s : 1;
            return [.. m.Select(x => eta * size * x / Norm(m))];
        };
    });

    // You et al. 2017: V ← βV + η‖W‖/(‖g‖ + λ‖W‖)(g + λW), W ← W − V.
    public static IEnumerable<double[]> LarsPublished(Feed f, double beta, double decay) => PerBlock(f, b =>
    {
        double[] v = new double[b.Length];
        return (w, g, eta, _) =>
        {
            double norm = Norm(w), local = eta * (norm > 0 ? norm : 1) / (Norm(g) + (decay * norm));
            for (int k = 0; k < v.Length; k++) v[k] = (beta * v[k]) + (local * (g[k] + (decay * w[k])));
            return v;
        };
    });

    // You et al. 2020, algorithm 2, φ the identity.
    public static IEnumerable<double[]> Lamb(Feed f, double beta1, double beta2, double epsilon, double decay) => PerBlock(f, b =>
    {
        double[] m = new double[b.Length], v = new double[b.Length], d = new double[b.Length];
        return (w, g, eta, t) =>
        {
            for (int k = 0; k < m.Length; k++)
            {
                m[k] = (beta1 * m[k]) + ((1 - beta1) * g[k]);
                v[k] = (beta2 * v[k]) + ((1 - beta2) * g[k] * g[k]);
                d[k] = (m[k] / (1 - Math.Pow(beta1, t)) / (Math.Sqrt(v[k] / (1 - Math.Pow(beta2, t))) + epsilon)) + (decay * w[k]);
            }
            double size = Norm(w) is > 0 and var s ? s : 1;
            return [.. d.Select(x => eta * size * x / Norm(d))];
        };
    });

    // Shazeer and Stern 2018, algorithms 4 and 5: factored second moments for matrices,
    // β₂ = 1 − t^(−p), updates clipped at root mean square d, relative steps.
    public static IEnumerable<double[]> Adafactor(Feed f, double clip, double power, double epsilon1, double epsilon2) => PerBlock(f, b =>
    {
        double[] r = new double[b.Rows], c = new double[b.Columns], v = new double[b.Length];
        return (w, g, eta, t) =>
        {
            double beta = 1 - Math.Pow(t, -power);
            double[] squares = [.. g.Select(x => (x * x) + epsilon1)], u = new double[b.Length];
            for (int i = 0; i < b.Rows; i++)
                r[i] = (beta * r[i]) + ((1 - beta) * squares[(i * b.Columns)..((i + 1) * b.Columns)].Average());
            for (int j = 0; j < b.Columns; j++)
                c[j] = (beta * c[j]) + ((1 - beta) * Enumerable.Range(0, b.Rows).Average(i => squares[(i * b.Columns) + j]));
            for (int k = 0; k < u.Length; k++)
            {
                v[k] = (beta * v[k]) + ((1 - beta) * squares[k]);
                u[k] = g[k] / Math.Sqrt(IsMatrix(b) ? r[k / b.Columns] * c[k % b.Columns] / r.Average() : v[k]);
            }
            double rms = Norm(u) / Math.Sqrt(u.Length), size = Math.Max(epsilon2, Norm(w) / Math.Sqrt(w.Length));
            return [.. u.Select(x => Math.Min(eta, 1 / Math.Sqrt(t)) * size * x / Math.Max(1, rms / clip))];
        };
    });

    // Jordan et al. 2024: Newton–Schulz with 3.4445, −4.7750, 2.0315 on G + βM;
    // Adam (0.9, 0.95, 1e-10) with a part of η on what is no matrix.
    public static IEnumerable<double[]> Muon(Feed f, double beta, double ratio, int steps) => PerBlock(f, b =>
    {
        double[] m = new double[b.Length], v = new double[b.Length];
        return (w, g, eta, t) =>
        {
            for (int k = 0; k < m.Length; k++)
            {
                m[k] = IsMatrix(b) ? (beta * m[k]) + g[k] : (0.9 * m[k]) + (0.1 * g[k]);
                v[k] = (0.95 * v[k]) + (0.05 * g[k] * g[k]);
            }
            if (!IsMatrix(b))
                return [.. m.Zip(v,
                    (a, s) => ratio * eta * (a / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(s / (1 - Math.Pow(0.95, t))) + 1e-10))];
            double[] nesterov = [.. g.Zip(m, (a, s) => a + (beta * s))];
            double size = Norm(nesterov) + 1e-7;
            double[,] x = Matrix([.. nesterov.Select(a => a / size)], b);
            for (int k = 0; k < steps; k++) x = NewtonSchulz(x);
            return [.. Flat(x).Select(a => eta * Math.Sqrt(Math.Max(1, (double)b.Rows / b.Columns)) * a)];
        };
    });

    // aX + b(XXᵀ)X + c(XXᵀ)²X: the same from the left and from the right.
    static double[,] NewtonSchulz(double[,] x)
    {
        double[,] gram = Dense.Multiply(x, Dense.Transpose(x)), once = Dense.Multiply(gram, x), twice = Dense.Multiply(gram, once),
            next = (double[,])x.Clone();
        for (int i = 0; i < x.GetLength(0); i++)
            for (int j = 0; j < x.GetLength(1); j++) next[i, j] = (3.4445 * x[i, j]) - (4.7750 * once[i, j]) + (2.0315 * twice[i, j]);
        return next;
    }

    // Gupta et al. 2018, algorithm 1: W ← W − η L^(−1/2k) G R^(−1/2k), k the number of sides that are preconditioned.
    public static IEnumerable<double[]> Shampoo(Feed f, double epsilon, int every, int largest) => PerBlock(f, b =>
    {
        Sides sides = new(b, largest);
        double[,] left = Identity(b.Rows), right = Identity(b.Columns);
        return (_, g, eta, t) =>
        {
            double[,] m = Matrix(g, b);
            sides.Add(m, 1, 1);
            if ((t - 1) % every == 0)
            {
                double power = -0.5 / sides.Number;
                if (sides.OfLeft) left = Sides.Function(sides.Left, x => Math.Pow(Math.Max(0, x) + epsilon, power));
                if (sides.OfRight) right = Sides.Function(sides.Right, x => Math.Pow(Math.Max(0, x) + epsilon, power));
            }
            return [.. Flat(Dense.Multiply(Dense.Multiply(left, m), right)).Select(x => eta * x)];
        };
    });

    // Vyas et al. 2024, algorithm 3: Adam on QᵀGP, the moments' first step taken with the second gradient
    // (the first one only makes the basis).
    public static IEnumerable<double[]> Soap(Feed f, double beta1, double beta2, double beta3, double epsilon, double decay, int every,
        int largest) => PerBlock(f, b =>
    {
        Sides sides = new(b, largest);
        double[,] q = Identity(b.Rows), p = Identity(b.Columns);
        double[] m = new double[b.Length], v = new double[b.Length];
        return (w, g, eta, t) =>
        {
            double[] move = new double[b.Length];
            if (t > 1)
            {
                for (int k = 0; k < m.Length; k++) m[k] = (beta1 * m[k]) + ((1 - beta1) * g[k]);
                double[] mean = Turned(m), fresh = Turned(g), u = new double[b.Length];
                for (int k = 0; k < u.Length; k++)
                {
                    v[k] = (beta2 * v[k]) + ((1 - beta2) * fresh[k] * fresh[k]);
                    u[k] = mean[k] / (1 - Math.Pow(beta1, t - 1)) / (Math.Sqrt(v[k] / (1 - Math.Pow(beta2, t - 1))) + epsilon);
                }
                double[] back = Flat(Dense.Multiply(Dense.Multiply(q, Matrix(u, b)), Dense.Transpose(p)));
                for (int k = 0; k < u.Length; k++) move[k] = eta * (back[k] + (decay * w[k]));
            }
            sides.Add(Matrix(g, b), beta3, 1 - beta3);
            if ((t - 1) % every == 0)
            {
                if (sides.OfLeft) q = Dense.Eigen(sides.Left).Vectors;
                if (sides.OfRight) p = Dense.Eigen(sides.Right).Vectors;
            }
            return move;
        };
        double[] Turned(double[] x) => Flat(Dense.Multiply(Dense.Multiply(Dense.Transpose(q), Matrix(x, b)), p));
    });

    static double[,] Identity(int n)
    {
        double[,] i = new double[n, n];
        for (int k = 0; k < n; k++) i[k, k] = 1;
        return i;
    }
}
