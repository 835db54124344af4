using System.Text;
using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Models.Separation;
using MathNet.Numerics;

namespace Descent.Fitting.Families;

/// <summary>Multinomial regression: the probabilities of several classes.</summary>
sealed class SoftmaxFamily() : ModelFamily("softmax", LabelKind.Classes)
{
    /// <inheritdoc/>
    public override bool HasOutputs => true;

    /// <inheritdoc/>
    public override double TypicalCurvature => 0.1;

    internal override FitQuality Measure(MeasuredRows rows)
    {
        ReadOnlySpan<double> z = rows.Margins, y = rows.Labels;
        int classes = rows.Outputs + (rows.HasReference ? 1 : 0);
        int[][] confusion = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        double loss = 0, total = 0;
        double[] counts = new double[classes];
        for (int i = 0; i < y.Length; i++)
        {
            ReadOnlySpan<double> zi = z.Slice(i * rows.Outputs, rows.Outputs);
            double w = rows.WeightOf(i);
            loss += w * CrossEntropy(zi, (int)y[i] - (rows.HasReference ? 1 : 0), rows.HasReference);
            total += w;
            counts[(int)y[i]] += w;
            confusion[(int)y[i]][Quality.Predict(zi, rows.HasReference)]++;
        }
        double nullLoss = 0;
        foreach (double c in counts)
            if (c > 0) nullLoss -= c * Math.Log(c / total);
        return FitQuality.OfClasses(confusion, y.Length, loss / total) with
        {
            Degrees = rows.Used - rows.Parameters,
            LogLikelihood = rows.HasLikelihood ? -loss : null,
            Deviance = 2 * loss,
            NullDeviance = 2 * nullLoss,
            Aic = rows.HasLikelihood ? (2 * loss) + (2 * rows.Parameters) : null
        };
    }

    // log Σe^z − z_y as log(1 + Σ e^(z − z_y)) where the own class leads, so that a small loss keeps its digits.
    static double CrossEntropy(ReadOnlySpan<double> z, int own, bool reference)
    {
        double mine = own >= 0 ? z[own] : 0, top = reference ? Math.Max(0, mine) : mine, rest = 0;
        foreach (double v in z) top = Math.Max(top, v);
        if (reference && own >= 0) rest = Math.Exp(-top);
        for (int k = 0; k < z.Length; k++)
            if (k != own) rest += Math.Exp(z[k] - top);
        return top > mine ? top - mine + Math.Log(rest + Math.Exp(mine - top)) : SpecialFunctions.Log1p(rest);
    }

    /// <inheritdoc/>
    public override SeparationKind? Separation => SeparationKind.Classes;

    /// <inheritdoc/>
    public override bool TrainsNetworks => true;

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        new SoftmaxRisk<double, TRows>(rows, labels, classes, options);

    internal override ProofLoss? Proof => ProofLoss.Classes;

    internal override IReadOnlyList<string> PredictedColumns(IReadOnlyList<string> classes) =>
        ["predicted", .. classes.Select(c => CsvText.Field("p_" + c))];

    internal override void AppendPrediction(StringBuilder line, ReadOnlySpan<double> margins, IReadOnlyList<string> classes, bool reference)
    {
        Span<double> p = classes.Count <= 256 ? stackalloc double[classes.Count] : new double[classes.Count];
        Quality.Probabilities(margins, reference, p);
        line.Append(CsvText.Field(classes[Quality.Predict(margins, reference)]));
        foreach (double v in p) line.Append(',').Append(Text.Exact(v));
    }

    internal override string Describe(ModelWords words) =>
        $"softmax over {words.Classes!.Count} classes"
            + (!words.IsPenalised ? $", {words.Classes[0]} the reference" : ", one weight vector a class");

    internal override string Loss => "mean cross-entropy";
}
