namespace Descent.Models.Tests.Certificates;

/// <summary>
/// F in some 30 digits, and a point at which it is least to more digits than a double has: a primal–dual interior-point method in <see
/// cref="Wide"/> arithmetic on smooth part plus pieces max(l r, h r), r = c − x·w (kinked losses and L1 penalties). Only values of F are
/// taken from it, at points, so that an error here can hide a fault but not invent one.
/// </summary>
sealed class Truth
{
    readonly HardProblem p;
    readonly int d, k, shift;
    bool majorant;
    readonly Wide[] omega, scale;
    readonly List<(Wide Weight, Wide Low, Wide High, Wide Centre, Wide[] Row)> pieces = [];

    public Truth(HardProblem problem)
    {
        p = problem;
        shift = p.Model == "softmax" && p.L2 == 0 && p.L1 == 0 ? 1 : 0;
        k = p.Classes - shift;
        d = k * (p.Columns + (p.Intercept ? 1 : 0));
        Wide total = 0;
        double[] weights = p.Weights is { } w
            ? [.. w.Select(a => Math.ScaleB(a, -Math.ILogB(w.Max())))]
            : [.. Enumerable.Repeat(1.0, p.Rows)];
        foreach (double a in weights) total += a;
        omega = [.. weights.Select(a => (Wide)a / total)];
        scale = [.. Enumerable.Range(0, d).Select(j => (Wide)Unit(j))];
        AddPieces();
        Best = double.PositiveInfinity;
        Minimiser = new Wide[d];
        Solve();
    }

    /// <summary>The least value met.</summary>
    public Wide Best { get; private set; }

    /// <summary>Where it was met.</summary>
    public Wide[] Minimiser { get; private set; }

    /// <summary>F at a point.</summary>
    public Wide Value(ReadOnlySpan<double> w)
    {
        Wide[] wide = new Wide[w.Length];
        for (int j = 0; j < w.Length; j++) wide[j] = w[j];
        return Value(wide);
    }

    Wide Value(Wide[] w)
    {
        Wide sum = 0;
        for (int i = 0; i < p.Rows; i++)
            if (omega[i].Head != 0) sum += omega[i] * Loss(i, w);
        for (int j = 0; j < d; j++)
            if (Penalised(j)) sum += (w[j] * w[j] * (0.5 * p.L2)) + (Wide.Abs(w[j]) * p.L1);
        return sum;
    }

    double Unit(int j)
    {
        double largest = 0;
        for (int i = 0; i < p.Rows; i++) largest = Math.Max(largest, Math.Abs(Entry(i, j)));
        return largest == 0 ? 1 : Math.ScaleB(1, -Math.ILogB(largest));
    }

    bool Penalised(int j) => j < k * p.Columns || p.PenaliseIntercept;

    // x of parameter j in its own class's margin.
    double Entry(int i, int j) => j < k * p.Columns ? p.X[(i * p.Columns) + (j % p.Columns)] : 1;

    int ClassOf(int j) => j < k * p.Columns ? j / p.Columns : j - (k * p.Columns);

    Wide Margin(int i, int c, Wide[] w, bool offset = true)
    {
        Wide z = offset && p.Offsets is { } moved ? moved[i] : 0;
        for (int j = 0; j < d; j++)
            if (ClassOf(j) == c) z += w[j] * Entry(i, j);
        return z;
    }

    // Margins of all classes less the own one's; a reference class has margin 0.
    Wide[] Differences(int i, Wide[] w)
    {
        Wide[] z = new Wide[p.Classes];
        for (int c = 0; c < p.Classes; c++) z[c] = c < shift ? 0 : Margin(i, c - shift, w);
        Wide own = z[(int)p.Y[i]];
        for (int c = 0; c < z.Length; c++) z[c] -= own;
        return z;
    }

