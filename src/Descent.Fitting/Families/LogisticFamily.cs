using System.Text;
using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Models.Separation;

namespace Descent.Fitting.Families;

/// <summary>Logistic regression: the probability of one class of two.</summary>
sealed class LogisticFamily() : ModelFamily("logistic", LabelKind.TwoClasses)
{
    /// <inheritdoc/>
    public override double TypicalCurvature => 0.1;

    /// <inheritdoc/>
    public override double Response(double margin) => 1 / (1 + Elementary.Exp(-margin));

    internal override FitQuality Measure(MeasuredRows rows)
    {
        ReadOnlySpan<double> z = rows.Margins, y = rows.Labels;
        double loss = 0, total = 0, positive = 0;
        int[][] confusion = [new int[2], new int[2]];
        for (int i = 0; i < y.Length; i++)
        {
            double w = rows.WeightOf(i);
            Elementary.LogisticOne(z[i], y[i], out double v);
            loss += w * v;
            total += w;
            positive += w * y[i];
            confusion[(int)y[i]][z[i] > 0 ? 1 : 0]++;
        }
        double p = positive / total, nullDeviance = rows.Offsets is not null ? NullDeviance(rows)
            : p is > 0 and < 1 ? -2 * total * ((p * Math.Log(p)) + ((1 - p) * Math.Log(1 - p))) : 0;
        return FitQuality.OfClasses(confusion, y.Length, loss / total) with
        {
            Degrees = rows.Used - rows.Parameters,
            LogLikelihood = rows.HasLikelihood ? -loss : null,
            Deviance = 2 * loss,
            NullDeviance = nullDeviance,
            Aic = rows.HasLikelihood ? (2 * loss) + (2 * rows.Parameters) : null
        };
    }

    // The intercept alone, beside the offsets; its infimum is 0 where there is one class.
    static double NullDeviance(MeasuredRows rows)
    {
        double b = NullFit.Intercept(rows, default(LogisticLoss)), sum = 0;
        for (int i = 0; i < rows.Count && double.IsFinite(b); i++)
            sum += 2 * rows.WeightOf(i) * default(LogisticLoss).Value(b + rows.OffsetOf(i), rows.Labels[i]);
        return sum;
    }

    /// <inheritdoc/>
    public override SeparationKind? Separation => SeparationKind.TwoClasses;

    /// <inheritdoc/>
    public override double Smoothness => default(LogisticLoss).Smoothness;

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        Descent.Models.Linear.Risk.Of<double, TRows, LogisticLoss>(rows, labels, default, options);

    internal override ProofLoss? Proof => ProofLoss.TwoClasses;

    internal override IReadOnlyList<string> PredictedColumns(IReadOnlyList<string> classes) => ["predicted", "probability"];

    internal override void AppendPrediction(StringBuilder line, ReadOnlySpan<double> margins, IReadOnlyList<string> classes,
        bool reference) =>
        line.Append(CsvText.Field(classes[margins[0] > 0 ? 1 : 0])).Append(',').Append(Text.Exact(Response(margins[0])));

    internal override string Describe(
        ModelWords words) => $"logistic: P({words.Target} = {words.Classes![1]}) = σ(x·w{(words.Intercept ? " + b" : "")})";

    internal override string Loss => "mean of log(1 + e^(−s x·w)), s = ±1";
}
