using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>Gamma regression with log link: the mean of a positive target whose deviation is in proportion to it.</summary>
sealed class GammaFamily() : PositiveFamily<GammaLoss>("gamma", LabelKind.Numbers)
{
    /// <inheritdoc/>
    public override bool EstimatesDispersion => true;

    protected override bool AllowsZero => false;

    protected override GammaLoss LossOf(double own) => default;

    protected override double Variance(double mean, double own) => mean * mean;

    protected override double? Likelihood(MeasuredRows rows, double deviance) =>
        GammaLikelihood.Of(rows, deviance, margin => Math.Exp(-margin));

    internal override string Describe(ModelWords words) =>
        $"gamma with log link: E {words.Target} = exp(x·w{(words.Intercept ? " + b" : "")}), variance φ·mean²";

    internal override string Loss => "mean of x·w + y e^(−x·w)";
}
