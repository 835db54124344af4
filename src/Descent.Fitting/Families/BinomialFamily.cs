using Descent.Models.Losses;
using Descent.Models.Separation;
using MathNet.Numerics;

namespace Descent.Fitting.Families;

/// <summary>Successes among trials: labels are shares, and the trials are weights.</summary>
sealed class BinomialFamily<TLoss, TLink>(string name) : ProbabilityFamily<TLoss, TLink>(name, LabelKind.Shares)
    where TLoss : struct, IMarginLoss
    where TLink : struct, IBinaryLink
{
    /// <inheritdoc/>
    public override bool MayEstimateDispersion => true;

    /// <inheritdoc/>
    public override SeparationKind? Separation => default(TLoss).Kind == LossKind.Logistic ? SeparationKind.TwoClasses : null;

    internal override SeparationKind? Recession => Separation is null ? SeparationKind.TwoClasses : null;

    // Of the counts: log of n over s, and the losses.
    protected override double? Likelihood(MeasuredRows rows, double deviance)
    {
        if (rows.Trials is null) return null;
        double sum = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double w = rows.WeightOf(i), n = rows.Trials[i], s = Math.Round(n * rows.Labels[i]);
            if (w == 0) continue;
            sum += (w / n * (SpecialFunctions.GammaLn(n + 1) - SpecialFunctions.GammaLn(s + 1) - SpecialFunctions.GammaLn(n - s + 1)))
                - (w * default(TLoss).Value(rows.Margins[i], rows.Labels[i]));
        }
        return sum;
    }

    internal override IReadOnlyList<string> PredictedColumns(IReadOnlyList<string> classes) => ["probability"];

    internal override string Describe(ModelWords words) =>
        $"{Name}: {words.Target} among its trials, P = {default(TLink).Words($"x·w{(words.Intercept ? " + b" : "")}")}";

    internal override string Loss => "mean over trials of −log P(outcome)";
}
