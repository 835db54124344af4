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
public sealed partial class RiskCertifier<T> : ICertifier<T>
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
            double l = Lasso(j), s = w[j] != 0 ? g[j] + Math.CopySign(l, w[j]) : Math.Max(0, Math.Abs(g[j]) - l);
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

    bool HasReference => risk is { Name: "softmax" } && risk.Options.L2 == 0 && risk.Options.L1 == 0;

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