    Wide Loss(int i, Wide[] w)
    {
        double y = p.Y[i];
        if (p.Model == "softmax")
        {
            Wide rest = 0;
            Wide[] z = Differences(i, w);
            Wide top = z.Max();
            if (top.Head > 30)
            {
                foreach (Wide a in z) rest += Wide.Exp(a - top);
                return top + Wide.Log(rest);
            }
            for (int c = 0; c < z.Length; c++)
                if (c != (int)y) rest += Wide.Exp(z[c]);
            return Wide.LogOnePlus(rest);
        }
        Wide m = Margin(i, 0, w), r = m - y;
        switch (p.Model)
        {
            case "gamma" or "negative-binomial" or "tweedie" or "cloglog" or "probit" or "shares": return Curve(m, y, p).Value;
            case "linear": return r * r * 0.5;
            case "huber": return Wide.Abs(r) > p.Parameter ? (Wide.Abs(r) - ((Wide)p.Parameter * 0.5)) * p.Parameter : r * r * 0.5;
            case "poisson": return Wide.Exp(m) - (m * y);
            case "absolute": return Wide.Abs(r);
            case "quantile": return r < 0 ? -r * p.Parameter : r * ((Wide)1 - p.Parameter);
            case "hinge": return Wide.Max(0, (Wide)1 - (m * ((2 * y) - 1)));
            default:
                Wide t = y == 1 ? -m : m;
                return t.Head > 30 ? t + Wide.LogOnePlus(Wide.Exp(-t)) : Wide.LogOnePlus(Wide.Exp(t));
        }
    }

    /// <summary>φ, φ′ and φ″ of the smooth losses of one margin that have no shape of their own in the certificates.</summary>
    static (Wide Value, Wide First, Wide Second) Curve(Wide z, double y, HardProblem p)
    {
        switch (p.Model)
        {
            case "gamma":
                Wide ratio = Wide.Exp(-z) * y;
                return (z + ratio, (Wide)1 - ratio, ratio);
            case "negative-binomial":
                // log θ to the last bits is what the loss rounds: the problem is the one with the rounded one.
                Wide t = z - Math.Log(p.Parameter), e = Wide.Exp(-Wide.Abs(t)), q = (t > 0 ? 1 : e) / (e + 1), n = (Wide)y + p.Parameter;
                return (((t > 0 ? t : 0) + Wide.LogOnePlus(e)) * n - (z * y), (n * q) - y, n * e / ((e + 1) * (e + 1)));
            case "tweedie":
                double a = p.Parameter - 1, b = 2 - p.Parameter;
                Wide falling = y == 0 ? 0 : Wide.Exp(-z * a) * y, rising = Wide.Exp(z * b);
                return ((falling / a) + (rising / b), rising - falling, (falling * a) + (rising * b));
            case "shares":
                Wide s = Wide.Exp(-Wide.Abs(z)), one = s + 1;
                // Not z − zy: of one outcome that would leave the digits of z where e^−z is meant.
                return ((z > 0 ? z * ((Wide)1 - y) : -z * y) + Wide.LogOnePlus(s), ((z > 0 ? 1 : s) / one) - y, s / (one * one));
            case "cloglog":
                if (z < -80)
                {
                    // 1 − e^−m = m(1 − m/2) to 40 digits.
                    Wide least = Wide.Exp(z);
                    return ((((least * 0.5) - z) * y) + (least * ((Wide)1 - y)), (least * ((Wide)1 - y)) - (((Wide)1 - (least * 0.5)) * y),
                        (least * ((Wide)1 - y)) + (least * 0.5 * y));
                }
                if (z > 7)
                {
                    // e^(−e^7) is beyond 450 digits.
                    Wide all = y == 1 ? 0 : Wide.Exp(z) * ((Wide)1 - y);
                    return (all, all, all);
                }
                Wide m = Wide.Exp(z), gone = Wide.Exp(-m), kept = m < 1e-3 ? Small(m) : (Wide)1 - gone, odds = m * gone / kept;
                return ((y == 0 ? 0 : -Wide.Log(kept) * y) + (m * ((Wide)1 - y)), (m * ((Wide)1 - y)) - (odds * y),
                    (m * ((Wide)1 - y)) + ((odds * (m - 1) + (odds * odds)) * y));
            default:
                var (up, upSlope, upBend) = Normal(z);
                var (down, downSlope, downBend) = Normal(-z);
                Wide rest = (Wide)1 - y;
                return ((up * y) + (down * rest), (upSlope * y) - (downSlope * rest), (upBend * y) + (downBend * rest));
        }
    }

