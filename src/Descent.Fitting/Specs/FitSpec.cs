namespace Descent.Fitting;

/// <summary>
/// A fit as a value: which data, which model, how, for how long, what is written. The same value gives the same fit to the last bit.
/// </summary>
/// <param name="Data">Which data, and how it is read.</param>
/// <param name="Model">Which model, and its penalties.</param>
public sealed record FitSpec(DataSpec Data, ModelSpec Model)
{
    readonly ModelSpec model = Model;

    /// <summary>Which model, and its penalties; a formula says whether it has a constant.</summary>
    public ModelSpec Model
    {
        get => Data.Formula is { HasIntercept: false } && model.Intercept ? model with { Intercept = false } : model;
        init => model = value;
    }

    /// <summary>How the optimum is looked for.</summary>
    public MethodSpec Method { get; init; } = new();

    /// <summary>When to stop.</summary>
    public Budget Budget { get; init; } = new();

    /// <summary>A path of penalties instead of one; null for none.</summary>
    public PathSpec? Path { get; init; }

    /// <summary>What is written.</summary>
    public OutputSpec Output { get; init; } = new();

    /// <summary>Part of the rows that is held out and measured on, from 0 to below 1.</summary>
    public double HoldOut { get; init; }

    /// <summary>Seed of everything that is drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; 0 chooses. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Whether the rows stand in the order of time: rows that are held out then come after those that train. Of K folds, each of the last K
    /// of K + 1 parts is held out from a fit to all rows before it.
    /// </summary>
    public bool InTime { get; init; }

    /// <summary>Processes that make this very fit side by side and share its passes over the data; null for this one alone. Results do not
    /// depend on how many they are, unless <see cref="FastSum"/> is set.</summary>
    public IRankGroup? Ranks { get; init; }

    /// <summary>Whether ranks add up in the order of their engine: fewer bytes travel, and results agree with those of one process to
    /// rounding alone.</summary>
    public bool FastSum { get; init; }

    /// <summary>Who asks, in words by which the fit can be repeated.</summary>
    public Caller Caller { get; init; } = Caller.Program;

    /// <summary>Everything that is wrong with it and can be told without the data.</summary>
    /// <param name="folds">Whether folds hold rows out.</param>
    public IEnumerable<string> Faults(bool folds = false)
    {
        foreach (string fault in Data.Faults().Concat(Model.Faults()).Concat(Model.Network?.Faults() ?? []).Concat(Method.Faults())
            .Concat(Budget.Faults()).Concat(Path?.Faults(this) ?? [])) yield return fault;
        if (Data.Formula is { HasIntercept: true } && !model.Intercept)
            yield return "`Intercept = false`: whether there is a constant is the formula's to say; write '- 1' in it.";
        if (Path is null && Data.GroupColumn is not null)
            yield return "`Groups` is for the folds of a path: give `Path` and `CrossValidate`.";
        if (!(HoldOut >= 0 && HoldOut < 1))
            yield return FormattableString.Invariant(
                $"`HoldOut` is {HoldOut}; expected a part of the rows between 0 and 1, for example 0.1.");
        if (Ranks is { Size: > 1 } && Path is not null)
            yield return "`Path` runs in one process: its folds are walked by threads. Leave it out, or start one process.";
        if (Data.Hashed.Any() && Output.Proof is not null)
            yield return "`Proof` holds columns and levels, not what is hashed; leave it, or `TextColumns` and `HashColumns`, out.";
        if (InTime && HoldOut == 0 && !folds && Path is not { Folds: > 0 })
            yield return "`InTime = true` says which rows are held out, and none are: give `HoldOut` or `CrossValidate`.";
        if (InTime && Data.GroupColumn is not null)
            yield return "`InTime = true` and `Groups` are two answers to which rows a fold holds; choose one.";
        if (Threads < 0) yield return $"`Threads` is {Threads}; expected at least 1.";
        if (Budget.Patience is not null && HoldOut == 0 && !folds && Path is null)
            yield return "`Patience` needs held-out rows: give `HoldOut`, for example `HoldOut = 0.1`.";
        if (Method.Assume.Count > 0 && !Method.WantsTheory)
            yield return "`Assume` vouches for constants of a guarantee: it needs `Schedule = theory` or `Theorem`.";
        if (Model.WeightsAre != WeightMeaning.Variance && Data.WeightColumn is null && Data.Files is not ["arrays"])
            yield return "`WeightsAre` says what weights mean, but there are none: give `WeightColumn`.";
        if (Data.Cluster is not null && Model.Robust is not null)
            yield return "`Cluster` says which standard errors are meant; leave `Robust` out.";
        if (Data.Cluster is not null && Model.EstimatesDispersion)
            yield return "`Cluster` and `Dispersion = estimated` are two answers to one question; choose one.";
        if (Model.TestsTerms && (Model.Network is not null || Path is not null))
            yield return "`TestsTerms = true` tests terms of one fit without a penalty; leave it out of a network and of a path.";
        if (Data.TargetLevels.Count > 0 && Model.Family?.HasThresholds != true)
            yield return "`TargetLevels` is the order of the classes of `Family = ordinal`; leave it out.";
        if (Model.ProfilesLikelihood && (Model.Network is not null || Path is not null))
            yield return "`ProfilesLikelihood = true` is for one fit without a penalty; leave it out of a network and of a path.";
        if (Model.ProfilesLikelihood && Data.Cluster is not null)
            yield return "`Cluster` and `ProfilesLikelihood = true` are two answers to one question; choose one.";
        if (Model.MostInfluential is not null && (Model.Network is not null || Path is not null))
            yield return "`MostInfluential` is for one fit without a penalty; leave it out of a network and of a path.";
        if (Model.Network is not null && (Model.Robust is not null || Data.Cluster is not null))
            yield return "`Robust` and `Cluster` mean nothing to a network, which has no standard errors.";
        if (Model.Network is not null && (Method.Theorem is not null || Method.Assume.Count > 0))
            yield return "`Theorem` and `Assume` mean nothing to a network, whose constants nobody knows.";
    }

    /// <summary>Refuses what cannot be done, all faults at once.</summary>
    /// <exception cref="FitException">There are faults.</exception>
    internal FitSpec Checked()
    {
        string[] faults = [.. Faults()];
        return faults.Length == 0 ? this : throw new FitException(string.Join(" ", faults));
    }
}
