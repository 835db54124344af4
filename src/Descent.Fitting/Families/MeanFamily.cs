using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Losses;
using MathNet.Numerics;

namespace Descent.Fitting.Families;

/// <summary>
/// A family of a generalised linear model of one margin η = g(μ): its loss is the negative log-likelihood in units of the dispersion, so
/// that the loss less its least value is half the unit deviance. Standard errors are those of the expected information
/// <c>(dμ/dη)²/V(μ)</c>, as R's.
/// </summary>
/// <typeparam name="TLoss">The loss φ(η; y).</typeparam>
abstract class MeanFamily<TLoss>(string name, LabelKind labels, params string[] aliases) : ModelFamily(name, labels, aliases)
    where TLoss : struct, IMarginLoss
{
    /// <summary>The loss, with the family's own number.</summary>
    protected abstract TLoss LossOf(double own);

    /// <summary>The variance function V(μ).</summary>
    protected abstract double Variance(double mean, double own);

    /// <summary>dμ/dη at η.</summary>
    protected abstract double Slope(double margin);

    /// <summary>g(μ).</summary>
    protected abstract double Link(double mean);

    /// <summary>Log-likelihood of the rows, all constants in it; null where there is none.</summary>
    protected virtual double? Likelihood(MeasuredRows rows, double deviance) => null;

    /// <summary>Parameters of the likelihood beside the coefficients: a dispersion, as R counts.</summary>
    protected virtual int Nuisances => EstimatesDispersion ? 1 : 0;

    internal override ProofLoss? Proof => null;

    internal override double StartAt(double mean) => Link(mean);

    internal override bool HasExpectedCurvature => true;

    internal override double ExpectedCurvature(double margin, double own)
    {
        double t = Slope(margin), v = Variance(Response(margin), own);
        return t == 0 ? 0 : t / v * t;
    }

    internal override double PearsonResidual(double label, double margin, double weight, double own)
    {
        double mean = Response(margin), r = label - mean;
        return r == 0 ? 0 : Math.Sqrt(weight) * r / Math.Sqrt(Variance(mean, own));
    }

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        Descent.Models.Linear.Risk.Of<double, TRows, TLoss>(rows, labels, LossOf(parameter), options);

    internal override FitQuality Measure(MeasuredRows rows)
    {
        TLoss loss = LossOf(rows.Own);
        double sum = 0, deviance = 0, total = 0, mean = 0, pearson = 0;
        int broken = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double w = rows.WeightOf(i), y = rows.Labels[i], z = rows.Margins[i], value = loss.Value(z, y);
            if (w == 0) continue;
            sum += w * value;
            deviance += 2 * w * Math.Max(0, value - loss.Least(y));
            double r = PearsonResidual(y, z, w, rows.Own);
            pearson += r * r;
            total += w;
            mean += w * y;
            if (Labels == LabelKind.Counts && y != Math.Floor(y)) broken++;
        }
        int degrees = rows.Used - rows.Parameters;
        double? likelihood = rows.HasLikelihood && broken == 0 ? Likelihood(rows, deviance) : null;
        bool known = degrees > 0 && double.IsFinite(pearson);
        return new FitQuality
        {
            Count = rows.Count,
            MeanLoss = sum / total,
            LogLikelihood = likelihood,
            Deviance = deviance,
            NullDeviance = NullDeviance(rows, loss, mean / total),
            Aic = likelihood is { } l ? (2 * (rows.Parameters + Nuisances + rows.Nuisances)) - (2 * l) : null,
            Degrees = degrees,
            Dispersion = known ? pearson / degrees : null,
            DispersionP = known && !EstimatesDispersion ? SpecialFunctions.GammaUpperRegularized(degrees / 2.0, pearson / 2) : null,
            NotCounts = broken,
        };
    }

    // Without offsets the fitted mean of the intercept alone is the mean, whatever the link.
    double NullDeviance(MeasuredRows rows, TLoss loss, double mean)
    {
        double b = rows.Offsets is null ? Link(mean) : NullFit.Intercept(rows, loss), sum = 0;
        if (!double.IsFinite(b)) return 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double y = rows.Labels[i], w = rows.WeightOf(i);
            if (w > 0) sum += 2 * w * Math.Max(0, loss.Value(b + rows.OffsetOf(i), y) - loss.Least(y));
        }
        return sum;
    }
}