    // 1 − e^−m, m small.
    static Wide Small(Wide m)
    {
        Wide sum = 0, term = -1;
        for (int k = 1; k < 14; k++) sum += term = -term * m / k;
        return sum;
    }

    // −log Φ and its derivatives: Mills' ratio by its continued fraction, whose odd and even convergents enclose it, below −3; above, the
    // series of Φ, which loses no more than three digits there.
    static (Wide Value, Wide First, Wide Second) Normal(Wide x)
    {
        Wide root = Wide.Log((Wide)2 * Wide.Exp(LogPi)) * 0.5, lambda;
        if (x < -3)
        {
            Wide tail = -x;
            for (int k = 900; k >= 1; k--) tail = -x + ((Wide)k / tail);
            lambda = tail;
            return ((x * x * 0.5) + root + Wide.Log(tail), -lambda, lambda * (lambda + x));
        }
        Wide density = Wide.Exp(-(x * x * 0.5) - root), phi;
        if (x > 6)
        {
            Wide tail = x;
            for (int k = 400; k >= 1; k--) tail = x + ((Wide)k / tail);
            phi = -density / tail;
            lambda = density / ((Wide)1 + phi);
            return (-Wide.LogOnePlus(phi), -lambda, lambda * (lambda + x));
        }
        Wide sum = x, term = x;
        for (int k = 3; k < 400 && Math.Abs(term.Head) > 1e-40; k += 2) sum += term = term * x * x / k;
        phi = (Wide)0.5 + (density * sum);
        lambda = density / phi;
        return (-Wide.Log(phi), -lambda, lambda * (lambda + x));
    }

    // log π in two doubles (mpmath: log(pi) = 1.14472988584940017414342735135305871…).
    static readonly Wide LogPi = (Wide)1.1447298858494002 + 1.0265951162707826e-17;

    void AddPieces()
    {
        for (int i = 0; i < p.Rows; i++)
        {
            if (p.Model is not ("absolute" or "quantile" or "hinge") || omega[i].Head == 0) continue;
            double s = p.Model == "hinge" ? (2 * p.Y[i]) - 1 : 1;
            Wide[] row = [.. Enumerable.Range(0, d).Select(j => scale[j] * (s * Entry(i, j)))];
            (Wide low, Wide high) =
                p.Model switch { "hinge" => (0, 1), "absolute" => (-1, 1), _ => ((Wide)p.Parameter - 1, (Wide)p.Parameter) };
            pieces.Add((omega[i], low, high, (p.Model == "hinge" ? 1 : p.Y[i]) - ((Wide)s * (p.Offsets?[i] ?? 0)), row));
        }
        for (int j = 0; j < d && p.L1 > 0; j++)
        {
            if (!Penalised(j)) continue;
            Wide[] row = new Wide[d];
            row[j] = 1;
            pieces.Add((scale[j] * p.L1, -1, 1, 0, row));
        }
    }

