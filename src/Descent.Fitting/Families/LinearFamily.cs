using Descent.Fitting.Design;
using Descent.Fitting.Specs;

namespace Descent.Fitting.Families;

/// <summary>Least squares: the mean of a target.</summary>
sealed class LinearFamily() : ModelFamily("linear", LabelKind.Numbers)
{
    internal override string Describe(FitRequest request, LoadedData data) => "linear regression";

    internal override string Loss => "mean of ½(y − x·w)²";
}
