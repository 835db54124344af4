using Descent.Fitting.Design;

namespace Descent.Fitting.Families;

/// <summary>Least squares: the mean of a target.</summary>
sealed class LinearFamily() : ModelFamily("linear", LabelKind.Numbers)
{
    internal override string Describe(FitSpec spec, LoadedData data) => "linear regression";

    internal override string Loss => "mean of ½(y − x·w)²";
}
