using System.Text;
using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>The support-vector machine: the side of a plane with a margin.</summary>
sealed class HingeFamily() : ModelFamily("hinge", LabelKind.TwoClasses, "svm")
{
    /// <inheritdoc/>
    public override bool HasKinks => true;

    /// <inheritdoc/>
    public override string? NoInference => "the hinge loss has no likelihood behind it.";

    internal override FitQuality Measure(MeasuredRows rows)
    {
        ReadOnlySpan<double> z = rows.Margins, y = rows.Labels;
        double loss = 0, total = 0;
        int[][] confusion = [new int[2], new int[2]];
        for (int i = 0; i < y.Length; i++)
        {
            double w = rows.WeightOf(i);
            loss += w * Math.Max(0, 1 - (((2 * y[i]) - 1) * z[i]));
            total += w;
            confusion[(int)y[i]][z[i] > 0 ? 1 : 0]++;
        }
        return FitQuality.OfClasses(confusion, y.Length, loss / total);
    }

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        Descent.Models.Linear.Risk.Of<double, TRows, HingeLoss>(rows, labels, default, options);

    internal override ProofLoss? Proof => ProofLoss.Hinge;

    internal override IReadOnlyList<string> PredictedColumns(IReadOnlyList<string> classes) => ["predicted", "margin"];

    internal override void AppendPrediction(StringBuilder line, ReadOnlySpan<double> margins, IReadOnlyList<string> classes,
        bool reference) =>
        line.Append(CsvText.Field(classes[margins[0] > 0 ? 1 : 0])).Append(',').Append(Text.Exact(margins[0]));

    internal override string Describe(
        ModelWords words) => $"hinge (support-vector machine): class by the sign of x·w{(words.Intercept ? " + b" : "")}";

    internal override string Loss => "mean of max(0, 1 − s x·w), s = ±1";
}
