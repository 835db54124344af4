using Descent.Oracles;

namespace Descent.Models.Certificates;

// Dual points made feasible: free directions must vanish.
public sealed partial class RiskCertifier<T>
{
    DualBound FromMethod(ReadOnlySpan<double> dual, double value)
    {
        if (risk is not IPiecewiseLinearOracle<T> { IsPiecewiseLinear: true } piece || k != 1) return DualBound.Nothing;
        // The method's dual belongs to margins c − Aw; in terms of φ(z) its sign turns: u = −dual, or −s·dual for the hinge.
        double low = piece.LowerSlope, high = piece.UpperSlope;
        double[] inside = new double[n];
        for (int i = 0; i < n; i++)
        {
            double a = Math.Clamp(dual[i], low, high);
            inside[i] = (high - a) * (a - low);
            candidate[i] = risk.Name == "hinge" ? -((2 * risk.Labels.Span[i]) - 1) * a : -a;
        }
        RepairFree(inside);
        return Dual(value, "Fenchel dual at the interior-point method's own dual variables");
    }

    // u ← u − D X_U c with X_Uᵀ ω D X_U c = v_U: removes what is left of the free directions while staying inside the domain.
    void RepairFree(double[] inside)
    {
        int free = 0;
        for (int j = 0; j < d; j++)
            if (IsFree(j)) free++;
        if (free == 0 || !canNewton) return;
        double[] gram = new double[d * d], weighted = new double[((IPiecewiseLinearOracle<T>)risk).Pieces], right = new double[d], step = new double[n];
        for (int i = 0; i < n; i++) weighted[i] = inside[i] * risk.WeightOf(i);
        ((IPiecewiseLinearOracle<T>)risk).PieceGram(weighted, gram);
        risk.Adjoint(candidate, v);
        for (int j = 0; j < d; j++)
        {
            right[j] = IsFree(j) ? v[j] : 0;
            if (IsFree(j)) continue;
            for (int i = 0; i < d; i++) gram[(Math.Min(i, j) * d) + Math.Max(i, j)] = 0;
            gram[(j * d) + j] = 1;
        }
        Cholesky factor = new(d);
        if (!factor.Factor(gram, 1e-15)) return;
        factor.Solve(right, right);
        risk.Margins(right, step);
        for (int i = 0; i < n; i++) candidate[i] -= inside[i] * step[i];
    }

    // One Newton step in the intercepts alone, (Σ ωD) c = v_b, applied to the dual: u ← u − D c.
    void CorrectIntercepts()
    {
        int fixedClass = k > 1 && !HasReference ? 1 : 0, size = k - fixedClass;
        double[] gram = new double[size * size], c = new double[k], unit = new double[k], column = new double[k];
        for (int i = 0; i < n; i++)
        {
            double omega = risk.WeightOf(i);
            for (int b = 0; b < size; b++)
            {
                unit[b] = 1;
                risk.CurvatureAt(i, z.AsSpan(i * k, k), unit, column);
                unit[b] = 0;
                for (int a = 0; a <= b; a++) gram[(a * size) + b] += omega * column[a];
            }
        }
        u.AsSpan().CopyTo(candidate);
        Cholesky factor = new(size);
        // A loss without curvature gives no Newton step; balancing alone then makes the point feasible.
        if (factor.Factor(gram))
        {
            factor.Solve(v.AsSpan(d - k, size), c.AsSpan(0, size));
            for (int i = 0; i < n; i++)
            {
                risk.CurvatureAt(i, z.AsSpan(i * k, k), c, column);
                for (int a = 0; a < k; a++) candidate[(i * k) + a] -= column[a];
            }
        }
        // A second, exact touch for one output: what rounding left is taken from one side in proportion.
        if (k == 1) Balance();
    }

    void Balance()
    {
        for (int pass = 0; pass < 2; pass++)
        {
            double plus = 0, minus = 0;
            for (int i = 0; i < n; i++)
            {
                double a = risk.WeightOf(i) * candidate[i];
                if (a > 0) plus += a;
                else minus -= a;
            }
            if (plus == 0 || minus == 0)
            {
                Array.Clear(candidate);
                return;
            }
            double shrink = Math.Min(plus, minus) / Math.Max(plus, minus);
            for (int i = 0; i < n; i++)
                if ((candidate[i] > 0) == (plus > minus)) candidate[i] *= shrink;
        }
    }
}
