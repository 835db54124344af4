using System.Text;
using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>
/// The second-order factorisation machine under the loss of a linear family: the margin is <c>x·w + b + Σ ⟨vⱼ, vₗ⟩ xⱼxₗ</c>, and what it
/// means is what it means there. Not convex; nothing is inferred of its parameters.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="linear">The family of the same loss without factors.</param>
/// <param name="aliases">Its other names.</param>
/// <typeparam name="TLoss">The loss.</typeparam>
sealed class FactorisationFamily<TLoss>(string name, ModelFamily linear, params string[] aliases)
    : ModelFamily(name, linear.Labels, aliases)
    where TLoss : struct, IMarginLoss
{
    /// <inheritdoc/>
    public override FamilyNumber Own => FamilyNumber.Rank;

    /// <inheritdoc/>
    public override bool HasLinearMargins => false;

    /// <inheritdoc/>
    public override string NoInference => "the objective is not convex, and rotations of the factors leave it as it is: there is no one "
        + "estimate whose error could be told.";

    internal override string NoSandwich => "is not convex and has no one estimate";

    /// <inheritdoc/>
    public override double Smoothness => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double TypicalCurvature => linear.TypicalCurvature;

    /// <inheritdoc/>
    public override double Response(double margin) => linear.Response(margin);

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        new FactorisationRisk<TRows, TLoss>(rows, labels, (int)parameter, default, options);

    internal override string? WrongLabel(double label) => linear.WrongLabel(label);

    // Parameters that were not free of each other cannot be taken off the rows.
    internal override FitQuality Measure(MeasuredRows rows) => linear.Measure(rows) with
    {
        Degrees = 0,
        Sigma = null,
        Deviance = null,
        NullDeviance = null,
        LogLikelihood = null,
        Aic = null,
        IsLeastSquares = false,
        IsPerfect = false,
    };

    internal override bool IsSecond(double margin) => linear.IsSecond(margin);

    internal override IReadOnlyList<string> PredictedColumns(IReadOnlyList<string> classes) => linear.PredictedColumns(classes);

    internal override void AppendPrediction(StringBuilder line, ReadOnlySpan<double> margins, IReadOnlyList<string> classes,
        bool reference) => linear.AppendPrediction(line, margins, classes, reference);

    internal override double StartAt(double mean) => linear.StartAt(mean);

    internal override ProofLoss? Proof => null;

    internal override string Describe(ModelWords words) => FormattableString.Invariant(
        $"factorisation machine of rank {words.Own:0}: {linear.Describe(words)}, the margin x·w{(words.Intercept ? " + b" : "")} plus ")
        + "Σ ⟨vⱼ, vₗ⟩ xⱼxₗ over the pairs of columns; not convex";

    internal override string Loss => linear.Loss.Replace("x·w", "z", StringComparison.Ordinal)
        + ", z = x·w + b + Σ ⟨vⱼ, vₗ⟩ xⱼxₗ";
}
