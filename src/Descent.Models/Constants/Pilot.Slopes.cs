using Descent.Guarantees;
using Descent.Models.Linear;

namespace Descent.Models.Constants;

// Sizes of single gradients: σ², G and G_ℓ, everywhere, at the optimum, and within a ball.
public static partial class Pilot
{
    static Quantity NoiseOf(EmpiricalRisk<double> risk, double[] first, double[] there)
    {
        double sum = 0;
        for (int i = 0; i < risk.Count; i++)
        {
            double share = risk.WeightOf(i) * risk.Count, slope = risk.SlopeBound(i);
            sum += share * share * risk.SquaredRowNorm(i) * slope * slope / risk.Count;
        }
        double measured = Math.Max(Trace(risk, first), Trace(risk, there));
        return double.IsFinite(sum)
            ? Quantity.AtMost("σ²", sum,
                FormattableString.Invariant($"squared rows times the largest slope of the loss, everywhere; {measured:G4} was measured ")
                    + "at the ends of the pilot run", 1)
            : Quantity.About("σ²", measured,
                "the larger of w₁ and the end of the pilot run; the loss has unbounded slopes, so no bound holds everywhere", 2);
    }

    static double Trace(EmpiricalRisk<double> risk, double[] w) => Moments(risk, w) is var (second, mean) ? Math.Max(0, second - mean) : 0;

