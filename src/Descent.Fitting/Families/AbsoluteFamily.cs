using Descent.Fitting.Design;

namespace Descent.Fitting.Families;

/// <summary>Least absolute deviations: the median of a target.</summary>
sealed class AbsoluteFamily() : ModelFamily("absolute", LabelKind.Numbers, "lad", "median")
{
    /// <inheritdoc/>
    public override bool HasKinks => true;

    /// <inheritdoc/>
    public override string? NoInference => "the absolute loss is not a log-likelihood, so the Hessian does not give standard errors. A bootstrap would.";

    internal override string Describe(FitSpec spec, LoadedData data) => "least absolute deviations";

    internal override string Loss => "mean of |r|";
}
