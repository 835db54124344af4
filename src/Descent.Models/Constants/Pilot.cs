using Descent.Algorithms;
using Descent.Guarantees;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Models.Constants;

/// <summary>
/// The constants that need a look at the optimum: a short quasi-Newton run from the start gives Δ by a certified lower bound and D by G17; G, σ² and J follow from the rows where
/// the loss has bounded slopes, and are measured at both ends otherwise. Deterministic; the meter of the risk does not count it.
/// </summary>
public static class Pilot
{
    /// <summary>Adds G, G_ℓ, σ², J, Δ and D to constants.</summary>
    /// <param name="risk">The objective.</param>
    /// <param name="known">What <see cref="ConstantsOf.Risk{T}"/> found.</param>
    /// <param name="start">w₁, d numbers.</param>
    /// <param name="passes">Most gradients of the pilot run.</param>
    public static ProblemConstants Measure(EmpiricalRisk<double> risk, ProblemConstants known, ReadOnlySpan<double> start, int passes = 60)
    {
        ArgumentNullException.ThrowIfNull(risk);
        ArgumentNullException.ThrowIfNull(known);
        bool paused = risk.Meter.Paused;
        risk.Meter.Paused = false;
        RiskCertifier<double> certifier = new(risk);
        double[] first = start.ToArray();
        RunResult<double> run = Best(risk, certifier, first, passes);
        risk.Meter.Paused = true;
        double startValue = certifier.Certify(first, default, false).Value;
        Certificate end = run.Certificate!;
        double cost = (run.Gradients / (double)risk.Count) + 2;
        double[] there = run.Point.All(double.IsFinite) ? run.Point : first;
        ProblemConstants found = known with
        {
            Gap = double.IsFinite(end.LowerBound)
                ? Quantity.AtMost("Δ", Math.Max(0, startValue - end.LowerBound), "F(w₁) less a certified lower bound", cost)
                : Quantity.About("Δ", Math.Max(0, startValue - end.Value), "F(w₁) less the smallest F met; no bound was proved", cost),
            Distance = DistanceOf(known, end, first, there),
            Variance = NoiseOf(risk, first, there),
            HessianLipschitz = JayOf(risk),
        };
        (Quantity second, Quantity largest) = SlopesOf(risk, known);
        risk.Meter.Paused = paused;
        return found with { Lipschitz = second, SampleLipschitz = largest };
    }

    static RunResult<double> Best(EmpiricalRisk<double> risk, RiskCertifier<double> certifier, double[] start, int passes)
    {
        RunOptions<double> options = new() { Start = start, MaxGradients = (long)passes * risk.Count, GapTolerance = 1e-6, Certifier = certifier };
        if (risk is IPiecewiseLinearOracle<double> { IsPiecewiseLinear: true } piece)
        {
            return risk.Dimension <= 500
                ? new Problem<double, IPiecewiseLinearOracle<double>>(piece).Minimize(Methods.InteriorPoint(), options)
                : new Problem<double, IStochasticOracle<double>>(risk).Minimize(Methods.Average<double, IStochasticOracle<double>>(Methods.Sgd(new StepSizes.Power(1, 0.5)), AverageKind.Suffix), options with { TraceEvery = risk.Count });
        }
        if (risk.NonSmooth is not null)
            return new Problem<double, IGradientOracle<double>>(risk).Minimize(Methods.Fista(new StepSizes.Constant(1 / ConstantsOf.Risk(risk).Smoothness.Value)), options);
        return new Problem<double, IGradientOracle<double>>(risk).Minimize(Methods.LBfgs(), options);
    }

    // ‖w₁ − w*‖ ≤ ‖w₁ − w‖ + ‖w − w*‖, and ½μ‖w − w*‖² is at most the gap at w.
    static Quantity DistanceOf(ProblemConstants known, Certificate end, double[] first, double[] there)
    {
        double sum = 0;
        for (int j = 0; j < first.Length; j++) sum += (there[j] - first[j]) * (there[j] - first[j]);
        double near = Math.Sqrt(sum), mu = known.StrongConvexity.Value;
        if (mu > 0 && double.IsFinite(end.LowerBound)) return Quantity.AtMost("D", near + Math.Sqrt(2 * end.Gap / mu), "distance to the pilot's end, and √(2·gap/μ) beyond it");
        return Quantity.About("D", near, "distance to the end of the pilot run");
    }

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
            ? Quantity.AtMost("σ²", sum, FormattableString.Invariant($"squared rows times the largest slope of the loss, everywhere; {measured:G4} was measured at the ends of the pilot run"), 1)
            : Quantity.About("σ²", measured, "the larger of w₁ and the end of the pilot run; the loss has unbounded slopes, so no bound holds everywhere", 2);
    }

    static double Trace(EmpiricalRisk<double> risk, double[] w)
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
        return Math.Max(0, second - Vectors.Dot<double>(mean, mean));
    }

    static Quantity JayOf(EmpiricalRisk<double> risk)
    {
        double m = risk.SelfConcordance * risk.LossSmoothness, sum = 0;
        if (risk.SelfConcordance == 0) return Quantity.Exact("J", 0, "F is quadratic");
        if (!double.IsFinite(m)) return Quantity.Unknown("J", "the loss has no bounded third derivative");
        for (int i = 0; i < risk.Count; i++) sum += risk.WeightOf(i) * Math.Pow(risk.SquaredRowNorm(i), 1.5);
        return Quantity.AtMost("J", m * sum, "Σω‖x‖³ times |φ‴| ≤ Mφ″", 1);
    }

    // Without penalties ‖∇ℓ‖ ≤ slope·‖x‖. With λ > 0 and steps η ≤ 1/λ from 0 the iterates stay within max‖x‖·slope/λ, which doubles the bound.
    static (Quantity Second, Quantity Largest) SlopesOf(EmpiricalRisk<double> risk, ProblemConstants known)
    {
        double largest = 0, second = 0, most = 0;
        foreach (double l in risk.Ridge) most = Math.Max(most, l);
        for (int i = 0; i < risk.Count; i++)
        {
            double g = risk.WeightOf(i) * risk.Count * Math.Sqrt(risk.SquaredRowNorm(i)) * risk.SlopeBound(i);
            largest = Math.Max(largest, g);
            second += g * g / risk.Count;
        }
        const string Unbounded = "the loss has unbounded slopes; project on a ball that holds w*";
        if (!double.IsFinite(largest)) return (Quantity.Infinite("G", Unbounded), Quantity.Infinite("G_ℓ", Unbounded));
        if (!risk.Lasso.IsEmpty) return (Quantity.Unknown("G", "an L1 penalty is not part of the sampled gradients"), Quantity.Unknown("G_ℓ", "an L1 penalty is not part of the sampled gradients"));
        if (most == 0) return (Quantity.AtMost("G", Math.Sqrt(second), "root mean square of the rows times the largest slope", 1), Quantity.AtMost("G_ℓ", largest, "the largest row times the largest slope", 1));
        if (known.Penalty == most)
        {
            const string How = "twice the largest row times the largest slope: the penalty keeps iterates from 0 with η ≤ 1/λ within it";
            return (Quantity.AtMost("G", 2 * largest, How, 1), Quantity.AtMost("G_ℓ", 2 * largest, How, 1));
        }
        return (Quantity.About("G", Math.Sqrt(second), "of the loss alone; the penalised gradients have no bound of their own", 1), Quantity.About("G_ℓ", largest, "of the loss alone", 1));
    }
}
