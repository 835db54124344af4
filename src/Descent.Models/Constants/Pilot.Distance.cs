using Descent.Guarantees;
using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Models.Constants;

// How far the minimiser can be: from the pilot's end, and from the start.
public static partial class Pilot
{
    // ‖∇F(w)‖ with what rounding can have hidden in it:
    // every slope times its row is known to some d units in the last place of |slope| + curvature·Σ|xⱼwⱼ|.
    static double GradientBound(EmpiricalRisk<double> risk, double[] w)
    {
        int n = risk.Count, k = risk.Outputs;
        double[] z = new double[n * k], u = new double[n * k], g = new double[w.Length];
        risk.Margins(w, z);
        risk.LossesAt(z, u, new double[n]);
        risk.Adjoint(u, g);
        double length = Vectors.Norm<double>(w), terms = 0;
        double[] bend = new double[1];
        for (int i = 0; i < n; i++)
        {
            double row = Math.Sqrt(risk.SquaredRowNorm(i)), curvature = risk.LossSmoothness;
            if (!double.IsFinite(curvature) && k == 1)
            {
                risk.CurvatureAt(i, z.AsSpan(i, 1), [1], bend);
                curvature = bend[0];
            }
            terms += risk.WeightOf(i) * row * (Vectors.Norm<double>(u.AsSpan(i * k, k))
                + (curvature * ((row * length) + Math.Abs(risk.OffsetOf(i)))));
        }
        for (int j = 0; j < w.Length; j++)
        {
            g[j] += risk.Ridge[j] * w[j];
            terms += risk.Ridge[j] * Math.Abs(w[j]);
        }
        return Vectors.Norm<double>(g) + (8 * (w.Length + 16) * Unit * terms);
    }

    const double Unit = 1.0 / (1L << 52);

    // ‖w − w*‖ ≤ ‖∇F(w)‖/μ (G17), or by the curvature at w, or √(2·gap/μ).
    static double RadiusOf(EmpiricalRisk<double> risk, ProblemConstants known, Certificate end, double[] there, double slope)
    {
        double mu = known.StrongConvexity.Value, radius = double.NaN;
        bool smooth = risk.NonSmooth is null && known.Kinks is null;
        if (mu > 0 && smooth) radius = slope / mu;
        if (mu > 0 && double.IsFinite(end.LowerBound))
            radius = Least(radius, Math.Sqrt(2 * (Math.Max(0, end.Value - end.LowerBound) + (ValueRounding * Math.Abs(end.Value))) / mu));
        if (!(mu > 0) && smooth) radius = LocalRadius(risk, there, slope);
        return radius;
    }

    static double Least(double a, double b) => double.IsNaN(a) ? b : double.IsNaN(b) ? a : Math.Min(a, b);

    // With |φ‴| ≤ Mφ″ and S = M·max‖x‖, F(w + v) ≥ F(w) + ⟨∇F, v⟩ + vᵀ∇²F v·ψ(S‖v‖), ψ(s) = (e⁻ˢ + s − 1)/s² (Bach 2010):
    // above F(w) on the whole sphere of radius r as soon as
    // ‖∇F‖ < λ_min·r·ψ(Sr), so that the minimiser lies within it.
    static double LocalRadius(EmpiricalRisk<double> risk, double[] w, double slope)
    {
        double m = risk.SelfConcordance;
        if (risk.Dimension is 0 or > Small || !double.IsFinite(m)) return double.NaN;
        double least = ConstantsOf.LeastCurvature(risk, w), longest = 0;
        for (int i = 0; i < risk.Count; i++) longest = Math.Max(longest, Math.Sqrt(risk.SquaredRowNorm(i)));
        if (!(least > 0)) return double.NaN;
        double r = 2.0001 * slope / least;
        for (int tries = 0; tries < 60; tries++)
        {
            double psi = Psi(m * longest * r);
            if (slope < least * r * psi) return r;
            r = Math.Max(1.01 * r, 1.0001 * slope / (least * psi));
        }
        return double.NaN;
    }

    static double Psi(double s) => s < 1e-4 ? 0.5 - (s / 6) : (Math.Exp(-s) + s - 1) / (s * s);

    // ‖w₁ − w*‖: by way of the pilot's end, or of the penalty,
    // which keeps w* within ‖∇f‖/λ and √(2(F(0) − least)/λ), or of a PL constant, which gives ½μ·dist² ≤ Δ.
    static Quantity DistanceOf(EmpiricalRisk<double> risk, ProblemConstants known, double[] first, double[] there, double radius,
        double startValue)
    {
        double sum = 0, lambda = known.Penalty, length = Vectors.Norm<double>(first);
        for (int j = 0; j < first.Length; j++) sum += (there[j] - first[j]) * (there[j] - first[j]);
        double near = Math.Sqrt(sum) * (1 + (8 * Unit));
        if (known.PolyakLojasiewicz is { Value: > 0 } pl)
            return Quantity.AtMost("D", Math.Sqrt(2 * known.Gap.Value / pl.Value), "√(2Δ/μ), by the Polyak–Łojasiewicz inequality");
        if (double.IsFinite(radius))
            return Quantity.AtMost("D", near + radius,
                FormattableString.Invariant($"distance to the pilot's end, and {radius:G3} beyond it at most"));
        if (lambda > 0 && risk.Lasso.IsEmpty)
        {
            double steep = 0, least = 0;
            for (int i = 0; i < risk.Count; i++)
            {
                steep += risk.WeightOf(i) * Math.Sqrt(risk.SquaredRowNorm(i)) * risk.SlopeBound(i);
                least += risk.WeightOf(i) * risk.LeastLoss(i);
            }
            double byValue = length == 0 ? Math.Sqrt(2 * Math.Max(0, startValue - least) / lambda) * (1 + 1e-12) : double.PositiveInfinity,
                bySlope = steep / lambda * (1 + 1e-12);
            if (double.IsFinite(Math.Min(byValue, bySlope)))
                return Quantity.AtMost("D", length + Math.Min(byValue, bySlope),
                    bySlope <= byValue ? "the steepest losses over λ" : "√(2F(0)/λ) above the smallest losses");
        }
        return Quantity.About("D", near, "distance to the end of the pilot run; how far the minimiser is beyond it was not proved");
    }
}
