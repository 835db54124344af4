using System.Text;
using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Separation;

namespace Descent.Fitting.Families;

/// <summary>
/// A family of models as an entry, like a method in the catalogue: what its target is, how its objective is built and said in words, what
/// its margins mean, and whether its Hessian gives standard errors. Everything that differs between families is here; the pipeline asks.
/// </summary>
public abstract class ModelFamily
{
    private protected ModelFamily(string name, LabelKind labels, params string[] aliases) =>
        (Name, Labels, Aliases) = (name, labels, aliases);

    /// <summary>Its name, as in model files.</summary>
    public string Name { get; }

    /// <summary>Other names that people use.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>What the target is.</summary>
    public LabelKind Labels { get; }

    /// <summary>Whether the target is classes.</summary>
    public bool HasClasses => Labels is LabelKind.TwoClasses or LabelKind.Classes or LabelKind.Ordered;

    /// <summary>Whether the loss is piecewise linear, with kinks where it has no gradient.</summary>
    public virtual bool HasKinks => false;

    /// <summary>Whether an example has one margin a class, not one in all.</summary>
    public virtual bool HasOutputs => false;

    /// <summary>Whether an example has one margin for each threshold between classes in order, all with the same weights.</summary>
    public virtual bool HasThresholds => false;

    /// <summary>Why the Hessian at the optimum gives no standard errors; null when it does.</summary>
    public virtual string? NoInference => null;

    /// <summary>Why a sandwich gives no standard errors; null when it does.</summary>
    internal virtual string? NoSandwich => HasKinks && QuantileOf(0.5) is null ? "has kinks, and no quantile at them" : null;

    /// <summary>Why its rows have no leverage, which two kinds of sandwich divide by; null when they do.</summary>
    internal virtual string? NoLeverage => HasOutputs ? "whose rows have a margin a class, and no leverage (hc0 and hc1 do)"
        : HasKinks ? "whose loss has no curvature, so that its rows have no leverage (hc0 and hc1 do)" : null;

    /// <summary>τ of a loss whose kink is at the τ-quantile of the target; null for any other.</summary>
    internal virtual double? QuantileOf(double own) => null;

    /// <summary>The family's own number: a quantile, a threshold, or none.</summary>
    public virtual FamilyNumber Own => FamilyNumber.None;

    /// <summary>Whether standard errors rest on a dispersion that is estimated from the residuals, always.</summary>
    public virtual bool EstimatesDispersion => false;

    /// <summary>Whether the dispersion may be estimated where that is asked for.</summary>
    public virtual bool MayEstimateDispersion => false;

    /// <summary>How a likelihood of the family can be without a maximum; null where it always has one, or is none.</summary>
    public virtual SeparationKind? Separation => null;

    /// <summary>By which rows the likelihood can be without a maximum, where that is decided but the limit is not known; null where it is
    /// known, or cannot happen.</summary>
    internal virtual SeparationKind? Recession => null;

    /// <summary>What must not fall along a direction of recession, where that is not the margins of the rows themselves; null where it
    /// is.</summary>
    internal virtual IEnumerable<RecedingRow>? RecedingRows(double[] labels, int classes) => null;

    /// <summary>What happens along a direction of recession.</summary>
    /// <param name="rows">How many rows it happens to, in words.</param>
    internal virtual string Receding(string rows) => (Recession == SeparationKind.Counts ? $"{rows} of value 0 have means that fall to 0"
        : $"{rows} are predicted with certainty") + " and no other row changes";

    /// <summary>Whether margins are linear in the parameters: what certificates of a gap, standard errors and tests rest on.</summary>
    public virtual bool HasLinearMargins => true;

    /// <summary>The margin at and below which there is no mean and the loss is +∞; −∞ where there is none such.</summary>
    public virtual double LowestMargin => double.NegativeInfinity;

    /// <summary>Whether networks are trained with this loss.</summary>
    public virtual bool TrainsNetworks => false;

    /// <summary>Largest φ″; ∞ where there is no bound.</summary>
    public virtual double Smoothness => double.PositiveInfinity;

    /// <summary>φ″ near a typical margin: by how much a penalty weighs beside the loss when columns are scaled.</summary>
    public virtual double TypicalCurvature => 1;

