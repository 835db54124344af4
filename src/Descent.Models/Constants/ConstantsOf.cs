using Descent.Guarantees;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Constants;

/// <summary>Derives the constants of an empirical risk from its data.</summary>
public static class ConstantsOf
{
    /// <summary>
    /// H, of the sum and of the worst example, and μ: what every fit needs. For squared and logistic losses in few dimensions H is the
    /// largest eigenvalue of the Hessian at 0, where the curvature is largest; else a power iteration on <c>XᵀΩX</c> times
    /// the loss's curvature, at most the bound by row norms. Cost: about <paramref name="passes"/> passes at most.
    /// </summary>
    public static ProblemConstants Risk<T>(EmpiricalRisk<T> risk, int passes = 12)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(risk);
        if (!risk.IsSumOverRows) return OfWhole(risk);
        if (!risk.HasLinearMargins) return OfCurved(risk, passes);
        double top = 0, least = double.PositiveInfinity, most = 0;
        for (int i = 0; i < risk.Count; i++) top = Math.Max(top, risk.SquaredRowNorm(i) * risk.WeightOf(i) * risk.Count);
        foreach (double l in risk.Ridge)
        {
            least = Math.Min(least, l);
            most = Math.Max(most, l);
        }
        if (risk.Dimension == 0) least = 0;
        bool bounded = double.IsFinite(risk.LossSmoothness);
        double curvature = bounded ? risk.LossSmoothness : Substitute(risk);
        Quantity ofOne = Sampled(risk, (curvature * top) + most, bounded);
        Quantity mu = Quantity.AtLeast("μ", least, least > 0 ? "the smallest penalty" : "some direction carries no penalty");
        (Quantity smooth, Quantity? strong) = SpectrumAtZero(risk) ?? (Iterated(risk, curvature, most, top, passes), null);
        return new ProblemConstants
        {
            Smoothness = smooth,
            SampleSmoothness = ofOne,
            StrongConvexity = strong is { } s && s.Value > least ? s : mu,
            Penalty = least,
            Convexity = risk.IsConvex ? Verdict.Holds("a convex loss of linear functions, and convex penalties")
                : Verdict.Violated($"the {risk.Name} loss is not convex"),
            NegativeCurvature = risk.IsConvex ? Quantity.AtMost("γ", 0, "F is convex")
                : Quantity.Unknown("γ", $"the {risk.Name} loss is not convex"),
            Kinks = risk is IPiecewiseLinearOracle<T> ? "the loss has kinks; H only sets the scale of the steps"
                : risk.NonSmooth is not null
                    ? "the L1 penalty has kinks; it is handled by proximal steps, of which the theorem does not speak"
                    : null,
            OfRows = true,
            Count = risk.Count,
            Dimension = risk.Dimension,
        };
    }

    // Margins that are products of parameters have no curvature that is bounded: a power iteration on the Hessian at the start, whose
    // largest eigenvalue in size it finds.
    static ProblemConstants OfCurved<T>(EmpiricalRisk<T> risk, int passes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int d = risk.Dimension;
        double top = 0, least = double.PositiveInfinity, longest = 0;
        T[] start = [.. risk.NeutralPoint.ToArray().Select(T.CreateTruncating)], v = new T[d], hv = new T[d];
        Draws draws = new(1, 3);
        for (int j = 0; j < d; j++) v[j] = T.CreateTruncating(draws.NextNormal());
        bool paused = risk.Meter.Paused;
        risk.Meter.Paused = true;
        for (int k = 0; k < passes && d > 0; k++)
        {
            Vectors.Scale(T.CreateTruncating(1 / Math.Max(Vectors.Norm<T>(v), 1e-300)), v.AsSpan());
            risk.HessianProduct(start, v, hv);
            top = Math.Max(top, Vectors.Norm<T>(hv));
            (v, hv) = (hv, v);
        }
        risk.Meter.Paused = paused;
        foreach (double l in risk.Ridge) least = Math.Min(least, l);
        for (int i = 0; i < risk.Count; i++) longest = Math.Max(longest, risk.SquaredRowNorm(i) * risk.WeightOf(i) * risk.Count);
        if (d == 0) least = 0;
        Verdict bent = Verdict.Violated("the margins are products of parameters");
        return new ProblemConstants
        {
            Smoothness = Quantity.About("H", 1.05 * top, "power iteration on the Hessian at the start, 5 % added; no global bound exists",
                passes),
            SampleSmoothness = Quantity.About("H of one example", (risk.LossSmoothness * longest) + least,
                "the largest squared row norm times the curvature of the loss; the factors are left out of it", 1),
            StrongConvexity = Quantity.Unknown("μ", "F is not convex"),
            Penalty = least,
            Convexity = bent,
            NegativeCurvature = Quantity.Unknown("γ", "F is not convex"),
            OfRows = true,
            Count = risk.Count,
            Dimension = d,
        };
    }

    // No loss of a row has a curvature that is bounded: what is known is the Hessian at the start.
    static ProblemConstants OfWhole<T>(EmpiricalRisk<T> risk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int d = risk.Dimension;
        double trace = 0, least = double.PositiveInfinity;
        double[] hessian = new double[(long)d * d];
        T[] start = [.. risk.NeutralPoint.ToArray().Select(T.CreateTruncating)];
        risk.Curvature(start, new double[d], hessian);
        for (int j = 0; j < d; j++) trace += hessian[(j * d) + j];
        foreach (double l in risk.Ridge) least = Math.Min(least, l);
        if (d == 0) least = 0;
        return new ProblemConstants
        {
            Smoothness = Quantity.About("H", trace, "the trace of the Hessian at the start; no global bound is worked out", 1),
            SampleSmoothness = Quantity.About("H of one example", trace, "there is none: rows are not sampled", 0),
            StrongConvexity = Quantity.AtLeast("μ", least, least > 0 ? "the smallest penalty" : "some direction carries no penalty"),
            Penalty = least,
            Convexity = Verdict.Holds(risk.WhySmooth),
            NegativeCurvature = Quantity.AtMost("γ", 0, "F is convex"),
            Count = risk.Count,
            Dimension = d,
        };
    }

    static Quantity Sampled<T>(EmpiricalRisk<T> risk, double value, bool bounded)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => bounded
            ? Quantity.AtMost("H of one example", value, "the largest squared row norm times the curvature of the loss", 1)
            : Quantity.About("H of one example", value, Excuse(risk), 1);

    static string Excuse<T>(EmpiricalRisk<T> risk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => risk.Kind == LossKind.Poisson
            ? "no global bound exists for the Poisson loss; fitted means up to the largest count are assumed"
            : double.IsFinite(risk.LowestMargin)
            ? $"no global bound exists for the {risk.Name} loss; its largest curvature at the margins of the start is taken"
            : risk is not IPiecewiseLinearOracle<T>
            ? $"no global bound exists for the {risk.Name} loss; its largest curvature at the margins of w = 0 is taken"
            : "substitute: the loss has kinks; the largest squared row norm sets the scale of the steps";

    static Quantity Iterated<T>(EmpiricalRisk<T> risk, double curvature, double most, double top, int passes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool bounded = double.IsFinite(risk.LossSmoothness);
        if (!bounded && risk is IPiecewiseLinearOracle<T>) return Quantity.About("H", (curvature * top) + most, Excuse(risk), 1);
        (double norm, int used) = PowerIteration(risk, passes);
        // Power iteration comes from below; 5 % on top and the bound by row norms above make it safe in practice.
        double h = (curvature * Math.Min(1.05 * norm, top)) + most;
        if (!bounded) return Quantity.About("H", h, Excuse(risk), used);
        return 1.05 * norm >= top
            ? Quantity.AtMost("H", h, "the largest squared row norm times the curvature of the loss", 1)
            : Quantity.About("H", h, "power iteration on the rows, 5 % added, times the curvature of the loss", used);
    }

    // φ″ of the squared loss is constant and that of the logistic loss largest
    // at 0, so ∇²F(0) holds H; for the squared loss it holds μ too.
    static (Quantity Smooth, Quantity? Strong)? SpectrumAtZero<T>(EmpiricalRisk<T> risk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int d = risk.Dimension;
        double work = ((double)risk.Entries * risk.Entries / Math.Max(1, risk.Count)) + ((double)d * d * d * 4);
        // Under offsets the margins at 0 are not 0, where the curvature of the logistic loss is largest.
        if (risk.Kind is not (LossKind.Linear or LossKind.Logistic)) return null;
        if (risk.Kind == LossKind.Logistic && risk.Options.Offsets is not null) return null;
        if (d is 0 or > 300 || work > 3e8) return null;
        double[] gradient = new double[d], hessian = new double[d * d];
        bool paused = risk.Meter.Paused;
        risk.Meter.Paused = true;
        risk.Curvature(new T[d], gradient, hessian);
        risk.Meter.Paused = paused;
        for (int i = 0; i < d; i++)
            for (int j = 0; j < i; j++) hessian[(i * d) + j] = hessian[(j * d) + i];
        SymmetricEigen eigen = new(d);
        if (!eigen.Decompose(hessian) || !double.IsFinite(eigen.Values[d - 1])) return null;
        double h = eigen.Values[d - 1], low = eigen.Values[0], trace = 0;
        for (int j = 0; j < d; j++) trace += hessian[(j * d) + j];
        // What rounding can have done to an eigenvalue is taken off; what cannot be told from 0 is 0.
        double rounding = GramRounding(risk.Count, d, trace);
        bool certain = risk.Kind == LossKind.Linear && low > 2 * rounding;
        return (Quantity.Exact("H", h, "largest eigenvalue of the Hessian at 0, where it is largest", 1),
            !certain ? null
            : rounding < 1e-9 * low ? Quantity.Exact("μ", low, "smallest eigenvalue of the constant Hessian")
            : Quantity.AtLeast("μ", low - rounding, "smallest eigenvalue of the constant Hessian, less what rounding can have added"));
    }

    /// <summary>Most that rounding changes an eigenvalue of a d×d matrix of sums of n products: <c>(n + 8d)·2⁻⁵²·trace</c>.</summary>
    internal static double GramRounding(int terms, int dimension, double trace) => (terms + (8.0 * dimension)) / (1L << 52) * trace;

    /// <summary>A proved lower bound on the smallest eigenvalue of ∇²F(w); at most 0 when rounding leaves none.</summary>
    internal static double LeastCurvature(EmpiricalRisk<double> risk, ReadOnlySpan<double> w)
    {
        int d = risk.Dimension;
        double[] gradient = new double[d], hessian = new double[d * d];
        risk.Curvature(w, gradient, hessian);
        double trace = 0;
        for (int i = 0; i < d; i++)
        {
            trace += hessian[(i * d) + i];
            for (int j = 0; j < i; j++) hessian[(i * d) + j] = hessian[(j * d) + i];
        }
        SymmetricEigen eigen = new(d);
        return eigen.Decompose(hessian) ? eigen.Values[0] - GramRounding(risk.Count, d, trace) : 0;
    }

    /// <summary>H from the Gram matrix of the rows, column by column, times the largest curvature of the loss:
    /// a bound for every loss that has one; null when that costs too much.</summary>
    internal static Quantity? ProvedSmoothness(EmpiricalRisk<double> risk)
    {
        int p = risk.Columns + (risk.HasIntercept ? 1 : 0), k = risk.Outputs, n = risk.Count;
        if (p is 0 or > 300 || !double.IsFinite(risk.LossSmoothness) || (2.0 * p * risk.Entries * k) + (4.0 * p * p * p) > 3e8) return null;
        double[] w = new double[risk.Dimension], z = new double[n * k], gram = new double[p * p];
        double trace = 0, most = 0;
        foreach (double l in risk.Ridge) most = Math.Max(most, l);
        // Parameters of the first output: its columns, then its intercept.
        int At(int j) => j < risk.Columns ? j : k * risk.Columns;
        for (int j = 0; j < p; j++)
        {
            Array.Clear(w);
            w[At(j)] = 1;
            risk.Products(w, z);
            risk.Adjoint(z, w);
            for (int i = 0; i < p; i++) gram[(j * p) + i] = w[At(i)];
            trace += gram[(j * p) + j];
        }
        for (int i = 0; i < p; i++)
            for (int j = 0; j < i; j++) gram[(i * p) + j] = gram[(j * p) + i];
        SymmetricEigen eigen = new(p);
        if (!eigen.Decompose(gram)) return null;
        double h = (risk.LossSmoothness * (eigen.Values[p - 1] + GramRounding(n, p, trace))) + most;
        return Quantity.AtMost("H", h, "largest eigenvalue of the rows' Gram matrix times the largest curvature of the loss", 2 * p);
    }

    static double Substitute<T>(EmpiricalRisk<T> risk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (risk is IPiecewiseLinearOracle<T> || risk.Outputs > 1) return 1;
        if (risk.Kind != LossKind.Poisson) return AtZero(risk);
        double top = 1;
        foreach (double y in risk.Labels.Span) top = Math.Max(top, y);
        return top;
    }

    static double AtZero<T>(EmpiricalRisk<T> risk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double top = 1e-12;
        double[] bent = [0], margins = new double[risk.Count];
        risk.Margins(double.IsFinite(risk.LowestMargin) ? risk.NeutralPoint : new double[risk.Dimension], margins);
        for (int i = 0; i < risk.Count; i++)
        {
            risk.CurvatureAt(i, [margins[i]], [1], bent);
            if (double.IsFinite(bent[0])) top = Math.Max(top, Math.Abs(bent[0]));
        }
        return top;
    }

    static (double Norm, int Passes) PowerIteration<T>(EmpiricalRisk<T> risk, int passes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int d = risk.Dimension, n = risk.Count, k = risk.Outputs;
        double[] v = new double[d], z = new double[n * k];
        Draws draws = new(1, 77);
        for (int j = 0; j < d; j++) v[j] = draws.NextNormal();
        double norm = 0;
        for (int pass = 0; pass < passes; pass++)
        {
            double length = Vectors.Norm<double>(v);
            if (length == 0) return (0, pass);
            Vectors.Scale(1 / length, v.AsSpan());
            risk.Products(v, z);
            risk.Adjoint(z, v);
            double next = Vectors.Norm<double>(v);
            if (pass > 3 && Math.Abs(next - norm) <= 1e-4 * next) return (next, pass + 1);
            norm = next;
        }
        return (norm, passes);
    }
}
