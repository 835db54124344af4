namespace Descent.Fitting.Formulas;

/// <summary>
/// Cubic splines that are straight beyond their ends: <c>ns()</c> of R. Of the B-splines b(x) those combinations are taken whose second
/// derivatives vanish at both ends: Qᵀb(x) without its first two entries, where Q comes from Householder's reflections of the two
/// vectors of second derivatives, in LINPACK's order and signs, so that the columns are R's.
/// </summary>
sealed class NaturalBasis(SplineKnots knots, bool intercept) : IBasis
{
    const int Degree = 3;

    public Dictionary<string, double[]> Learn(double[] x, ref string? wrong) => knots.Learn(x, ref wrong);

    public int Width(Dictionary<string, double[]> state) => state["knots"].Length + 1 + (intercept ? 1 : 0);

    public void Fill(Dictionary<string, double[]> state, double[] x, double[] values)
    {
        double low = state["ends"][0], high = state["ends"][1];
        BSplines splines = new(state["knots"], low, high, Degree);
        int skip = intercept ? 0 : 1, kept = splines.Count - skip, width = kept - 2;
        double[][] reflections = Reflections(splines.Derivative(low, 2)[skip..], splines.Derivative(high, 2)[skip..]);
        (double[] Value, double[] Slope) left = End(low), right = End(high);
        double[] all = new double[splines.Count];
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] < low) Straight(left, x[i] - low);
            else if (x[i] > high) Straight(right, x[i] - high);
            else splines.At(x[i], all);
            Span<double> b = all.AsSpan(skip);
            foreach (double[] u in reflections) Reflect(u, b);
            b[2..].CopyTo(values.AsSpan(i * width));
        }

        (double[], double[]) End(double at)
        {
            double[] value = new double[splines.Count];
            splines.At(at, value);
            return (value, splines.Derivative(at, 1));
        }

        void Straight((double[] Value, double[] Slope) end, double distance)
        {
            for (int j = 0; j < all.Length; j++) all[j] = end.Value[j] + (distance * end.Slope[j]);
        }
    }

    public string? Wrong(Dictionary<string, double[]> state) => knots.Wrong(state);

    // LINPACK's dqrdc: u = x/‖x‖ + e with the sign of the leading entry; the reflection is b − u·(uᵀb)/u₁.
    static double[][] Reflections(double[] first, double[] second)
    {
        double[] u = Unit(first, 0);
        Reflect(u, second);
        return [u, Unit(second, 1)];
    }

    static double[] Unit(double[] x, int from)
    {
        double[] u = new double[x.Length];
        double norm = 0;
        for (int i = from; i < x.Length; i++) norm += x[i] * x[i];
        norm = Math.CopySign(Math.Sqrt(norm), x[from] != 0 ? x[from] : 1);
        for (int i = from; i < x.Length; i++) u[i] = x[i] / norm;
        u[from] += 1;
        return u;
    }

    static void Reflect(double[] u, Span<double> b)
    {
        int from = u[0] != 0 ? 0 : 1;
        double t = 0;
        for (int i = from; i < u.Length; i++) t -= u[i] * b[i];
        t /= u[from];
        for (int i = from; i < u.Length; i++) b[i] += t * u[i];
    }
}
