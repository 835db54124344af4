using Descent.Models.Losses;
using Descent.Models.Separation;

namespace Descent.Fitting.Families;

/// <summary>Tweedie regression with log link, power in (1, 2): amounts that are 0 with some probability, as of claims or of
/// rain.</summary>
sealed class TweedieFamily() : PositiveFamily<TweedieLoss>("tweedie", LabelKind.Numbers)
{
    /// <inheritdoc/>
    public override FamilyNumber Own => FamilyNumber.Power;

    /// <inheritdoc/>
    public override bool EstimatesDispersion => true;

    protected override bool AllowsZero => true;

    internal override SeparationKind? Recession => SeparationKind.Counts;

    protected override TweedieLoss LossOf(double own) => new(own);

    protected override double Variance(double mean, double own) => Math.Pow(mean, own);

    internal override string Describe(ModelWords words) =>
        $"Tweedie with log link: E {words.Target} = exp(x·w{(words.Intercept ? " + b" : "")}), variance φ·mean^{Text.Number(words.Own)}";

    internal override string Loss => "mean of y e^(−(p−1)x·w)/(p−1) + e^((2−p)x·w)/(2−p)";
}
