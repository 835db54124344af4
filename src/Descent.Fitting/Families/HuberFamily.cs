using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>Huber's regression: squares near, absolute values far.</summary>
sealed class HuberFamily() : RegressionFamily("huber")
{
    /// <inheritdoc/>
    public override string? NoInference => "the huber loss is not a log-likelihood, so the Hessian does not give standard errors. "
        + "`Robust = hc0` does, with δ taken as known; so would a bootstrap.";

    internal override string? NoLeverage => "whose rows beyond δ have no leverage (hc0 and hc1 do)";

    /// <inheritdoc/>
    protected override double LossOf(double r, double own) => Math.Abs(r) <= own ? 0.5 * r * r : own * (Math.Abs(r) - (0.5 * own));

    /// <inheritdoc/>
    public override FamilyNumber Own => FamilyNumber.Threshold;

    /// <inheritdoc/>
    public override double Smoothness => default(HuberLoss).Smoothness;

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        Descent.Models.Linear.Risk.Of<double, TRows, HuberLoss>(rows, labels, new HuberLoss(parameter), options);

    internal override ProofLoss? Proof => ProofLoss.Huber;

    internal override string Describe(ModelWords words) => $"Huber regression, δ = {Text.Number(words.Own)}";

    internal override string Loss => "mean of ½r² (|r| ≤ δ), δ|r| − ½δ² beyond";
}
