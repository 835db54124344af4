using Descent.Fitting.Design;
using Descent.Fitting.Specs;

namespace Descent.Fitting.Families;

/// <summary>Quantile regression: the τ-quantile of a target.</summary>
sealed class QuantileFamily() : ModelFamily("quantile", LabelKind.Numbers)
{
    /// <inheritdoc/>
    public override bool HasKinks => true;

    /// <inheritdoc/>
    public override string? NoInference => "the quantile loss is not a log-likelihood, so the Hessian does not give standard errors. A bootstrap would.";

    internal override double Parameter(FitRequest request) => request.Tau;

    internal override string Describe(FitRequest request, LoadedData data) => $"quantile regression, τ = {Text.Number(request.Tau)}";

    internal override string Loss => "mean of r(τ − [r < 0])";
}