    // The mean of ‖∇ℓᵢ‖² and ‖mean of ∇ℓᵢ‖², penalties apart.
    static (double Second, double Mean) Moments(EmpiricalRisk<double> risk, double[] w)
    {
        int n = risk.Count, k = risk.Outputs;
        double[] z = new double[n * k], u = new double[n * k], mean = new double[risk.Dimension];
        risk.Margins(w, z);
        risk.LossesAt(z, u, new double[n]);
        double second = 0;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> ui = u.AsSpan(i * k, k);
            second += risk.WeightOf(i) * risk.WeightOf(i) * n * risk.SquaredRowNorm(i) * Vectors.Dot<double>(ui, ui);
        }
        risk.Adjoint(u, mean);
        return (second, Vectors.Dot<double>(mean, mean));
    }

    // √mean‖∇ℓᵢ(w*)‖² ≤ √mean‖∇ℓᵢ(w)‖² + √mean Hᵢ²·‖w − w*‖.
    static Quantity OptimumNoiseOf(EmpiricalRisk<double> risk, double[] there, double radius)
    {
        double here = Math.Sqrt(Moments(risk, there).Second) * (1 + 1e-12), steep = RootMeanSquareSmoothness(risk);
        return double.IsFinite(radius) && double.IsFinite(steep)
            ? Quantity.AtMost("σ*²", (here + (steep * radius)) * (here + (steep * radius)),
                "mean of the squared single gradients at the pilot's end, and what smoothness allows beyond", 1)
            : Quantity.About("σ*²", here * here, "mean of the squared single gradients at the pilot's end", 1);
    }

    static double RootMeanSquareSmoothness(EmpiricalRisk<double> risk)
    {
        double sum = 0;
        for (int i = 0; i < risk.Count; i++)
        {
            double h = risk.WeightOf(i) * risk.Count * risk.SquaredRowNorm(i) * risk.LossSmoothness;
            sum += h * h / risk.Count;
        }
        return Math.Sqrt(sum);
    }

    static Quantity JayOf(EmpiricalRisk<double> risk)
    {
        double m = risk.SelfConcordance * risk.LossSmoothness, sum = 0;
        if (risk.SelfConcordance == 0) return Quantity.Exact("J", 0, "F is quadratic");
        if (!double.IsFinite(m)) return Quantity.Unknown("J", "the loss has no bounded third derivative");
        for (int i = 0; i < risk.Count; i++) sum += risk.WeightOf(i) * Math.Pow(risk.SquaredRowNorm(i), 1.5);
        return Quantity.AtMost("J", m * sum, "Σω‖x‖³ times |φ‴| ≤ Mφ″", 1);
    }

    // Without penalties ‖∇ℓ‖ ≤ slope·‖x‖.
    // With λ > 0 and steps η ≤ 1/λ from 0 the iterates stay within max‖x‖·slope/λ, which doubles the bound.
    static (Quantity Second, Quantity Largest, double StepLimit) SlopesOf(EmpiricalRisk<double> risk, ProblemConstants known)
    {
        double most = 0;
        foreach (double l in risk.Ridge) most = Math.Max(most, l);
        (double second, double largest) = Steepness(risk, risk.SlopeBound);
        const string Unbounded = "the loss has unbounded slopes; project on a ball that holds w*";
        if (!double.IsFinite(largest))
            return (Quantity.Infinite("G", Unbounded), Quantity.Infinite("G_ℓ", Unbounded), double.PositiveInfinity);
        if (!risk.Lasso.IsEmpty)
            return (Quantity.Unknown("G", "an L1 penalty is not part of the sampled gradients"),
                Quantity.Unknown("G_ℓ", "an L1 penalty is not part of the sampled gradients"), double.PositiveInfinity);
        if (most == 0)
            return (Quantity.AtMost("G", second, "root mean square of the rows times the largest slope", 1),
                Quantity.AtMost("G_ℓ", largest, "the largest row times the largest slope", 1), double.PositiveInfinity);
        if (known.Penalty == most)
        {
            const string How = "twice the largest row times the largest slope: the penalty keeps iterates from 0 with η ≤ 1/λ within it";
            return (Quantity.AtMost("G", 2 * largest, How, 1), Quantity.AtMost("G_ℓ", 2 * largest, How, 1), 1 / most);
        }
        return (Quantity.About("G", second, "of the loss alone; the penalised gradients have no bound of their own", 1),
            Quantity.About("G_ℓ", largest, "of the loss alone", 1), double.PositiveInfinity);
    }

    /// <summary>G and G_ℓ for iterates that are projected on the ball <c>‖w‖ ≤ r</c>:
    /// slopes at the margins it allows, and λr for the penalty. Unbounded slopes are bounded there.</summary>
    /// <param name="risk">The objective.</param>
    /// <param name="known">Constants found so far.</param>
    /// <param name="radius">r, &gt; 0.</param>
    public static ProblemConstants Within(EmpiricalRisk<double> risk, ProblemConstants known, double radius)
    {
        ArgumentNullException.ThrowIfNull(risk);
        ArgumentNullException.ThrowIfNull(known);
        if (!risk.Lasso.IsEmpty || !double.IsFinite(radius)) return known;
        double most = 0;
        foreach (double l in risk.Ridge) most = Math.Max(most, l);
        (double second, double largest) = Steepness(risk,
            i => SlopeWithin(risk, i, Math.Sqrt(risk.SquaredRowNorm(i)) * radius * (1 + 1e-12)));
        if (!double.IsFinite(largest)) return known;
        string how = FormattableString.Invariant($"rows times the largest slope where ‖w‖ ≤ {radius:G4}, and the penalty's gradient there");
        return known with
        {
            Lipschitz = Quantity.AtMost("G", second + (most * radius), "root mean square of " + how, 1),
            SampleLipschitz = Quantity.AtMost("G_ℓ", largest + (most * radius), "the largest of " + how, 1),
            StepLimit = double.PositiveInfinity,
        };
    }

    // φ′ grows with the margin: its largest size on an interval is at one of the ends.
    static double SlopeWithin(EmpiricalRisk<double> risk, int example, double margin)
    {
        if (risk.Outputs > 1) return risk.SlopeBound(example);
        double[] u = new double[1];
        risk.LossAt(example, [-margin], u);
        double low = Math.Abs(u[0]);
        risk.LossAt(example, [margin], u);
        return Math.Min(risk.SlopeBound(example), Math.Max(low, Math.Abs(u[0])) * (1 + 1e-12));
    }

    static (double RootMeanSquare, double Largest) Steepness(EmpiricalRisk<double> risk, Func<int, double> slope)
    {
        double largest = 0, second = 0;
        for (int i = 0; i < risk.Count; i++)
        {
            double g = risk.WeightOf(i) * risk.Count * Math.Sqrt(risk.SquaredRowNorm(i)) * slope(i);
            largest = Math.Max(largest, g);
            second += g * g / risk.Count;
        }
        return (Math.Sqrt(second), largest);
    }
}