    // The interior-point method on scaled parameters s = w/scale.
    void Solve()
    {
        int m = pieces.Count;
        Wide[] s = new Wide[d], u = new Wide[m], a = new Wide[m], b = new Wide[m];
        for (int q = 0; q < m; q++)
        {
            u[q] = (pieces[q].Low + pieces[q].High) * 0.5;
            a[q] = Wide.Max(pieces[q].Centre, 0) + 1;
            b[q] = Wide.Max(-pieces[q].Centre, 0) + 1;
        }
        int idle = 0;
        for (int iteration = 0; iteration < 300 && idle < (m > 0 ? 40 : 12); iteration++)
        {
            Wide[] w = [.. s.Select((x, j) => x * scale[j])];
            Wide value = Value(w);
            if (!double.IsFinite(value.Head)) break;
            idle = value < Best - (Wide.Abs(Best) * 1e-26) ? 0 : idle + 1;
            if (value < Best) (Best, Minimiser) = (value, w);
            // Huber's quadratic majorant always descends; Newton's step ends the matter where it is right, so they take turns.
            majorant = iteration % 2 == 0 || (m > 0 && iteration < 60);
            Wide[] from = (Wide[])s.Clone();
            Step(s, w, u, a, b);
            if (m == 0) Shorten(s, from, value);
        }
    }

    // Without pieces every step has to lower F, but for the last digits.
    void Shorten(Wide[] s, Wide[] from, Wide value)
    {
        for (int halving = 0; halving < 40; halving++)
        {
            if (!(Value([.. s.Select((x, j) => x * scale[j])]) > value + (Wide.Abs(value) * 1e-28))) return;
            for (int j = 0; j < d; j++) s[j] = (s[j] + from[j]) * 0.5;
        }
        from.CopyTo(s, 0);
    }

    void Step(Wide[] s, Wide[] w, Wide[] u, Wide[] a, Wide[] b)
    {
        int m = pieces.Count;
        Wide[] h = new Wide[d * d], g = new Wide[d];
        Smooth(w, g, h);
        Wide mu = 0;
        for (int q = 0; q < m; q++) mu += (a[q] * (pieces[q].High - u[q])) + (b[q] * (u[q] - pieces[q].Low));
        if (m > 0) mu = mu * 0.1 / (2 * m);
        Wide[] e = new Wide[m], rho = new Wide[m];
        for (int q = 0; q < m; q++)
        {
            var (weight, low, high, centre, row) = pieces[q];
            Wide r = centre;
            for (int j = 0; j < d; j++) r -= row[j] * s[j];
            e[q] = (a[q] / (high - u[q])) + (b[q] / (u[q] - low));
            rho[q] = r - (mu / (high - u[q])) + (mu / (u[q] - low));
            Wide reach = weight * (u[q] + (rho[q] / e[q])), curve = weight / e[q];
            for (int j = 0; j < d; j++)
            {
                if (row[j].Head == 0) continue;
                g[j] -= reach * row[j];
                for (int l = 0; l <= j; l++) h[(j * d) + l] += curve * row[j] * row[l];
            }
        }
        Wide[] step = Dense.Solve(h, [.. g.Select(x => -x)], d);
        double longest = Longest(step, w);
        Wide[] du = new Wide[m], da = new Wide[m], db = new Wide[m];
        for (int q = 0; q < m; q++)
        {
            var (_, low, high, _, row) = pieces[q];
            Wide t = 0;
            for (int j = 0; j < d; j++) t += row[j] * step[j];
            du[q] = (rho[q] - t) / e[q];
            da[q] = ((mu - (a[q] * (high - u[q]))) + (a[q] * du[q])) / (high - u[q]);
            db[q] = ((mu - (b[q] * (u[q] - low))) - (b[q] * du[q])) / (u[q] - low);
            longest = Math.Min(longest,
                0.99 * Math.Min(Room(a[q], da[q]),
                    Math.Min(Room(b[q], db[q]), Math.Min(Room(high - u[q], -du[q]), Room(u[q] - low, du[q])))));
        }
        for (int j = 0; j < d; j++) s[j] += step[j] * longest;
        for (int q = 0; q < m; q++) (u[q], a[q], b[q]) = (u[q] + (du[q] * longest), a[q] + (da[q] * longest), b[q] + (db[q] * longest));
    }

