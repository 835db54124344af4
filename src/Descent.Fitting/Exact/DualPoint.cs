using System.Numerics;

namespace Descent.Fitting.Exact;

/// <summary>Dual points in double precision, to be tried; nothing here needs to be right for a proof to be.</summary>
static class DualPoint
{
    /// <summary>The derivatives of the losses at w.</summary>
    public static double[] At(ProofProblem p, double[] w)
    {
        double[] dual = new double[p.Count * p.DualWidth], z = new double[p.Classes];
        for (int i = 0; i < p.Count; i++)
        {
            for (int k = 0; k < p.Classes; k++) z[k] = Margin(p, w, i, k);
            if (p.ByClass) OfClasses(z, (int)p.Labels[i], dual.AsSpan(i * p.DualWidth, p.DualWidth));
            else dual[i] = p.Loss.Slope(p, z[0], p.Labels[i]);
        }
        return dual;
    }

    /// <summary>
    /// Entries nearer than <paramref name="least"/> to an end of their domain put onto it: examples that a limit at infinity decides, or
    /// pieces on which a line is not bent.
    /// </summary>
    public static double[] Snapped(ProofProblem p, double[] dual, double least)
    {
        double[] snapped = (double[])dual.Clone();
        for (int e = 0; e < dual.Length; e++)
        {
            (double low, double high) = p.Loss.Ends(p, e / p.DualWidth);
            double near = least * (double.IsFinite(high) ? high - low : Math.Max(1, -low));
            if (dual[e] - low < near) snapped[e] = low;
            else if (high - dual[e] < near) snapped[e] = high;
        }
        return snapped;
    }

    /// <summary>The interior-point method's variables, which belong to margins c − Aw, as slopes.</summary>
    public static double[] OfPieces(ProofProblem p, ReadOnlySpan<double> method)
    {
        double[] dual = new double[p.Count];
        for (int i = 0; i < dual.Length; i++)
        {
            double a = p.Loss.OfPiece(p, i, method[i]);
            (double low, double high) = p.Loss.Ends(p, i);
            dual[i] = Math.Clamp(a, low, high);
        }
        return dual;
    }

    static void OfClasses(double[] z, int own, Span<double> probabilities)
    {
        double top = z.Max(), sum = z.Sum(v => Math.Exp(v - top));
        for (int k = 0, at = 0; k < z.Length; k++)
            if (k != own) probabilities[at++] = Math.Exp(z[k] - top) / sum;
        // What is left for the own class must not be negative.
        double others = 0;
        foreach (double q in probabilities) others += q;
        if (others < 1) return;
        foreach (ref double q in probabilities) q = q / others * (1 - (1e-15 * z.Length));
    }

    static double Margin(ProofProblem p, double[] w, int i, int k)
    {
        if (p.ParameterOf(k, 0) < 0) return 0;
        Ball z = p.Intercept ? Ball.Of(w[p.ParameterOf(k, p.Columns)]) : default;
        (int[] index, double[] value) = p.Rows[i];
        for (int e = 0; e < index.Length; e++) z += Ball.Of(value[e], w[p.ParameterOf(k, index[e])]);
        return Math.ScaleB((double)(z.Mid >> (Ball.Bits - 200)), -200);
    }
}
