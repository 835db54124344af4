namespace Descent.Fitting;

/// <summary>
/// A path of penalties λ(α‖w‖₁ + ½(1 − α)‖w‖²): from the smallest λ under which every coefficient is zero down a geometric grid, each
/// optimum the start of the next.
/// </summary>
public sealed record PathSpec
{
    /// <summary>Number of λ, at least 2.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Smallest λ over the largest, between 0 and 1; null for 1e-4, or 1e-2 where there are more columns than rows.</summary>
    public double? Ratio { get; init; }

    /// <summary>α in (0, 1]: the part of the penalty that is L1; 1 is the lasso.</summary>
    public double L1Ratio { get; init; } = 1;

    /// <summary>Folds of the cross-validation, at least 2; 0 for none.</summary>
    public int Folds { get; init; }

    /// <summary>Which λ the model is taken from, where rows are held out; the smallest λ otherwise.</summary>
    public PathChoice Choose { get; init; }

    /// <summary>The λ themselves, the largest first.</summary>
    /// <param name="largest">The largest λ, above 0.</param>
    /// <param name="rows">Training rows n.</param>
    /// <param name="columns">Columns d.</param>
    internal double[] Grid(double largest, int rows, int columns)
    {
        double ratio = Ratio ?? (rows < columns ? 1e-2 : 1e-4);
        return [.. Enumerable.Range(0, Count).Select(k => largest * Math.Pow(ratio, k / (Count - 1.0)))];
    }

    /// <summary>The model of one λ.</summary>
    internal ModelSpec At(double lambda, ModelSpec model) => model with { L1 = lambda * L1Ratio, L2 = lambda * (1 - L1Ratio) };

    internal IEnumerable<string> Faults(FitSpec spec)
    {
        if (Count < 2) yield return $"`Path` is {Count}; expected a number of λ, at least 2.";
        if (Ratio is { } r && !(r > 0 && r < 1))
            yield return FormattableString.Invariant($"`PathRatio` is {r}; expected the smallest λ over the largest, between 0 and 1, ")
                + "for example 1e-4.";
        if (L1Ratio == 0)
            yield return "`L1Ratio` is 0; a path begins where all coefficients are zero, which a penalty of squares alone never reaches. "
                + "Expected a part above 0, for example 0.001.";
        else if (!(L1Ratio > 0 && L1Ratio <= 1))
            yield return FormattableString.Invariant($"`L1Ratio` is {L1Ratio}; expected the L1 part of the penalty, above 0 and at most ")
                + "1.";
        if (Folds is not 0 and < 2) yield return $"`CrossValidate` is {Folds}; expected a number of folds, at least 2.";
        if (spec.Model.L1 > 0 || spec.Model.L2.Value > 0)
            yield return "`Path` makes its own penalties, λ(α‖w‖₁ + ½(1 − α)‖w‖²); leave `L1` and `L2` out, and give α as `L1Ratio`.";
        if (spec.Data.GroupColumn is not null && Folds == 0)
            yield return "`Groups` keeps rows of a group in one fold; it needs `CrossValidate`, for example `CrossValidate = 10`.";
        foreach (string fault in MethodFaults(spec)) yield return fault;
    }

    static IEnumerable<string> MethodFaults(FitSpec spec)
    {
        if (spec.Model.Network is not null)
            yield return "`Path` means nothing to a network: its objective is not convex, so that the optimum of one λ says nothing of "
                + "the next.";
        if (spec.Model.Family is { HasKinks: true } family)
            yield return $"`Path` is walked by coordinate descent, which needs a differentiable loss; {family} has kinks. Use linear, "
                + "huber, logistic, softmax or poisson.";
        if (!spec.Method.IsAuto && Catalogue.Find(spec.Method.Name) is { Name: not Method } entry)
            yield return $"`Path` is walked by coordinate-descent; `Method = {entry.Name}` means nothing to it. Leave it out.";
        if (spec.Method is not { StepSize: null, Schedule: null, Theorem: null, Batch: null, Order: null, Average: null, Numbers.Count: 0 })
            yield return "`Path` is walked without step sizes, batches or averages; leave `StepSize`, `Schedule`, `Theorem`, `Batch`, "
                + "`Order`, `Average` and numbers of a method out.";
        if (spec.Budget is not { Epochs: null, Steps: null, Time: null, GradientTolerance: null, Tolerance: null, Patience: null })
            yield return "`Path` solves every λ to its certified optimum; of the budgets it takes `Gap` alone.";
    }

    /// <summary>The method that walks a path.</summary>
    internal const string Method = "coordinate-descent";
}
