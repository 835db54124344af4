using Descent.Models.Losses;
using Descent.Models.Separation;
using MathNet.Numerics;

namespace Descent.Fitting.Families;

/// <summary>Negative binomial regression with log link: counts that vary more than Poisson counts, variance μ + αμ².</summary>
sealed class NegativeBinomialFamily() : PositiveFamily<NegativeBinomialLoss>("negative-binomial", LabelKind.Counts, "nb")
{
    /// <inheritdoc/>
    public override FamilyNumber Own => FamilyNumber.Overdispersion;

    protected override bool AllowsZero => true;

    protected override NegativeBinomialLoss LossOf(double own) => new(1 / own);

    protected override double Variance(double mean, double own) => mean * (1 + (own * mean));

    internal override SeparationKind? Recession => SeparationKind.Counts;

    protected override double? Likelihood(MeasuredRows rows, double deviance)
    {
        double theta = 1 / rows.Own, sum = 0, gamma = SpecialFunctions.GammaLn(theta), log = Math.Log(theta);
        for (int i = 0; i < rows.Count; i++)
        {
            double y = rows.Labels[i], w = rows.WeightOf(i);
            if (w > 0) sum += w * (SpecialFunctions.GammaLn(theta + y) - gamma - SpecialFunctions.GammaLn(y + 1) - (y * log)
                - LossOf(rows.Own).Value(rows.Margins[i], y));
        }
        return sum;
    }

    internal override string Describe(ModelWords words) =>
        $"negative binomial with log link: E {words.Target} = exp(x·w{(words.Intercept ? " + b" : "")}), variance mean + α·mean², α = "
        + $"{Text.Number(words.Own, "G6")} (θ = {Text.Number(1 / words.Own, "G6")})";

    internal override string Loss => "mean of (y + θ) log(1 + e^(x·w)/θ) − y x·w";
}
