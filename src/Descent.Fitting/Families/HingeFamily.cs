using Descent.Fitting.Design;

namespace Descent.Fitting.Families;

/// <summary>The support-vector machine: the side of a plane with a margin.</summary>
sealed class HingeFamily() : ModelFamily("hinge", LabelKind.TwoClasses, "svm")
{
    /// <inheritdoc/>
    public override bool HasKinks => true;

    /// <inheritdoc/>
    public override string? NoInference => "the hinge loss has no likelihood behind it.";

    internal override string Describe(FitSpec spec, LoadedData data) => $"hinge (support-vector machine): class by the sign of x·w{(!spec.Model.Intercept ? "" : " + b")}";

    internal override string Loss => "mean of max(0, 1 − s x·w), s = ±1";
}
