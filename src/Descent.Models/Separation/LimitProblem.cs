namespace Descent.Models.Separation;

/// <summary>
/// What is left of a likelihood when one goes to infinity along a direction of recession: each example keeps the classes it is not
/// separated from, and a count of 0 whose mean falls to 0 is gone. Its minimum is attained and equals <c>inf F</c>; its minimiser and
/// Hessian give the estimates that are finite and their errors.
/// </summary>
/// <remarks>
/// Its value never exceeds F, whatever was left out: dropping a class from a log-sum-exp, or a term e^z ≥ 0, only lowers it. So a lower
/// bound on it is one on inf F. Newton's method with step halving on the independent parameters; each step one Hessian, n·w²·k²/2
/// operations.
/// </remarks>
sealed class LimitProblem
{
    const double Unit = 2.220446049250313e-16;
    readonly Design x;
    readonly int k, p, m;
    readonly bool counts;
    readonly int[] independent, own;
    readonly double[] y, omega, offset, z, dz, mass, trial, gradient, step, small;
    readonly bool[] alive, live;
    readonly Cholesky factor;

    /// <param name="x">The rows of positive weight.</param>
    /// <param name="outputs">Margins an example, k.</param>
    /// <param name="counts">Poisson instead of classes.</param>
    /// <param name="y">Counts, or class numbers from −1, the reference.</param>
    /// <param name="omega">Weights over their sum.</param>
    /// <param name="offset">What is added to the margin of each example.</param>
    /// <param name="alive">For each example the k + 1 classes it keeps, the reference last; for counts the first entry of two.</param>
    /// <param name="independent">Parameters to be fitted; the others are 0.</param>
    public LimitProblem(Design x, int outputs, bool counts, double[] y, double[] omega, double[] offset, bool[] alive,
        int[] independent)
    {
        (this.x, k, this.counts, this.y, this.omega, this.alive, this.independent) = (x, outputs, counts, y, omega, alive, independent);
        this.offset = offset;
        (p, m) = (k * x.Width, independent.Length);
        own = counts ? [] : Array.ConvertAll(y, v => (int)v);
        live = new bool[x.Count];
        for (int i = 0; i < x.Count; i++) live[i] = alive.AsSpan(i * (k + 1), k + 1).Count(true) > (counts ? 0 : 1);
        (z, dz, mass) = (new double[x.Count * k], new double[x.Count * k], new double[x.Count * (k + 1)]);
        (Point, trial, gradient, step) = (new double[p], new double[p], new double[m], new double[p]);
        small = new double[m * m];
        factor = new Cholesky(m);
    }

    /// <summary>The minimiser.</summary>
    public double[] Point { get; private set; }

    /// <summary>The minimum.</summary>
    public double Value { get; private set; }

    /// <summary>A proved lower bound on the minimum.</summary>
    public double LowerBound { get; private set; } = double.NegativeInfinity;

    /// <summary>Examples that still say something.</summary>
    public int Examples => live.Count(true);

    /// <summary>Minimises; false when Newton's method did not come to its end.</summary>
    public bool Solve(ReadOnlySpan<double> start)
    {
        for (int j = 0; j < m; j++) Point[independent[j]] = start.IsEmpty ? 0 : start[independent[j]];
        Value = Evaluate(Point);
        if (counts && (start.IsEmpty || !double.IsFinite(Value))) StartOfCounts();
        for (int steps = 0; steps < 200; steps++)
        {
            if (!double.IsFinite(Value) || !Factor()) return false;
            double decrement = Direction();
            if (m == 0 || decrement <= 1e-15 * Math.Abs(Value) || decrement <= 1e-30)
            {
                Take(1);
                LowerBound = Bound();
                return true;
            }
            double before = Value, s = 1;
            while (!Take(s) && s > 1e-6) s /= 2;
            if (s > 1e-6) continue;
            Value = Evaluate(Point);
            LowerBound = Factor() ? Bound() : double.NegativeInfinity;
            return decrement <= 1e-10 * Math.Max(1, Math.Abs(before));
        }
        return false;
    }

