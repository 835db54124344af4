namespace Descent.Models.Certificates;

// Sizes that rounding is in proportion to: of every margin and of every derivative, entry by entry, or, where rounding is far below the
// gap, by what is known beforehand.
public sealed partial class RiskCertifier<T>
{
    double[]? norms, columnSizes;
    double[] last = [];
    bool coarse;

    // Whether this is the point of the look before: the last certificate of a run is asked where its last look was.
    bool AskedAgain()
    {
        bool again = last.AsSpan().SequenceEqual(w);
        if (!again) last = [.. w];
        return again;
    }

    // Σ|xⱼ||wⱼ| of every margin; coarsely ‖x‖‖w‖, by Cauchy's inequality.
    void MarginSizes()
    {
        if (!coarse)
        {
            for (int j = 0; j < d; j++) work[j] = Math.Abs(w[j]);
            risk.Magnitudes(work, size);
            return;
        }
        norms ??= Norms();
        for (int a = 0; a < k; a++)
        {
            double length = Length(a);
            for (int i = 0; i < n; i++) size[(i * k) + a] = (norms[i] * length) + Math.Abs(risk.OffsetOf(i));
        }
    }

    // Rounded up; squares of entries below 10⁻¹⁵⁴ vanish.
    double[] Norms()
    {
        double up = 1 + Rounding.Gamma(risk.LongestRow + 8), lost = 2e-154 * Math.Sqrt(risk.LongestRow + 1);
        double[] made = new double[n];
        for (int i = 0; i < n; i++) made[i] = (Math.Sqrt(risk.SquaredRowNorm(i)) + lost) * up;
        return made;
    }

    // ‖w‖ of one output, its intercept included.
    double Length(int output)
    {
        double own = Vectors.Norm<double>(w.AsSpan(output * risk.Columns, risk.Columns)), b = risk.HasIntercept
            ? w[(k * risk.Columns) + output] : 0;
        return Math.Sqrt((own * own) + (b * b)) * (1 + Rounding.Gamma(d + 8));
    }

    // Σ ω|u||x| of every parameter; coarsely with the largest |u| that the domain allows a candidate which is to be shrunk by the scale.
    double[] SlopeSizes(double scale)
    {
        if (coarse && k == 1 && ColumnSizes() is { Length: > 0 } known) return [.. known.Select(x => x / scale)];
        double[] a = new double[n * k], sizes = new double[d];
        for (int i = 0; i < a.Length; i++) a[i] = risk.WeightOf(i / k) * Math.Abs(candidate[i]);
        risk.AdjointMagnitudes(a, sizes);
        return sizes;
    }

    // Empty for losses whose slopes have no bound.
    double[] ColumnSizes()
    {
        if (columnSizes is not null) return columnSizes;
        double[] a = new double[n];
        bool bounded = true;
        for (int i = 0; bounded && i < n; i++)
        {
            a[i] = risk.WeightOf(i) * risk.SlopeBound(i);
            bounded = double.IsFinite(a[i]);
        }
        if (!bounded) return columnSizes = [];
        columnSizes = new double[d];
        risk.AdjointMagnitudes(a, columnSizes);
        return columnSizes;
    }
}
