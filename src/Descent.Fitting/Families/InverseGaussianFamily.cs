using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>Inverse Gaussian regression with log link: positive targets whose variance grows with the cube of the mean. Not
/// convex.</summary>
sealed class InverseGaussianFamily() : PositiveFamily<InverseGaussianLoss>("inverse-gaussian", LabelKind.Numbers)
{
    /// <inheritdoc/>
    public override bool EstimatesDispersion => true;

    protected override bool AllowsZero => false;

    protected override InverseGaussianLoss LossOf(double own) => default;

    protected override double Variance(double mean, double own) => mean * mean * mean;

    // R's: the dispersion is the deviance over the rows' weight.
    protected override double? Likelihood(MeasuredRows rows, double deviance)
    {
        double total = 0, logs = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            total += rows.WeightOf(i);
            logs += rows.WeightOf(i) * Math.Log(rows.Labels[i]);
        }
        return deviance > 0 ? -0.5 * ((total * (Math.Log(2 * Math.PI * deviance / total) + 1)) + (3 * logs)) : null;
    }

    internal override string Describe(ModelWords words) =>
        $"inverse Gaussian with log link: E {words.Target} = exp(x·w{(words.Intercept ? " + b" : "")}), variance φ·mean³; not convex";

    internal override string Loss => "mean of ½ y e^(−2x·w) − e^(−x·w)";
}