    /// <summary>(W·∇²F)⁻¹ at the minimiser, p×p with zeros for the parameters that were not fitted.</summary>
    public double[] Covariance(double totalWeight)
    {
        double[] all = new double[p * p];
        Value = Evaluate(Point);
        if (m == 0 || !Factor()) return all;
        double[] inverse = factor.Inverse();
        for (int i = 0; i < m; i++)
            for (int j = 0; j < m; j++) all[(independent[i] * p) + independent[j]] = inverse[(i * m) + j] / totalWeight;
        return all;
    }

    // R's start for log means: one weighted least-squares fit to log(y + 0.1).
    void StartOfCounts()
    {
        double[] full = new double[p];
        for (int i = 0; i < x.Count; i++)
        {
            if (!live[i]) continue;
            double mu = y[i] + 0.1;
            mass[i * 2] = mu;
            Vectors.AddScaled(omega[i] * ((mu * (Math.Log(mu) - offset[i])) + y[i] - mu), x.Row(i), full);
        }
        if (!Factor()) return;
        double[] right = [.. independent.Select(j => full[j])];
        factor.Solve(right, right);
        for (int j = 0; j < m; j++) Point[independent[j]] = right[j];
        Value = Evaluate(Point);
    }

    bool Take(double s)
    {
        for (int j = 0; j < p; j++) trial[j] = Point[j] - (s * step[j]);
        double value = Evaluate(trial);
        if (!(value <= Value + (4 * Unit * Math.Abs(Value)))) return false;
        trial.AsSpan().CopyTo(Point);
        Value = value;
        return true;
    }

    void Margins(ReadOnlySpan<double> w, double[] to)
    {
        for (int i = 0; i < x.Count; i++)
            for (int a = 0; a < k; a++) to[(i * k) + a] = Vectors.Dot(x.Row(i), w.Slice(a * x.Width, x.Width));
    }

    // Losses, and the masses that gradient and Hessian are made of: probabilities of the classes kept, or means.
    double Evaluate(ReadOnlySpan<double> w)
    {
        Margins(w, z);
        for (int i = 0; i < x.Count; i++)
            for (int a = 0; a < k; a++) z[(i * k) + a] += offset[i];
        double sum = 0;
        for (int i = 0; i < x.Count; i++)
        {
            if (live[i]) sum += omega[i] * (counts ? Count(i) : Class(i));
            else mass.AsSpan(i * (k + 1), k + 1).Clear();
        }
        return sum;
    }

    double Count(int i)
    {
        double mu = Math.Exp(z[i]);
        mass[i * 2] = mu;
        return mu - (y[i] * z[i]);
    }

    double Class(int i)
    {
        Span<double> q = mass.AsSpan(i * (k + 1), k + 1);
        int mine = own[i] < 0 ? k : own[i];
        double at = mine == k ? 0 : z[(i * k) + mine], top = 0, sum = 0;
        for (int a = 0; a <= k; a++)
        {
            if (!Alive(i, a)) continue;
            q[a] = (a == k ? 0 : z[(i * k) + a]) - at;
            top = Math.Max(top, q[a]);
        }
        for (int a = 0; a <= k; a++)
        {
            q[a] = Alive(i, a) ? Math.Exp(q[a] - top) : 0;
            if (a != mine) sum += q[a];
        }
        // log(1 + r) keeps the digits of a loss near 0.
        double loss = top > 0 ? top + Math.Log(sum + q[mine]) : ElementaryFunctions.LogOnePlus(sum), total = sum + q[mine];
        for (int a = 0; a <= k; a++) q[a] /= total;
        return loss;
    }

    // Kahan's form: the rounding of 1 + r cancels.

    bool Alive(int i, int a) => alive[(i * (k + 1)) + a];

    // The derivative of example i's loss by its margin a.
    double Slope(int i, int a) => !live[i] ? 0 : counts ? mass[i * 2] - y[i] : own[i] != a ? mass[(i * (k + 1)) + a] : -Others(i, a);

    double Others(int i, int a)
    {
        double sum = 0;
        for (int b = 0; b <= k; b++)
            if (b != a) sum += mass[(i * (k + 1)) + b];
        return sum;
    }

