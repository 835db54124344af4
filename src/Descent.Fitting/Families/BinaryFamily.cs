using System.Text;
using Descent.Models.Losses;
using Descent.Models.Separation;

namespace Descent.Fitting.Families;

/// <summary>The probability of one class of two by a link other than the logistic one, which has an entry of its own.</summary>
sealed class BinaryFamily<TLoss, TLink>(string name) : ProbabilityFamily<TLoss, TLink>(name, LabelKind.TwoClasses)
    where TLoss : struct, IMarginLoss
    where TLink : struct, IBinaryLink
{
    internal override FitQuality Measure(MeasuredRows rows)
    {
        int[][] confusion = [new int[2], new int[2]];
        for (int i = 0; i < rows.Count; i++) confusion[(int)rows.Labels[i]][IsSecond(rows.Margins[i]) ? 1 : 0]++;
        FitQuality q = base.Measure(rows), classes = FitQuality.OfClasses(confusion, rows.Count, q.MeanLoss);
        // Of single trials Pearson's statistic says nothing about a dispersion.
        return q with
        {
            Accuracy = classes.Accuracy,
            Errors = classes.Errors,
            Confusion = confusion,
            Dispersion = null,
            DispersionP = null
        };
    }

    internal override SeparationKind? Recession => SeparationKind.TwoClasses;

    protected override double? Likelihood(MeasuredRows rows, double deviance) => -deviance / 2;

    internal override IReadOnlyList<string> PredictedColumns(IReadOnlyList<string> classes) => ["predicted", "probability"];

    internal override void AppendPrediction(StringBuilder line, ReadOnlySpan<double> margins, IReadOnlyList<string> classes,
        bool reference) =>
        line.Append(CsvText.Field(classes[IsSecond(margins[0]) ? 1 : 0])).Append(',').Append(Text.Exact(Response(margins[0])));

    internal override bool IsSecond(double margin) => default(TLink).Mean(margin) is var (success, failure) && success > failure;

    internal override string Describe(ModelWords words) =>
        $"{Name}: P({words.Target} = {words.Classes![1]}) = {default(TLink).Words($"x·w{(words.Intercept ? " + b" : "")}")}";

    internal override string Loss => "mean of −log P(class)";
}
