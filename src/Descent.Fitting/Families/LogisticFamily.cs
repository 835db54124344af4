using Descent.Fitting.Design;

namespace Descent.Fitting.Families;

/// <summary>Logistic regression: the probability of one class of two.</summary>
sealed class LogisticFamily() : ModelFamily("logistic", LabelKind.TwoClasses)
{
    /// <inheritdoc/>
    public override double TypicalCurvature => 0.1;

    /// <inheritdoc/>
    public override double Response(double margin) => 1 / (1 + Elementary.Exp(-margin));

    internal override string Describe(FitSpec spec, LoadedData data) => $"logistic: P({data.Target} = {data.Classes![1]}) = σ(x·w{(!spec.Model.Intercept ? "" : " + b")})";

    internal override string Loss => "mean of log(1 + e^(−s x·w)), s = ±1";
}
