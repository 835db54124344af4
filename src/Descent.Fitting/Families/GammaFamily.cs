using Descent.Models.Losses;
using MathNet.Numerics;

namespace Descent.Fitting.Families;

/// <summary>Gamma regression with log link: the mean of a positive target whose deviation is in proportion to it.</summary>
sealed class GammaFamily() : PositiveFamily<GammaLoss>("gamma", LabelKind.Numbers)
{
    /// <inheritdoc/>
    public override bool EstimatesDispersion => true;

    protected override bool AllowsZero => false;

    protected override GammaLoss LossOf(double own) => default;

    protected override double Variance(double mean, double own) => mean * mean;

    // R's: the shape is the rows' weight over the deviance.
    protected override double? Likelihood(MeasuredRows rows, double deviance)
    {
        double total = 0, sum = 0;
        for (int i = 0; i < rows.Count; i++) total += rows.WeightOf(i);
        double phi = deviance / total, shape = 1 / phi;
        if (!(phi > 0)) return null;
        for (int i = 0; i < rows.Count; i++)
        {
            double y = rows.Labels[i], rate = shape * Math.Exp(-rows.Margins[i]), w = rows.WeightOf(i);
            if (w > 0) sum += w * ((shape * Math.Log(rate * y)) - Math.Log(y) - (rate * y) - SpecialFunctions.GammaLn(shape));
        }
        return sum;
    }

    internal override string Describe(ModelWords words) =>
        $"gamma with log link: E {words.Target} = exp(x·w{(words.Intercept ? " + b" : "")}), variance φ·mean²";

    internal override string Loss => "mean of x·w + y e^(−x·w)";
}
