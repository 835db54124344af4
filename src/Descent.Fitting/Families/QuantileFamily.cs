using Descent.Fitting.Design;

namespace Descent.Fitting.Families;

/// <summary>Quantile regression: the τ-quantile of a target.</summary>
sealed class QuantileFamily() : ModelFamily("quantile", LabelKind.Numbers)
{
    /// <inheritdoc/>
    public override bool HasKinks => true;

    /// <inheritdoc/>
    public override string? NoInference => "the quantile loss is not a log-likelihood, so the Hessian does not give standard errors. A bootstrap would.";

    internal override double Parameter(FitSpec spec) => spec.Model.Tau;

    internal override string Describe(FitSpec spec, LoadedData data) => $"quantile regression, τ = {Text.Number(spec.Model.Tau)}";

    internal override string Loss => "mean of r(τ − [r < 0])";
}
