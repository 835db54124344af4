using MathNet.Numerics.Distributions;

namespace Descent.Fitting.ModelFiles;

/// <summary>
/// Intervals of one level under a model: <c>g⁻¹(η ∓ q·s)</c>, s² the variance of the margin η, or for a new observation that and σ̂²; q the
/// quantile of the distribution that the coefficients' own intervals have, Student's t where a dispersion was estimated.
/// </summary>
sealed class IntervalRule
{
    readonly ModelFamily family;
    readonly double quantile, extra;

    IntervalRule(ModelFamily family, ModelCovariance covariance, double quantile, double extra) =>
        (this.family, Covariance, this.quantile, this.extra) = (family, covariance, quantile, extra);

    /// <summary>The covariance of the coefficients.</summary>
    public ModelCovariance Covariance { get; }

    /// <summary>The rule of a model.</summary>
    /// <exception cref="FitException">The model has no such intervals; the reason is said.</exception>
    public static IntervalRule Of(ModelFile model, IntervalSpec asked)
    {
        ModelFamily family = ModelFamilies.Of(model.Model);
        asked.Checked();
        if (model.Network is not null) throw new FitException("`Interval`: a network has no covariance of its weights, and no intervals.");
        if (family.HasOutputs || family.HasThresholds || family.HasKinks)
            throw new FitException($"`Interval`: there are no intervals of the predictions of {Text.A(model.Model)} model; linear models, "
                + "generalised linear ones and Cox's have them.");
        if (model.Covariance is not { } c)
            throw new FitException("`Interval`: the model keeps no covariance of its coefficients: an older descent wrote it. Fit it "
                + $"again, and the file has one: {model.Options.Command}");
        if (c.Absent is { } why) throw new FitException($"`Interval`: the model keeps no covariance of its coefficients: {why}");
        double extra = asked.Of == IntervalOf.Mean ? 0 : c.Variance ?? throw new FitException(NoObservation(family, c));
        // The upper tail keeps the digits of levels near 1.
        double tail = (1 - asked.Level) / 2;
        return new(family, c, -(c.Degrees is { } nu ? StudentT.InvCDF(0, 1, nu, tail) : Normal.InvCDF(0, 1, tail)), extra);
    }

    static string NoObservation(ModelFamily family, ModelCovariance c) => family != ModelFamilies.Linear
        ? $"`IntervalOf = observation` is for linear models, whose observations have one spread about their mean; this is a {family} model."
        : $"`IntervalOf = observation` needs one spread for all observations, and the model was fitted with {c.Kind} errors because there "
            + "is none. Fit it without `Robust` and `Cluster`.";

    /// <summary>The interval at a margin of this variance.</summary>
    public PredictionInterval At(double margin, double variance)
    {
        double half = quantile * Math.Sqrt(variance + extra), a = End(margin - half), b = End(margin + half);
        return new(family.Response(margin), Math.Min(a, b), Math.Max(a, b));
    }

    // Towards the margin at which there is no mean any more it grows without bound.
    double End(double margin) => double.IsFinite(family.LowestMargin) && margin <= family.LowestMargin ? double.PositiveInfinity
        : family.Response(margin);

    /// <summary>The intervals of rows.</summary>
    public PredictionInterval[] At(ModelRows rows)
    {
        double[] variances = rows.Variances(Covariance);
        return [.. variances.Select((v, i) => At(rows.Margins[i], v))];
    }

    /// <summary>What the intervals take for granted; empty for nothing.</summary>
    public IReadOnlyList<string> Notes(ModelFile model)
    {
        string[] left = [.. Enumerable.Range(0, model.Features.Count).Where(Covariance.IsLeftOut).Select(j => model.Features[j].Name)];
        return left.Length == 0 ? []
            : [$"the fit left out {Text.Names(left)}, which the other columns told: predictions and intervals take it that they do so "
                + "in these rows too"];
    }
}
