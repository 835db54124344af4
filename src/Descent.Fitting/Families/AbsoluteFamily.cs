using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>Least absolute deviations: the median of a target.</summary>
sealed class AbsoluteFamily() : RegressionFamily("absolute", "lad", "median")
{
    /// <inheritdoc/>
    public override bool HasKinks => true;

    /// <inheritdoc/>
    public override string? NoInference => "the absolute loss is not a log-likelihood, so the Hessian does not give standard errors. "
        + "`Robust = hc0` does, by the density of the residuals; so would a bootstrap.";

    internal override double? QuantileOf(double own) => 0.5;

    /// <inheritdoc/>
    protected override double LossOf(double r, double own) => Math.Abs(r);

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        Descent.Models.Linear.Risk.Of<double, TRows, PinballLoss>(rows, labels, new PinballLoss(0.5, 2), options);

    internal override ProofLoss? Proof => ProofLoss.Absolute;

    internal override string Describe(ModelWords words) => "least absolute deviations";

    internal override string Loss => "mean of |r|";
}
