using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Models.Certificates;

// Bounds that cost more than about one gradient: Newton steps of the dual, interior points, the Newton decrement.
public sealed partial class RiskCertifier<T>
{
    // Newton steps from w until the bound cannot be told from F at their end: then it is the optimum to rounding.
    void Tighten(double value)
    {
        bool kinks = risk is IPiecewiseLinearOracle<T> { IsPiecewiseLinear: true };
        if (!canNewton || (!risk.Lasso.IsEmpty && !kinks)) return;
        double[] keep = (double[])w.Clone();
        if (risk is IPiecewiseLinearOracle<T> { IsPiecewiseLinear: true } piece)
        {
            SolvePiecewise(piece, value);
        }
        else
        {
            double current = value;
            double[] next = new double[d];
            for (int step = 0; step < 60 && current - best.Bound > 4e-14 * Math.Abs(current); step++)
            {
                Offer(NewtonCorrected(current, next));
                if (!StepTo(next, ref current)) break;
            }
            // Once F at the end of the Newton steps cannot be told from the bound, no later point can improve it.
            tight = current - best.Bound <= 1e-11 * Math.Abs(current);
        }
        keep.CopyTo(w, 0);
        Evaluate();
    }

    bool StepTo(double[] next, ref double current)
    {
        double[] from = (double[])w.Clone();
        for (double s = 1; s > 1e-9; s /= 2)
        {
            for (int j = 0; j < d; j++) w[j] = from[j] + (s * next[j]);
            double f = Evaluate();
            if (f < current)
            {
                current = f;
                return true;
            }
        }
        from.CopyTo(w, 0);
        Evaluate();
        return false;
    }

    void SolvePiecewise(IPiecewiseLinearOracle<T> piece, double value)
    {
        if ((double)n * d * d > 4e9 || value - best.Bound <= 1e-9 * Math.Abs(value)) return;
        T[] start = new T[d];
        Vectors.Convert<double, T>(w, start);
        IMethod<T, IPiecewiseLinearOracle<T>> method = (IMethod<T, IPiecewiseLinearOracle<T>>)(object)new InteriorPoint();
        Iteration<T> run = method.Start(piece, start, new Draws(1));
        run.Advance(100);
        Vectors.Convert(run.Point, w);
        double reached = Evaluate();
        Offer(FromMethod(run.Dual, reached));
        tight = reached - best.Bound <= 1e-9 * Math.Abs(reached);
    }

    // The dual point of the Newton step δ = −H⁻¹g: u + D Xδ, for which the free directions vanish; also G17's exact form on quadratics and the
    // self-concordance bound, which use the same factor.
    DualBound NewtonCorrected(double value, double[]? direction)
    {
        T[] point = new T[d];
        Vectors.Convert<double, T>(w, point);
        double[] gradient = new double[d], hessian = new double[d * d], delta = direction ?? new double[d];
        risk.Curvature(point, gradient, hessian);
        Cholesky factor = new(d);
        double shift = 0;
        while (!factor.Factor(hessian, shift))
        {
            if (shift > 1e-2) return DualBound.Nothing;
            shift = shift == 0 ? 1e-12 : shift * 100;
        }
        factor.Solve(g, delta);
        double decrement = Vectors.Dot<double>(g, delta);
        for (int j = 0; j < d; j++) delta[j] = -delta[j];
        double[] dz = new double[n * k], bent = new double[k];
        risk.Margins(delta, dz);
        for (int i = 0; i < n; i++)
        {
            risk.CurvatureAt(i, z.AsSpan(i * k, k), dz.AsSpan(i * k, k), bent);
            for (int a = 0; a < k; a++) candidate[(i * k) + a] = u[(i * k) + a] + bent[a];
        }
        DualBound found = Dual(value, "Fenchel dual at a Newton-corrected point");
        if (shift > 0) return found;
        if (risk.SelfConcordance == 0)
            return Better(found, new DualBound(value - (decrement / 2 * (1 + 1e-10)) - Allowance(value), CertificateKind.Quadratic, "½ gᵀH⁻¹g, exact for a quadratic"));
        return Better(found, SelfConcordant(value, decrement, factor));
    }

    // F(w) − inf F ≤ (x + (1−x) ln(1−x))/R², x = R√(gᵀH⁻¹g) < 1, R = max M‖xᵢ‖_{H⁻¹}: Bach 2010 in the local norm.
    DualBound SelfConcordant(double value, double decrement, Cholesky factor)
    {
        if (!(risk.SelfConcordance > 0) || (double)n * d * d > 4e9) return DualBound.Nothing;
        double nu = Math.Sqrt(Math.Max(0, decrement)), radius = 0;
        double[] row = new double[d];
        for (int i = 0; i < n; i++)
        {
            if (risk.WeightOf(i) == 0) continue;
            row.AsSpan().Clear();
            ((IRowSource)risk).AddRow(i, 1, row);
            radius = Math.Max(radius, risk.SelfConcordance * factor.InverseNorm(row));
            if (radius * nu >= 1) return DualBound.Nothing;
        }
        double x = radius * nu;
        // For small x the closed form cancels; the series x²/2 + x³/6 + x⁴/12 + … has only positive terms.
        double gap = x < 1e-3 ? nu * nu * (0.5 + (x / 6) + (x * x / 6)) : (x + ((1 - x) * Math.Log(1 - x))) / (radius * radius);
        return new DualBound(value - (gap * (1 + 1e-10)) - Allowance(value), CertificateKind.SelfConcordance, "Newton decrement under generalised self-concordance");
    }
}
