using System.Text;
using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Separation;

namespace Descent.Fitting.Families;

/// <summary>Cox's proportional hazards: times to an event, some of them censored. Labels are times, negative where censored.</summary>
sealed class CoxFamily(string name, bool efron) : ModelFamily(name, LabelKind.Times)
{
    /// <inheritdoc/>
    public override double Response(double margin) => Elementary.Exp(margin);

    internal override bool HasIntercept => false;

    internal override bool IsSumOverRows => false;

    internal override string? NoSandwich => "has a likelihood that is no sum over rows";

    internal override ProofLoss? Proof => null;

    internal override SeparationKind? Recession => SeparationKind.TwoClasses;

    internal override IEnumerable<RecedingRow> RecedingRows(double[] labels, int classes) => RecedingRow.OfTimes(labels);

    internal override string Receding(string rows) => "no event becomes less probable among those at risk, and some tend to certainty";

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        new PartialLikelihoodRisk<TRows>(rows, labels, efron, options);

    // R's coxph: the likelihood is partial, and its degrees of freedom are the coefficients.
    internal override FitQuality Measure(MeasuredRows rows)
    {
        RiskSets sets = new(rows.Labels, efron);
        double[]? weights = rows.HasWeights ? new double[rows.Count] : null;
        for (int i = 0; i < weights?.Length; i++) weights[i] = rows.WeightOf(i);
        double total = 0, value = sets.Value(rows.Margins, weights);
        for (int i = 0; i < rows.Count; i++) total += rows.WeightOf(i);
        double? likelihood = rows.HasLikelihood ? -value : null;
        return new FitQuality
        {
            Count = rows.Count,
            MeanLoss = value / total,
            LogLikelihood = likelihood,
            NullLogLikelihood = rows.HasLikelihood ? -sets.Value(rows.Offsets ?? new double[rows.Count], weights) : null,
            Aic = likelihood is { } l ? (2 * rows.Parameters) - (2 * l) : null,
            Degrees = rows.Used - rows.Parameters,
        };
    }

    internal override IReadOnlyList<string> PredictedColumns(IReadOnlyList<string> classes) => ["log-hazard-ratio", "hazard-ratio"];

    internal override void AppendPrediction(StringBuilder line, ReadOnlySpan<double> margins, IReadOnlyList<string> classes,
        bool reference) => line.Append(Text.Exact(margins[0])).Append(',').Append(Text.Exact(Response(margins[0])));

    internal override string Describe(ModelWords words) =>
        $"Cox's proportional hazards: the hazard of {words.Target} is h₀(t)·exp(x·w), h₀ any function; ties by "
            + $"{(efron ? "Efron" : "Breslow")}";

    internal override string Loss => "−log partial likelihood over n";
}
