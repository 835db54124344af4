using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>Gamma regression with inverse link, R's default for the family: μ = 1/η, η &gt; 0. The loss is a barrier at η = 0, so that the
/// margins of the rows of a fit stay above it; a new row whose margin does not has no mean.</summary>
sealed class GammaInverseFamily() : MeanFamily<GammaInverseLoss>("gamma-inverse", LabelKind.Numbers)
{
    /// <inheritdoc/>
    public override bool EstimatesDispersion => true;

    /// <inheritdoc/>
    public override double LowestMargin => 0;

    /// <inheritdoc/>
    /// <remarks>1/η; NaN for η ≤ 0, where there is no mean.</remarks>
    public override double Response(double margin) => margin > 0 ? 1 / margin : double.NaN;

    protected override GammaInverseLoss LossOf(double own) => default;

    protected override double Variance(double mean, double own) => mean * mean;

    protected override double Slope(double margin) => margin > 0 ? -1 / margin / margin : double.NaN;

    protected override double Link(double mean) => mean > 0 ? 1 / mean : 0;

    protected override double? Likelihood(MeasuredRows rows, double deviance) => GammaLikelihood.Of(rows, deviance, margin => margin);

    internal override string? WrongLabel(double label) => label > 0 ? null : "a number above 0 for the gamma model";

    internal override string Describe(ModelWords words) =>
        $"gamma with inverse link: E {words.Target} = 1/(x·w{(words.Intercept ? " + b" : "")}), variance φ·mean²";

    internal override string Loss => "mean of y x·w − log(x·w), x·w above 0";
}
