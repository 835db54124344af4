using Descent.Fitting.Design;

namespace Descent.Fitting.Families;

/// <summary>Huber's regression: squares near, absolute values far.</summary>
sealed class HuberFamily() : ModelFamily("huber", LabelKind.Numbers)
{
    /// <inheritdoc/>
    public override string? NoInference => "the huber loss is not a log-likelihood, so the Hessian does not give standard errors. A bootstrap would.";

    internal override double Parameter(FitSpec spec) => spec.Model.Delta;

    internal override string Describe(FitSpec spec, LoadedData data) => $"Huber regression, δ = {Text.Number(spec.Model.Delta)}";

    internal override string Loss => "mean of ½r² (|r| ≤ δ), δ|r| − ½δ² beyond";
}