    static double Room(Wide x, Wide dx) => dx.Head < 0 ? -x.Head / dx.Head : double.PositiveInfinity;

    // Margins of losses with exponentials move by at most 2, Huber's and squares freely.
    double Longest(Wide[] step, Wide[] w)
    {
        double longest = 1;
        // Without pieces the search on F is enough.
        if (pieces.Count == 0 || p.Model is not ("logistic" or "softmax" or "poisson")) return longest;
        Wide[] unscaled = [.. step.Select((x, j) => x * scale[j])];
        for (int i = 0; i < p.Rows; i++)
        {
            if (p.Model != "softmax") longest = Math.Min(longest, 2 / Math.Abs(Margin(i, 0, unscaled, false).Head));
            else foreach (Wide z in Differences(i, unscaled)) longest = Math.Min(longest, 2 / Math.Abs(z.Head));
        }
        return longest;
    }

    // Gradient and Hessian (lower triangle) of the smooth part in the scaled parameters.
    void Smooth(Wide[] w, Wide[] g, Wide[] h)
    {
        for (int j = 0; j < d; j++)
        {
            if (!Penalised(j)) continue;
            g[j] += w[j] * scale[j] * p.L2;
            h[(j * d) + j] += scale[j] * scale[j] * p.L2;
        }
        Wide[,] curve = new Wide[k, k];
        Wide[] slope = new Wide[k];
        for (int i = 0; i < p.Rows; i++)
        {
            if (omega[i].Head == 0 || !Derivatives(i, w, slope, curve)) continue;
            for (int j = 0; j < d; j++)
            {
                Wide x = scale[j] * Entry(i, j) * omega[i];
                if (x.Head == 0) continue;
                g[j] += slope[ClassOf(j)] * x;
                for (int l = 0; l <= j; l++) h[(j * d) + l] += curve[ClassOf(j), ClassOf(l)] * x * scale[l] * Entry(i, l);
            }
        }
    }

    bool Derivatives(int i, Wide[] w, Wide[] slope, Wide[,] curve)
    {
        if (p.Model is "absolute" or "quantile" or "hinge") return false;
        if (p.Model == "softmax")
        {
            Wide[] z = Differences(i, w);
            Wide top = z.Max(), sum = 0;
            Wide[] e = [.. z.Select(a => Wide.Exp(a - top))];
            foreach (Wide a in e) sum += a;
            for (int c = 0; c < k; c++)
            {
                slope[c] = (e[c + shift] / sum) - ((int)p.Y[i] == c + shift ? 1 : 0);
                for (int o = 0; o < k; o++) curve[c, o] = (e[c + shift] / sum) * ((c == o ? sum : 0) - e[o + shift]) / sum;
            }
            return true;
        }
        Wide m = Margin(i, 0, w), r = m - p.Y[i];
        Wide size = Wide.Exp(-Wide.Abs(m)), one = size + 1;
        (slope[0], curve[0, 0]) = p.Model switch
        {
            "gamma" or "negative-binomial" or "tweedie" or "cloglog" or "probit" or "shares" =>
                Curve(m, p.Y[i], p) is var (_, first, second) ? (first, second) : default,
            "linear" => (r, (Wide)1),
            "huber" => Wide.Abs(r) > p.Parameter
                ? (r < 0 ? -p.Parameter : p.Parameter, p.Parameter / Wide.Abs(r) * (majorant ? 1 : 1e-8))
                : (r, 1),
            "poisson" => (Wide.Exp(m) - p.Y[i], Wide.Exp(m)),
            _ => ((m < 0) == (p.Y[i] == 1) ? (p.Y[i] == 1 ? -(Wide)1 : 1) / one : (p.Y[i] == 1 ? -size : size) / one, size / (one * one)),
        };
        return true;
    }
}
