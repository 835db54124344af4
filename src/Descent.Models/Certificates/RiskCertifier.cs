using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Models.Certificates;

/// <summary>
/// Certificates for empirical risks. A lower bound on inf F is the Fenchel dual at a feasible point: the derivatives of the losses at w, corrected so that the
/// unpenalised directions vanish and scaled into the domain. Near the optimum the correction is a Newton step of the dual, so the gap it proves is the
/// true gap to first order.
/// </summary>
/// <remarks>
/// The gap is summed from non-negative Fenchel–Young terms, <c>φ(z) + φ*(u) − uz ≥ 0</c> each, so that it does not drown in rounding; an allowance for the
/// rounding of F itself is added, which keeps the bound above the true gap. Sources: G17 (C 21.5); Bach 2010; Sun and Tran-Dinh 2019.
/// </remarks>
/// <typeparam name="T">Element type of the iterate; all work is done in double precision.</typeparam>
public sealed class RiskCertifier<T> : ICertifier<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const double Unit = 2.220446049250313e-16;
    readonly EmpiricalRisk<T> risk;
    readonly int n, k, d;
    readonly double[] z, u, v, w, g, candidate, losses;
    readonly bool canNewton;
    DualBound best = DualBound.Nothing;
    bool tight;

    /// <summary>A certifier for one risk.</summary>
    /// <param name="risk">The objective.</param>
    /// <param name="largestMatrix">Largest dimension for which Hessians are formed.</param>
    public RiskCertifier(EmpiricalRisk<T> risk, int largestMatrix = 1000)
    {
        ArgumentNullException.ThrowIfNull(risk);
        this.risk = risk;
        (n, k, d) = (risk.Count, risk.Outputs, risk.Dimension);
        (z, u, candidate) = (new double[n * k], new double[n * k], new double[n * k]);
        (v, w, g, losses) = (new double[d], new double[d], new double[d], new double[n]);
        canNewton = d <= largestMatrix && (risk.Entries * (double)d) + ((double)d * d * d) <= 4e10;
        best = Trivial();
    }

    /// <inheritdoc/>
    public bool ThoroughIsCheap => canNewton && (risk.Entries * (double)d) + ((double)d * d * d) <= 3e8;

    /// <inheritdoc/>
    public Certificate Certify(ReadOnlySpan<T> point, ReadOnlySpan<double> dual, bool thorough)
    {
        Vectors.Convert(point, w);
        double value = Evaluate();
        double norm = SubgradientNorm();
        if (!double.IsFinite(value)) return new Certificate(value, norm, double.NegativeInfinity, CertificateKind.None, "F is not finite.");
        // What the point itself proves comes first; bounds found earlier stay valid.
        Offer(AtPoint(value));
        if (dual.Length >= n) Offer(FromMethod(dual, value));
        if (thorough && !tight) Tighten(value);
        Certificate strong = new(value, norm, best.Bound, best.Kind, best.Sentence);
        if (best.Kind == CertificateKind.None) return strong with { Sentence = Unproved(norm) };
        return strong;
    }

    // F(w), with margins z, derivatives u and gradient g = v + Λw filled in.
    double Evaluate()
    {
        risk.Margins(w, z);
        risk.LossesAt(z, u, losses);
        double sum = 0;
        for (int i = 0; i < n; i++) sum += risk.WeightOf(i) * losses[i];
        risk.Adjoint(u, v);
        for (int j = 0; j < d; j++)
        {
            g[j] = v[j] + (risk.Ridge[j] * w[j]);
            sum += (0.5 * risk.Ridge[j] * w[j] * w[j]) + (Lasso(j) * Math.Abs(w[j]));
        }
        return sum;
    }

    double Lasso(int j) => risk.Lasso.IsEmpty ? 0 : risk.Lasso[j];

    bool IsFree(int j) => risk.Ridge[j] == 0 && Lasso(j) == 0;

    double SubgradientNorm()
    {
        double sum = 0;
        for (int j = 0; j < d; j++)
        {
            double l = Lasso(j), s = w[j] != 0 ? g[j] + (Math.Sign(w[j]) * l) : Math.Max(0, Math.Abs(g[j]) - l);
            sum += s * s;
        }
        return Math.Sqrt(sum);
    }

    void Offer(DualBound offer)
    {
        if (offer.Bound > best.Bound) best = offer;
    }

    DualBound Trivial()
    {
        double sum = 0;
        for (int i = 0; i < n; i++) sum += risk.WeightOf(i) * risk.LeastLoss(i);
        return new DualBound(sum - (8 * Unit * Math.Abs(sum)), CertificateKind.Duality, "F is at least the sum of the smallest possible losses");
    }

    // The cheap bound: G17 when everything is penalised, the dual with the intercepts' direction corrected otherwise.
    DualBound AtPoint(double value)
    {
        DualBound found = DualBound.Nothing;
        double mu = double.PositiveInfinity;
        int free = 0;
        for (int j = 0; j < d; j++)
        {
            mu = Math.Min(mu, risk.Ridge[j]);
            if (IsFree(j)) free++;
        }
        if (mu > 0 && risk.Lasso.IsEmpty)
        {
            double square = Vectors.Dot<double>(g, g), gap = square / (2 * mu);
            found = new DualBound(value - gap - Allowance(value), CertificateKind.StrongConvexity, "G17: ‖∇F‖²/(2μ), μ the smallest penalty");
        }
        if (free == 0)
        {
            u.AsSpan().CopyTo(candidate);
            return Better(found, Dual(value, "Fenchel dual at the derivatives of the losses"));
        }
        if (risk.HasIntercept && free == k && d > k && IsFree(d - 1))
        {
            CorrectIntercepts();
            return Better(found, Dual(value, "Fenchel dual at the derivatives of the losses, balanced for the free intercept"));
        }
        return canNewton && d <= 64 && (double)n * d * d < 2e7 && risk.Lasso.IsEmpty ? Better(found, NewtonCorrected(value, null)) : found;
    }

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

    bool HasReference => risk is { Name: "softmax" } && risk.Options.L2 == 0 && risk.Options.L1 == 0;

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

    // D(u) as F(w) less the sum of the Fenchel–Young terms of candidate u at w.
    DualBound Dual(double value, string sentence)
    {
        double scale = 1;
        for (int i = 0; i < n; i++) scale = Math.Min(scale, risk.FeasibleScale(i, candidate.AsSpan(i * k, k)));
        if (!(scale > 0)) return DualBound.Nothing;
        double[] adjoint = new double[d];
        if (scale < 1) scale *= 1 - (4 * Unit);
        risk.Adjoint(candidate, adjoint);
        for (int j = 0; j < d; j++)
        {
            double l = Lasso(j);
            if (risk.Ridge[j] == 0 && l > 0 && Math.Abs(adjoint[j]) * scale > l) scale = l / Math.Abs(adjoint[j]) * (1 - (4 * Unit));
        }
        if (scale < 1)
        {
            Vectors.Scale(scale, candidate.AsSpan());
            Vectors.Scale(scale, adjoint.AsSpan());
        }
        double gap = 0, size = 0;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> zi = z.AsSpan(i * k, k), ui = candidate.AsSpan(i * k, k);
            double product = 0;
            for (int a = 0; a < k; a++) product += zi[a] * ui[a];
            double omega = risk.WeightOf(i), loss = losses[i], conjugate = risk.ConjugateAt(i, ui);
            gap += omega * Math.Max(0, loss + conjugate - product);
            size += omega * (Math.Abs(loss) + Math.Abs(conjugate) + Math.Abs(product));
        }
        double rounding = 0;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> ui = candidate.AsSpan(i * k, k);
            rounding += risk.WeightOf(i) * Math.Sqrt(risk.SquaredRowNorm(i) * Vectors.Dot<double>(ui, ui));
        }
        // A free direction that does not vanish to rounding leaves the domain of the dual: it proves nothing.
        for (int j = 0; j < d; j++) gap += IsFree(j) && Math.Abs(adjoint[j]) > 1e-10 * rounding ? double.PositiveInfinity : PenaltyTerm(j, adjoint[j]);
        if (!double.IsFinite(gap)) return DualBound.Nothing;
        return new DualBound(value - gap - Allowance(value) - (Unit * size / 2), CertificateKind.Duality, sentence);
    }

    // h(w) + h*(−v) + vw for one parameter; a free one must have v = 0, and what rounding left of it is charged.
    double PenaltyTerm(int j, double vj)
    {
        double lambda = risk.Ridge[j], l = Lasso(j), wj = w[j];
        if (lambda == 0 && l == 0) return 2 * Math.Abs(vj * wj);
        if (lambda == 0) return Math.Max(0, (l * Math.Abs(wj)) + (vj * wj));
        if (l == 0)
        {
            double r = wj + (vj / lambda);
            return 0.5 * lambda * r * r;
        }
        double beyond = Math.Max(0, Math.Abs(vj) - l);
        return Math.Max(0, (0.5 * lambda * wj * wj) + (l * Math.Abs(wj)) + (beyond * beyond / (2 * lambda)) + (vj * wj));
    }

    static double Allowance(double value) => 16 * Unit * Math.Abs(value);

    static DualBound Better(DualBound a, DualBound b) => b.Bound > a.Bound ? b : a;

    string Unproved(double norm)
    {
        string l1 = risk.Lasso.IsEmpty ? "" : " with its L1 part";
        return FormattableString.Invariant($"No bound on F(w) − inf F can be proved for this problem{l1}: nothing makes it strongly convex. The gradient norm is {norm:G4}.");
    }

    readonly record struct DualBound(double Bound, CertificateKind Kind, string Sentence)
    {
        public static DualBound Nothing { get; } = new(double.NegativeInfinity, CertificateKind.None, "");
    }
}
