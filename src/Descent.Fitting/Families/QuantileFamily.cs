using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>Quantile regression: the τ-quantile of a target.</summary>
sealed class QuantileFamily() : RegressionFamily("quantile")
{
    /// <inheritdoc/>
    public override bool HasKinks => true;

    /// <inheritdoc/>
    public override string? NoInference => "the quantile loss is not a log-likelihood, so the Hessian does not give standard errors. "
        + "`Robust = hc0` does, by the density of the residuals; so would a bootstrap.";

    internal override double? QuantileOf(double own) => own;

    /// <inheritdoc/>
    protected override double LossOf(double r, double own) => r >= 0 ? own * r : (own - 1) * r;

    /// <inheritdoc/>
    public override FamilyNumber Own => FamilyNumber.Quantile;

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        Descent.Models.Linear.Risk.Of<double, TRows, PinballLoss>(rows, labels, new PinballLoss(parameter), options);

    internal override ProofLoss? Proof => ProofLoss.Quantile;

    internal override string Describe(ModelWords words) => $"quantile regression, τ = {Text.Number(words.Own)}";

    internal override string Loss => "mean of r(τ − [r < 0])";
}
