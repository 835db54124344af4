using Descent.Oracles;

namespace Descent.Testing;

/// <summary>Compares gradients with central differences.</summary>
public static class GradientCheck
{
    /// <summary>
    /// Largest deviation of ∇F from central differences at w, relative to 1 + the largest gradient entry. Cost 2d values.
    /// </summary>
    public static double Deviation(IGradientOracle<double> oracle, double[] w, double step = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(w);
        double[] g = new double[w.Length];
        oracle.Gradient(w, g);
        return Largest(g, w, step, oracle.Value);
    }

    /// <summary>The same for the gradient at one sample.</summary>
    public static double Deviation(IStochasticOracle<double> oracle, double[] w, Sample sample, double step = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(w);
        double[] g = new double[w.Length];
        oracle.Gradient(w, sample, g);
        return Largest(g, w, step, x => oracle.Value(x, sample));
    }

    /// <summary>Largest deviation of Hessian products along the coordinates from differences of gradients.</summary>
    public static double HessianDeviation(IHessianOracle<double> oracle, double[] w, double step = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(w);
        int d = w.Length;
        double[] e = new double[d], hv = new double[d], up = new double[d], down = new double[d], moved = (double[])w.Clone();
        double worst = 0, size = 1;
        for (int j = 0; j < d; j++)
        {
            e[j] = 1;
            oracle.HessianProduct(w, e, hv);
            e[j] = 0;
            moved[j] = w[j] + step;
            oracle.Gradient(moved, up);
            moved[j] = w[j] - step;
            oracle.Gradient(moved, down);
            moved[j] = w[j];
            for (int i = 0; i < d; i++)
            {
                size = Math.Max(size, Math.Abs(hv[i]));
                worst = Math.Max(worst, Math.Abs(hv[i] - ((up[i] - down[i]) / (2 * step))));
            }
        }
        return worst / size;
    }

    static double Largest(double[] g, double[] w, double step, Func<ReadOnlySpan<double>, double> value)
    {
        double worst = 0, size = 1;
        double[] moved = (double[])w.Clone();
        for (int j = 0; j < w.Length; j++)
        {
            double h = step * Math.Max(1, Math.Abs(w[j]));
            moved[j] = w[j] + h;
            double up = value(moved);
            moved[j] = w[j] - h;
            double down = value(moved);
            moved[j] = w[j];
            size = Math.Max(size, Math.Abs(g[j]));
            worst = Math.Max(worst, Math.Abs(g[j] - ((up - down) / (2 * h))));
        }
        return worst / size;
    }
}
