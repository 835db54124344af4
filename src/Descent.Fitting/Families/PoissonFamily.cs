using Descent.Fitting.Design;
using Descent.Fitting.Specs;

namespace Descent.Fitting.Families;

/// <summary>Poisson regression with log link: the mean of a count.</summary>
sealed class PoissonFamily() : ModelFamily("poisson", LabelKind.Counts)
{
    /// <inheritdoc/>
    public override double Response(double margin) => Elementary.Exp(margin);

    internal override string Describe(FitRequest request, LoadedData data) => $"Poisson with log link: E {data.Target} = exp(x·w{(request.NoIntercept ? "" : " + b")})";

    internal override string Loss => "mean of e^(x·w) − y x·w (without log y!)";
}
