namespace Descent;

/// <summary>
/// Local search without derivatives inside a box: BFGS on forward differences with backtracking (d + 1 evaluations and a few a step),
/// then a compass search that halves its steps (2d evaluations a halving) for kinks, where differences say nothing.
/// Coordinates that stand still are left out of both.
/// </summary>
sealed class LocalPolish(MeteredLandscape f, bool[] still)
{
    readonly int d = f.Low.Length;
    readonly double[] g = new double[f.Low.Length], next = new double[f.Low.Length], gNext = new double[f.Low.Length];
    readonly double[] step = new double[f.Low.Length], product = new double[f.Low.Length];
    readonly double[,] inverse = new double[f.Low.Length, f.Low.Length];

    /// <summary>
    /// Moves x downhill and returns the value there; ends when a step gains at most <paramref name="least"/>, or when four steps like the
    /// last would still lead above <paramref name="wanted"/>.
    /// </summary>
    public double QuasiNewton(double[] x, double value, double wanted = double.PositiveInfinity, double least = 0)
    {
        Gradient(x, value, g);
        Reset(Scale(x));
        for (int k = 0; k < 100 && !f.IsOver; k++)
        {
            double slope = Direction(x);
            if (!(slope < 0)) return value;
            double found = Backtrack(x, value, slope);
            if (!(found < value)) return value;
            double gained = value - found;
            bool small = gained <= Math.Max(least, 1e-12 * (1 + Math.Abs(found))) || (k > 0 && found - wanted > 4 * gained);
            Gradient(next, found, gNext);
            Update(x, k == 0);
            next.CopyTo(x, 0);
            gNext.CopyTo(g, 0);
            value = found;
            if (small) return value;
        }
        return value;
    }

    /// <summary>Compass search from steps of <paramref name="start"/> to <paramref name="end"/> widths of the box.</summary>
    public double Compass(double[] x, double value, double start, double end)
    {
        for (double h = start; h > end && !f.IsOver;)
        {
            bool moved = false;
            for (int j = 0; j < d; j++)
            {
                if (still[j]) continue;
                double old = x[j], width = f.High[j] - f.Low[j];
                for (int sign = -1; sign <= 1; sign += 2)
                {
                    x[j] = Math.Clamp(old + (sign * h * width), f.Low[j], f.High[j]);
                    double trial = f.Of(x);
                    if (trial < value)
                    {
                        value = trial;
                        moved = true;
                        break;
                    }
                    x[j] = old;
                }
            }
            if (!moved) h /= 2;
        }
        return value;
    }

    // A first step of about a hundredth of the box: the scale of the function is not known.
    double Scale(double[] x)
    {
        double norm = 0, width = double.PositiveInfinity;
        for (int j = 0; j < d; j++)
        {
            norm += g[j] * g[j];
            width = Math.Min(width, f.High[j] - f.Low[j]);
        }
        return norm > 0 ? 0.02 * width / Math.Sqrt(norm) : 1;
    }

    void Reset(double scale)
    {
        Array.Clear(inverse);
        for (int j = 0; j < d; j++) inverse[j, j] = scale;
    }

    void Gradient(double[] x, double value, double[] into)
    {
        for (int j = 0; j < d; j++)
        {
            into[j] = 0;
            if (still[j]) continue;
            double old = x[j], h = 1e-8 * Math.Max(1, Math.Abs(old));
            if (old + h > f.High[j]) h = -h;
            x[j] = old + h;
            double there = f.Of(x);
            into[j] = double.IsFinite(there) ? (there - value) / h : 0;
            x[j] = old;
        }
    }

    // −(inverse Hessian)·gradient; coordinates that press against their bound stand still.
    double Direction(double[] x)
    {
        for (int j = 0; j < d; j++)
            if ((x[j] <= f.Low[j] && g[j] > 0) || (x[j] >= f.High[j] && g[j] < 0)) g[j] = 0;
        double slope = 0;
        for (int i = 0; i < d; i++)
        {
            double sum = 0;
            for (int j = 0; j < d; j++) sum -= inverse[i, j] * g[j];
            step[i] = g[i] == 0 ? 0 : sum;
            slope += step[i] * g[i];
        }
        return slope;
    }

    double Backtrack(double[] x, double value, double slope)
    {
        double found = double.PositiveInfinity;
        for (double t = 1; t > 1e-8 && !f.IsOver;)
        {
            for (int j = 0; j < d; j++) next[j] = Math.Clamp(x[j] + (t * step[j]), f.Low[j], f.High[j]);
            found = f.Of(next);
            if (found <= value + (1e-4 * t * slope)) return found;
            double fitted = -slope * t * t / (2 * (found - value - (t * slope)));
            t = double.IsFinite(fitted) ? Math.Clamp(fitted, 0.1 * t, 0.5 * t) : 0.1 * t;
        }
        return found;
    }

    // 1/curvature along the first step, in place of a guess.
    double Curvature(double sy)
    {
        double yy = 0;
        foreach (double y in g) yy += y * y;
        return sy / yy;
    }

    // The BFGS formula for the inverse, left alone where the curvature along the step is not positive.
    void Update(double[] x, bool first)
    {
        double sy = 0, yHy = 0;
        for (int i = 0; i < d; i++)
        {
            step[i] = next[i] - x[i];
            g[i] = gNext[i] - g[i];
            sy += step[i] * g[i];
        }
        if (!(sy > 1e-300)) return;
        if (first) Reset(Curvature(sy));
        for (int i = 0; i < d; i++)
        {
            product[i] = 0;
            for (int j = 0; j < d; j++) product[i] += inverse[i, j] * g[j];
            yHy += g[i] * product[i];
        }
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                inverse[i, j] += ((1 + (yHy / sy)) * step[i] * step[j] / sy) - (((product[i] * step[j]) + (step[i] * product[j])) / sy);
    }
}