    /// <summary>The objective of rows and labels.</summary>
    /// <param name="rows">Rows, n × d.</param>
    /// <param name="labels">n labels: numbers, 0/1 for two classes, or class numbers.</param>
    /// <param name="options">Penalties, weights, intercept.</param>
    /// <param name="parameter">The family's own number, where it has one.</param>
    /// <param name="classes">Number of classes; 0 for numbers.</param>
    internal abstract EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes)
        where TRows : struct, IRows<double>;

    /// <summary>What was expected in the place of a number that the family has no likelihood for; null for one that it has.</summary>
    internal virtual string? WrongLabel(double label) => null;

    /// <summary>Why labels, each of which is one of the family's, have no finite fit together; null where they may.</summary>
    internal virtual string? WrongTogether(ReadOnlySpan<double> labels) => null;

    /// <summary>Refuses numbers that the family has no likelihood for, and labels that have no finite fit.</summary>
    /// <param name="labels">The numbers.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="source">Where they come from.</param>
    /// <param name="row">The number there of a label's row, from 1.</param>
    /// <exception cref="Data.DataException">A label is none; the row is said.</exception>
    internal void CheckLabels(ReadOnlySpan<double> labels, string name, string source, Func<int, long> row)
    {
        for (int i = 0; i < labels.Length; i++) CheckLabel(labels[i], name, source, row(i));
        if (WrongTogether(labels) is { } why) throw new Data.DataException($"{source}, column '{name}': {why}");
    }

    /// <summary>Refuses a number that the family has no likelihood for.</summary>
    /// <exception cref="Data.DataException">It is none.</exception>
    internal void CheckLabel(double label, string name, string source, long row)
    {
        if (WrongLabel(label) is { } expected)
            throw new Data.DataException($"{source}, data row {row}, column '{name}': found {Text.Exact(label)}, expected {expected}.");
    }

    /// <summary>The intercept to start from, for methods without a prescribed start: where the mean of the labels is met.</summary>
    /// <param name="mean">Weighted mean of the labels.</param>
    internal virtual double StartAt(double mean) => 0;

    /// <summary>Measures of fitted margins.</summary>
    internal abstract FitQuality Measure(MeasuredRows rows);

    /// <summary>Margins of an example.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="reference">Whether the first has none of its own.</param>
    internal virtual int MarginsOf(int classes, bool reference) => HasOutputs ? classes - (reference ? 1 : 0) : 1;

    /// <summary>The number of the most likely class.</summary>
    internal virtual int ClassOf(ReadOnlySpan<double> margins, bool reference) =>
        HasOutputs ? Quality.Predict(margins, reference) : IsSecond(margins[0]) ? 1 : 0;

    /// <summary>The prediction as one number: of several classes the number of the most likely one.</summary>
    internal virtual double Predicted(ReadOnlySpan<double> margins, bool reference) =>
        HasOutputs ? Quality.Predict(margins, reference) : Response(margins[0]);

    /// <summary>Writes the probabilities of the classes.</summary>
    internal virtual void Probabilities(ReadOnlySpan<double> margins, bool reference, Span<double> p)
    {
        if (HasOutputs) Quality.Probabilities(margins, reference, p);
        else (p[0], p[1]) = (1 - Response(margins[0]), Response(margins[0]));
    }

    /// <summary>What does not hold of the parameters of a saved model; null where all does.</summary>
    internal virtual string? Wrong(double[][] weights, double[]? constants) => null;

    /// <summary>Names of the columns of predictions.</summary>
    internal virtual IReadOnlyList<string> PredictedColumns(IReadOnlyList<string> classes) => ["prediction"];

    /// <summary>Writes the prediction of one row, field by field, separated by commas.</summary>
    internal virtual void AppendPrediction(StringBuilder line, ReadOnlySpan<double> margins, IReadOnlyList<string> classes,
        bool reference) => line.Append(Text.Exact(Response(margins[0])));

    /// <summary>Whether standard errors are of the expected information, as R's are, and not of the Hessian: they differ where the link is
    /// not the canonical one.</summary>
    internal virtual bool HasExpectedCurvature => false;

    /// <summary>E φ″ = (dμ/dη)²/V(μ) at a margin.</summary>
    internal virtual double ExpectedCurvature(double margin, double own) => double.NaN;

    /// <summary>√w(y − μ)/√V(μ); the plain residual y − μ for families without a variance function.</summary>
    internal virtual double PearsonResidual(double label, double margin, double weight, double own) => label - Response(margin);

    /// <summary>Whether a constant can be added to the margins.</summary>
    internal virtual bool HasIntercept => true;

    /// <summary>Whether the loss is a sum over rows, and labels are compared with predictions row by row.</summary>
    internal virtual bool IsSumOverRows => true;

    /// <summary>Whether a margin means the second class of two.</summary>
    internal virtual bool IsSecond(double margin) => margin > 0;

    /// <summary>The loss in exact arithmetic, for proofs; null where there is none.</summary>
    internal abstract ProofLoss? Proof { get; }

    /// <summary>The model in words.</summary>
    internal abstract string Describe(ModelWords words);

    /// <summary>The loss in words.</summary>
    internal abstract string Loss { get; }

    /// <summary>E(y | x) or the quantile from a margin: the inverse link; the probability of the second class for two classes.</summary>
    public virtual double Response(double margin) => margin;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