    bool Factor()
    {
        if (m == 0) return true;
        double[] matrix = new double[p * p];
        Blocks.Add(x, k, Entry, new double[x.Count], matrix);
        PartitionCheck.Narrow(matrix, p, independent).CopyTo(small, 0);
        return factor.Factor(small);

        bool Entry(int a, int b, double[] to)
        {
            bool any = false;
            for (int i = 0; i < x.Count; i++)
            {
                double pa = mass[(i * (k + 1)) + a];
                to[i] = !live[i]
                    ? 0
                    : counts ? omega[i] * mass[i * 2] : omega[i] * (a == b ? pa * Others(i, a) : -pa * mass[(i * (k + 1)) + b]);
                any |= to[i] != 0;
            }
            return any;
        }
    }

    double Direction()
    {
        if (m == 0) return 0;
        double[] full = new double[p];
        for (int i = 0; i < x.Count; i++)
            for (int a = 0; a < k && live[i]; a++) Vectors.AddScaled(omega[i] * Slope(i, a), x.Row(i), full.AsSpan(a * x.Width, x.Width));
        for (int j = 0; j < m; j++) gradient[j] = full[independent[j]];
        double[] solved = new double[m];
        factor.Solve(gradient, solved);
        Array.Clear(step);
        for (int j = 0; j < m; j++) step[independent[j]] = solved[j];
        return Vectors.Dot<double>(gradient, solved);
    }

    // Fenchel dual at the multipliers corrected by one Newton step, q = m(1 + ε): the gap is Σ ω m((1 + ε)ln(1 + ε) − ε). What the step
    // leaves of the balance, and rounding, is charged.
    double Bound()
    {
        double rounding = 0, gap = 0;
        if (m > 0)
        {
            Direction();
            Margins(step, dz);
        }
        double[] size = new double[p], full = new double[p];
        for (int i = 0; i < x.Count; i++)
        {
            if (!live[i]) continue;
            double mean = 0;
            for (int a = 0; a < k && !counts; a++) mean += mass[(i * (k + 1)) + a] * dz[(i * k) + a];
            for (int a = 0; a <= k; a++)
            {
                double q = mass[(i * (k + 1)) + a], e = counts ? (a == 0 ? -dz[i] : 0) : mean - (a == k ? 0 : dz[(i * k) + a]);
                if (counts && a == k) continue;
                if (!(e > -1)) return double.NegativeInfinity;
                gap += omega[i] * q * (Math.Abs(e) < 1e-3 ? e * e * (0.5 - (e / 6) + (e * e / 12)) : ((1 + e) * Math.Log(1 + e)) - e);
                if (a == k) continue;
                double slope = Slope(i, a), corrected = slope + (q * e);
                ReadOnlySpan<double> row = x.Row(i);
                double spread = Math.Abs(offset[i]);
                for (int j = 0; j < x.Width; j++)
                {
                    spread += Math.Abs(row[j] * Point[(a * x.Width) + j]);
                    full[(a * x.Width) + j] += omega[i] * corrected * row[j];
                    size[(a * x.Width) + j] += omega[i] * (Math.Abs(slope) + Math.Abs(q * e)) * Math.Abs(row[j]);
                }
                rounding += omega[i] * (Math.Abs(slope) + Unit) * (x.Width + 2) * Unit * spread;
            }
            double loss = counts
                ? mass[i * 2] + Math.Abs(y[i] * z[i])
                : -Math.Log(Math.Max(1e-300, mass[(i * (k + 1)) + (own[i] < 0 ? k : own[i])]));
            rounding += omega[i] * Unit * ((8 * loss) + 8);
        }
        double remainder = 0;
        for (int j = 0; j < m; j++)
        {
            double r = Math.Abs(full[independent[j]]) + ((x.Count + 8) * Unit * size[independent[j]]);
            remainder += r * r / small[(j * m) + j];
        }
        double worst = m == 0 ? 0 : remainder * Trace();
        return Value - (2 * gap) - (2 * worst) - rounding;
    }

    double Trace()
    {
        double sum = 0;
        double[] unit = new double[m];
        for (int j = 0; j < m; j++)
        {
            Array.Clear(unit);
            unit[j] = Math.Sqrt(small[(j * m) + j]);
            double norm = factor.InverseNorm(unit);
            sum += norm * norm;
        }
        return sum;
    }
}
