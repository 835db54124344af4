using Descent.Algorithms;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Models.Tests.Certificates;

/// <summary>Certificates of one problem at many points, judged against its true optimum.</summary>
sealed class Campaign
{
    static readonly string[] Runs = ["newton", "lbfgs", "gd", "interior"];

    public int Count { get; private set; }

    public int Missing { get; private set; }

    public List<string> Faults { get; } = [];

    /// <summary>At the optimum, rounded to double, after a thorough look:
    /// the certified gap, and what it is above the true one, relative to F.</summary>
    public List<(double Gap, double Excess, string Where)> AtOptimum { get; } = [];

    public static Campaign Of(HardProblem problem, ulong seed)
    {
        Campaign campaign = new();
        Truth truth = new(problem);
        EmpiricalRisk<double> risk = problem.Risk(seed % 3 == 0);
        Draws draws = new(seed, 5);
        double[] best = [.. truth.Minimiser.Select(w => (double)w)];
        // One certifier for the points of a run, as a run has it; a fresh one for others.
        RiskCertifier<double> along = new(risk);
        foreach (double[] w in Path(risk, seed)) campaign.Judge(problem, truth, along.Certify(w, default, false), w);
        campaign.Judge(problem, truth, along.Certify(best, default, true), best);
        RiskCertifier<double> thorough = new(risk), quick = new(risk);
        Certificate end = thorough.Certify(best, default, true);
        campaign.Judge(problem, truth, end, best);
        // Where F falls to 0 for ever, the last digits are measured by F at 0.
        double size = Math.Max(Math.Abs(end.Value), 1e-9 * Math.Abs((double)truth.Value(new double[best.Length]))) + 1e-300,
            excess = end.Gap - (truth.Value(best) - truth.Best).Head;
        campaign.AtOptimum.Add((end.Gap / size, excess / size, $"{problem}: {end.Sentence}"));
        foreach (double distance in (double[])[0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 0.1, 1, 10, -1])
        {
            double[] w =
                [.. best.Select(b => distance < 0 ? 0 : b + (distance * draws.NextNormal() * (draws.NextIndex(2) == 0 ? 1 : Math.Abs(b))))];
            campaign.Judge(problem, truth, thorough.Certify(w, default, true), w);
            campaign.Judge(problem, truth, quick.Certify(w, default, false), w);
            campaign.Judge(problem, truth, new RiskCertifier<double>(risk).Certify(w, default, false), w);
        }
        double[] far = [.. best.Select(b => b + draws.NextNormal())];
        campaign.Judge(problem, truth, new RiskCertifier<double>(risk).Certify(far, default, true), far);
        return campaign;
    }

    static IEnumerable<double[]> Path(EmpiricalRisk<double> risk, ulong seed)
    {
        Iteration<double>? run = Runs[seed % 4] switch
        {
            "interior" when risk is Oracles.IPiecewiseLinearOracle<double> p =>
                Methods.InteriorPoint().Start(p, new double[risk.Dimension], new Draws(1)),
            _ when risk.Name is "absolute" or "quantile" or "hinge" =>
                Methods.Sgd(new StepSizes.Constant(0.01)).Start(risk, new double[risk.Dimension], new Draws(1)),
            "newton" when risk.Lasso.IsEmpty => Methods.Newton().Start(risk, new double[risk.Dimension], new Draws(1)),
            "lbfgs" when risk.Lasso.IsEmpty => Methods.LBfgs().Start(risk, new double[risk.Dimension], new Draws(1)),
            _ => Methods.Fista(
                new StepSizes.Constant(
                    1 / Math.Max(1e-300,
                        Models.Constants.ConstantsOf.Risk(risk).Smoothness.Value is var h && double.IsFinite(h) ? h : 1e3)))
                .Start(risk, new double[risk.Dimension], new Draws(1)),
        };
        for (int t = 0; t < 12; t++)
        {
            yield return run.Point.ToArray();
            if (run.Ended is not null) yield break;
            run.Advance(t + 1);
            if (!run.Point.ToArray().All(x => Math.Abs(x) < 1e100) || !double.IsFinite(risk.Value(run.Point))) yield break;
        }
    }

    void Judge(HardProblem problem, Truth truth, Certificate c, double[] w)
    {
        Count++;
        if (!double.IsFinite(c.Value)) return;
        Wide value = truth.Value(w), gap = value - truth.Best;
        // Beyond 1e300 the wide arithmetic overflows: such a point cannot be judged.
        if (c.Value > 1e300 && !double.IsFinite(value.Head)) return;
        if (c.Kind == CertificateKind.None)
        {
            Missing++;
            if (c.Sentence.Length < 20) Faults.Add($"{problem}: no certificate and no reason");
            return;
        }
        string what = FormattableString.Invariant($"{problem}: F {(double)value:R}, least {(double)truth.Best:R}, certified {c.Gap:G6}, ")
            + FormattableString.Invariant($"true {(double)gap:G6}, printed F {c.Value:R}, allowance {c.Allowance:G3} ({c.Sentence})");
        if (!(c.Gap >= gap.Head)) Faults.Add("too small: " + what);
        if (truth.Best < c.LowerBound) Faults.Add("bound above the optimum: " + what);
        if (!(c.Allowance >= 0) || c.Allowance > c.Gap * (1 + 1e-15)) Faults.Add("allowance outside the gap: " + what);
    }
}
