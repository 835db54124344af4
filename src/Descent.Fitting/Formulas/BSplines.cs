namespace Descent.Fitting.Formulas;

/// <summary>
/// B-splines of one degree on knots, with the ends repeated. Beyond the ends the outermost polynomials go on. Sources: de Boor (2001),
/// A Practical Guide to Splines, chapters IX and X; Piegl and Tiller (1997), The NURBS Book, algorithm A2.2.
/// </summary>
sealed class BSplines
{
    readonly double[] knots, left, right;
    readonly int degree;

    public BSplines(double[] inner, double low, double high, int degree)
    {
        this.degree = degree;
        knots = [.. Enumerable.Repeat(low, degree + 1), .. inner, .. Enumerable.Repeat(high, degree + 1)];
        (left, right) = (new double[degree + 1], new double[degree + 1]);
        Count = inner.Length + degree + 1;
    }

    /// <summary>How many functions there are.</summary>
    public int Count { get; }

    /// <summary>Values of all functions at x.</summary>
    public void At(double x, Span<double> values)
    {
        values.Clear();
        int span = SpanOf(x);
        Span<double> n = values.Slice(span - degree, degree + 1);
        n[0] = 1;
        for (int j = 1; j <= degree; j++)
        {
            (left[j], right[j]) = (x - knots[span + 1 - j], knots[span + j] - x);
            double saved = 0;
            for (int r = 0; r < j; r++)
            {
                double part = n[r] / (right[r + 1] + left[j - r]);
                n[r] = saved + (right[r + 1] * part);
                saved = left[j - r] * part;
            }
            n[j] = saved;
        }
    }

    /// <summary>A derivative of all functions at x, from its own side at a knot.</summary>
    public double[] Derivative(double x, int order)
    {
        int span = SpanOf(x);
        return [.. Enumerable.Range(0, Count).Select(i => Of(i, degree, order))];

        double Of(int i, int k, int order)
        {
            if (k == 0) return order == 0 && i == span ? 1 : 0;
            double a = knots[i + k] - knots[i], b = knots[i + k + 1] - knots[i + 1];
            int less = Math.Max(0, order - 1);
            double first = a > 0 ? Of(i, k - 1, less) / a : 0, second = b > 0 ? Of(i + 1, k - 1, less) / b : 0;
            return order > 0 ? k * (first - second) : ((x - knots[i]) * first) + ((knots[i + k + 1] - x) * second);
        }
    }

    // The last stretch between knots that begins at or before x and has a length.
    int SpanOf(double x)
    {
        int span = degree;
        for (int i = degree + 1; i < Count && knots[i] <= x; i++) span = i;
        while (span > degree && knots[span + 1] <= knots[span]) span--;
        return span;
    }
}
