using Descent.Algorithms;
using Descent.Guarantees;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Models.Constants;

/// <summary>
/// The constants that need a look at the optimum: a short quasi-Newton run from the start, ended by Newton steps where d is small, gives Δ
/// by a lower bound and D by G17, by the curvature at its end or by the penalty; G, σ² and J follow from the rows where the loss has
/// bounded slopes, and are measured otherwise. Each says how well it is known. Deterministic; the meter of the risk does not count it.
/// </summary>
public static partial class Pilot
{
    // A Hessian of this size is cheap beside the run.
    const int Small = 200;

    // F and its lower bound are each known to some thousand units in the last place.
    const double ValueRounding = 1e-14;

    /// <summary>Adds G, G_ℓ, σ², J, Δ, D, σ*², ρ and the dual gap to constants.</summary>
    /// <param name="risk">The objective.</param>
    /// <param name="known">What <see cref="ConstantsOf.Risk{T}"/> found.</param>
    /// <param name="start">w₁, d numbers.</param>
    /// <param name="passes">Most gradients of the pilot run.</param>
    public static ProblemConstants Measure(EmpiricalRisk<double> risk, ProblemConstants known, ReadOnlySpan<double> start,
        int passes = 60) => Look(risk, known, start, passes).Constants;

    /// <summary>The same, with the point that was found.</summary>
    /// <inheritdoc cref="Measure"/>
    public static PilotRun Look(EmpiricalRisk<double> risk, ProblemConstants known, ReadOnlySpan<double> start, int passes = 60)
    {
        ArgumentNullException.ThrowIfNull(risk);
        ArgumentNullException.ThrowIfNull(known);
        bool paused = risk.Meter.Paused;
        risk.Meter.Paused = false;
        RiskCertifier<double> certifier = new(risk);
        double[] first = start.ToArray();
        RunResult<double> run = Best(risk, certifier, first, passes);
        double cost = (run.Gradients / (double)risk.Count) + 2;
        Certificate end = run.Certificate!;
        double[] there = run.Point.All(double.IsFinite) ? run.Point : first;
        if (risk.Dimension <= Small && risk.Dimension > 0 && risk.NonSmooth is null
            && (double.IsFinite(risk.LossSmoothness) || double.IsFinite(risk.SelfConcordance)))
            (there, end) = Polish(risk, certifier, there, end);
        risk.Meter.Paused = true;
        if (known.Smoothness.Evidence == Evidence.Estimate && known.Kinks is null)
            known = known with { Smoothness = ConstantsOf.ProvedSmoothness(risk) ?? known.Smoothness };
        double startValue = certifier.Certify(first, default, false).Value, slope = GradientBound(risk, there),
            radius = RadiusOf(risk, known, end, there, slope);
        ProblemConstants found = Interpolation(risk, known) ?? known;
        found = found with
        {
            Gap = GapOf(found, end, startValue, slope, cost),
            Variance = NoiseOf(risk, first, there),
            HessianLipschitz = JayOf(risk),
            OptimumNoise = OptimumNoiseOf(risk, there, radius),
            Growth = found.Growth.IsKnown ? found.Growth : GrowthOf(risk, known, there, radius),
        };
        found = found with { Distance = DistanceOf(risk, found, first, there, radius, startValue), DualGap = DualGapOf(risk, end) };
        (Quantity second, Quantity largest, double limit) = SlopesOf(risk, known);
        risk.Meter.Paused = paused;
        return new PilotRun(found with { Lipschitz = second, SampleLipschitz = largest, StepLimit = limit }, there, end.Value,
            end.LowerBound, radius);
    }

    static RunResult<double> Best(EmpiricalRisk<double> risk, RiskCertifier<double> certifier, double[] start, int passes)
    {
        RunOptions<double> options = new()
        {
            Start = start,
            MaxGradients = (long)passes * risk.Count,
            GapTolerance = 1e-6,
            Certifier = certifier,
        };
        if (risk is IPiecewiseLinearOracle<double> piece)
        {
            return risk.Dimension <= 500
                ? new Problem<double, IPiecewiseLinearOracle<double>>(piece).Minimize(Methods.InteriorPoint(), options)
                : new Problem<double, IStochasticOracle<double>>(risk)
                    .Minimize(Methods.Average<double, IStochasticOracle<double>>(Methods.Sgd(new StepSizes.Power(1, 0.5)),
                        AverageKind.Suffix), options with { TraceEvery = risk.Count });
        }
        if (risk.NonSmooth is not null)
            return new Problem<double, IGradientOracle<double>>(risk)
                .Minimize(Methods.Fista(new StepSizes.Constant(1 / ConstantsOf.Risk(risk).Smoothness.Value)), options);
        return new Problem<double, IGradientOracle<double>>(risk).Minimize(Methods.LBfgs(), options);
    }

    // A few Newton steps pin the minimiser to rounding; they are kept only where F or its bound gains.
    static (double[] Point, Certificate End) Polish(EmpiricalRisk<double> risk, RiskCertifier<double> certifier, double[] there,
        Certificate end)
    {
        RunResult<double> run = new Problem<double, IHessianMatrixOracle<double>>(risk).Minimize(Methods.Newton(),
            new RunOptions<double> { Start = there, MaxSteps = 12, GapTolerance = 1e-15, Certifier = certifier });
        Certificate own = run.Certificate!;
        if (!run.Point.All(double.IsFinite) || !(own.Value <= end.Value) || !(own.GradientNorm < end.GradientNorm)) return (there, end);
        return (run.Point, own.LowerBound >= end.LowerBound ? own : own with { LowerBound = end.LowerBound, Kind = end.Kind });
    }

    // With μ > 0 the gap at the end is at most ‖∇F‖²/(2μ); otherwise the certificate says what is below.
    static Quantity GapOf(ProblemConstants known, Certificate end, double startValue, double slope, double cost)
    {
        double rounding = ValueRounding * (Math.Abs(startValue) + Math.Abs(end.Value)), mu = known.StrongConvexity.Value;
        double below = known.Kinks is null && mu > 0 ? slope * slope / (2 * mu) : double.PositiveInfinity;
        if (known.PolyakLojasiewicz.Value > 0) return Quantity.AtMost("Δ", startValue + rounding, "F(w₁), since inf F = 0 is reached", 1);
        if (double.IsFinite(end.LowerBound)) below = Math.Min(below, Math.Max(0, end.Value - end.LowerBound));
        return double.IsFinite(below)
            ? Quantity.AtMost("Δ", Math.Max(0, startValue - end.Value) + below + rounding, "F(w₁) less a certified lower bound", cost)
            : Quantity.About("Δ", Math.Max(0, startValue - end.Value), "F(w₁) less the smallest F met; no bound was proved", cost);
    }

    // F* less the dual at u = 0, which is the mean of the smallest losses.
    static Quantity DualGapOf(EmpiricalRisk<double> risk, Certificate end)
    {
        double least = 0;
        for (int i = 0; i < risk.Count; i++) least += risk.WeightOf(i) * risk.LeastLoss(i);
        double rounding = ValueRounding * (Math.Abs(end.Value) + Math.Abs(least));
        return Quantity.AtMost("Δ_D", Math.Max(0, end.Value - least) + rounding, "the smallest F met less the mean of the smallest losses");
    }
}
