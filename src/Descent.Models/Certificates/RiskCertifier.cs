using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Models.Certificates;

/// <summary>
/// Certificates for empirical risks: an upper bound on <c>F(w) − inf F</c> that holds for the numbers as they are, rounding included.
/// The lower bound on inf F is the Fenchel dual at a point whose feasibility is proved;
/// every sum that enters carries a bound of its rounding.
/// </summary>
/// <remarks>
/// A look costs about two gradients in double precision, with bounds of the rounding by the norms of rows; where rounding matters, or a
/// point is asked about again, five, with bounds by their entries. A thorough certificate solves the problem again from w in double-double
/// arithmetic, where a Hessian can be formed, and proves the dual point feasible by a verified Cholesky factor. Deterministic. Derivation:
/// docs/certificates.md; Bach 2010; Rump 2006.
/// </remarks>
/// <typeparam name="T">Element type of the iterate; all work is done in double precision or better.</typeparam>
public sealed partial class RiskCertifier<T> : ICertifier<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const double Unit = Rounding.Unit;
    readonly EmpiricalRisk<T> risk;
    readonly int n, k, d;
    readonly double[] z, u, v, w, g, candidate, losses, size, work, bends;
    readonly bool canNewton;
    readonly double weightError, smooth, enough;
    readonly double[] y;
    readonly bool counts, squares, hinges, kinks, shares, isLocal;
    Offer best = Offer.Nothing;
    bool tight, attained;
    double valueError;

    /// <summary>A certifier for one risk.</summary>
    /// <param name="risk">The objective.</param>
    /// <param name="largestMatrix">Largest dimension for which Hessians are formed.</param>
    /// <param name="enough">Gap, relative to F, that a thorough certificate of large data may leave: double-double arithmetic is spent on
    /// less only where double precision does not come by it.</param>
    public RiskCertifier(EmpiricalRisk<T> risk, int largestMatrix = 1000, double enough = 1e-10)
    {
        ArgumentNullException.ThrowIfNull(risk);
        this.risk = risk;
        this.enough = enough;
        (n, k, d) = (risk.Count, risk.Outputs, risk.Dimension);
        (z, u, candidate, size) = (new double[n * k], new double[n * k], new double[n * k], new double[n * k]);
        (v, w, g, losses, work, bends) = (new double[d], new double[d], new double[d], new double[n], new double[d],
         new double[k == 1 ? n : 0]);
        // Asked for every example of every look, so asked once here.
        (smooth, y) = (risk.LossSmoothness, risk.Labels.ToArray());
        (counts, squares) = (risk.Kind == LossKind.Poisson, risk.Kind is LossKind.Linear or LossKind.Huber);
        (hinges, kinks) = (risk.Kind == LossKind.Hinge, risk is IPiecewiseLinearOracle<T>);
        (shares, isLocal) = (risk.Kind == LossKind.Logistic, risk is { Kind: LossKind.Other, Outputs: 1 } && !kinks);
        canNewton = d <= largestMatrix && (risk.Entries * (double)d) + ((double)d * d * d) <= 4e10;
        weightError = WeightError();
        best = Trivial();
    }

    /// <inheritdoc/>
    public bool ThoroughIsCheap => canNewton && (risk.Entries * (double)d) + ((double)d * d * d) <= 3e6;

    /// <inheritdoc/>
    /// <remarks>Beside the intercept, a column without a penalty needs Σ ωu x = 0, which no look comes by; duals of a method may know
    /// more.</remarks>
    public bool ProvesAtLooks => Exactly || tight || !double.IsFinite(smooth) || !FreeColumns;

    /// <inheritdoc/>
    /// <remarks>G17 with every parameter's own penalty, Σ gⱼ²/(2λⱼ); the free intercept, which is balanced first, adds little. Other free
    /// parameters, or an L1 penalty, leave nothing to go by.</remarks>
    public double Foresee(ReadOnlySpan<T> gradient)
    {
        if (!risk.Lasso.IsEmpty || Exactly) return double.NaN;
        double sum = 0;
        for (int j = 0; j < d; j++)
        {
            double gj = double.CreateTruncating(gradient[j]), lambda = risk.Ridge[j];
            if (lambda > 0) sum += gj * gj / (2 * lambda);
            else if (j < risk.Columns * k) return double.NaN;
        }
        return sum;
    }

    /// <inheritdoc/>
    public Certificate Certify(ReadOnlySpan<T> point, ReadOnlySpan<double> dual, bool thorough)
    {
        Vectors.Convert(point, w);
        here = null;
        double value = Evaluate(), norm = SubgradientNorm();
        if (!double.IsFinite(value)) return new Certificate(value, norm, double.NegativeInfinity, CertificateKind.None, "F is not finite.");
        bool exactly = thorough || Exactly;
        coarse = !exactly && !AskedAgain();
        double error = valueError = ValueError(value);
        if (thorough && !tight && Curved(value, error)) return Judge(value, error, norm);
        if (isLocal && (thorough || ThoroughIsCheap)) Locally(value);
        if (exactly && Exact() is { } exact && ValueAt(exact) is var (sharp, rest) && rest < error) (value, error) = (sharp, rest);
        valueError = error;
        Consider(dual, value);
        if (coarse && best.Allowance + (2 * error) > 0.01 * (value - best.Bound))
        {
            coarse = false;
            error = valueError = ValueError(value);
            Consider(dual, value);
        }
        if (!tight && exactly) Tighten(dual, value);
        here = null;
        if (!risk.IsConvex) return JudgeLocally(value, error, norm);
        return Judge(value, error, norm);
    }

    // What the point itself proves comes first; bounds found earlier stay valid. Derivatives at a kink prove little where the method has
    // dual variables.
    void Consider(ReadOnlySpan<double> dual, double value)
    {
        if (tight) return;
        bool known = dual.Length >= n && k == 1;
        if (!known || !coarse || double.IsFinite(smooth)) Consider(AtPoint(value));
        if (known) AtDual(dual, value);
    }

    Certificate Judge(double value, double error, double norm)
    {
        if (best.Kind == CertificateKind.None)
            return new Certificate(value, norm, double.NegativeInfinity, CertificateKind.None, Unproved(norm));
        // F(w) − inf F ≤ (F + error) − bound; the error goes to the bound,
        // so that the difference of the two printed numbers is the proved gap.
        double allowance = error + (2 * Unit * (Math.Abs(value) + Math.Abs(best.Bound)));
        if (best.Bound > value + allowance)
        {
            string how = FormattableString.Invariant($"No certificate: rounding. The lower bound {best.Bound:R} lies above F = ")
                + FormattableString.Invariant($"{value:R} by more than the {allowance:G3} that rounding is allowed.");
            return new Certificate(value, norm, double.NegativeInfinity, CertificateKind.None, how);
        }
        double lower = best.Bound - allowance;
        return new Certificate(value, norm, lower, best.Kind, best.Sentence)
        {
            Allowance = Math.Min(Math.Max(0, value - lower), best.Allowance + (2 * allowance)),
            IsAttained = attained,
        };
    }

    // F(w), with margins z, derivatives u and gradient g = v + Λw filled in.
    double Evaluate()
    {
        risk.Margins(w, z);
        risk.LossesAt(z, u, losses);
        double sum = 0, carry = 0;
        for (int i = 0; i < n; i++)
            if (risk.WeightOf(i) is > 0 and var omega) Add(ref sum, ref carry, omega * losses[i]);
        risk.Adjoint(u, v);
        for (int j = 0; j < d; j++)
        {
            g[j] = v[j] + (risk.Ridge[j] * w[j]);
            Add(ref sum, ref carry, (0.5 * risk.Ridge[j] * w[j] * w[j]) + (Lasso(j) * Math.Abs(w[j])));
        }
        return sum + carry;
    }

    static void Add(ref double sum, ref double carry, double x)
    {
        sum = DoubleDouble.Sum(sum, x, out double e);
        // Inf − Inf must not make a NaN of an infinite F.
        if (double.IsFinite(e)) carry += e;
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

    void Consider(Offer offer)
    {
        if (offer.Bound > best.Bound) best = offer;
    }

    // Relative error of ω̂ᵢ = fl(weight/total): that of the sum, measured by a sum in double-double, and two roundings.
    double WeightError()
    {
        if (risk.Options.Weights is not { } weights) return 2 * Unit;
        int up = -Math.ILogB(risk.TotalWeight);
        DoubleDouble total = 0;
        double smallest = double.PositiveInfinity;
        foreach (double a in weights)
        {
            total += Math.ScaleB(a, up);
            if (a > 0) smallest = Math.Min(smallest, a);
        }
        // A quotient below the normal range has fewer digits.
        double part = smallest / risk.TotalWeight, lost = part < 1e-290 ? double.Epsilon / Math.Max(part, double.Epsilon) : 0;
        return (2 * Unit) + lost + Math.Abs(((DoubleDouble.Scale(total, -up) - risk.TotalWeight) / risk.TotalWeight).Hi * 1.001);
    }

    Offer Trivial()
    {
        double sum = 0, magnitude = 0;
        for (int i = 0; i < n; i++)
        {
            double least = risk.WeightOf(i) * risk.LeastLoss(i);
            sum += least;
            magnitude += Math.Abs(least);
        }
        double allowance = (Rounding.Gamma(n + 4) + weightError) * magnitude;
        return new Offer(sum - allowance, allowance, CertificateKind.Duality, "F is at least the sum of the smallest possible losses");
    }

    string Unproved(double norm)
    {
        if (isLocal && risk.Lasso.IsEmpty && canNewton)
            return "No bound on F(w) − inf F is proved here: w is not near enough to a minimum for the Hessian to keep its "
                + "curvature on the "
                + FormattableString.Invariant($"way, or the Hessian is singular. The gradient norm is {norm:G4}.");
        string l1 = risk.Lasso.IsEmpty ? "" : " with its L1 part";
        return FormattableString.Invariant($"No bound on F(w) − inf F can be proved for this problem{l1}: nothing makes it strongly ")
            + FormattableString.Invariant($"convex. The gradient norm is {norm:G4}.");
    }

    readonly record struct Offer(double Bound, double Allowance, CertificateKind Kind, string Sentence)
    {
        public static Offer Nothing { get; } = new(double.NegativeInfinity, 0, CertificateKind.None, "");
    }
}
