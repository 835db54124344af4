using System.CommandLine;

namespace Descent.Cli.Commands;

/// <summary>The options of a path of penalties.</summary>
sealed class PathOptions
{
    readonly Option<int?> count = new("--path")
    {
        Description = "Fit so many λ instead of one, from the smallest under which every coefficient is zero down a geometric grid, each "
        + "optimum the start of the next; the penalty is λ(α‖w‖₁ + ½(1 − α)‖w‖²).",
    };

    readonly Option<double?> ratio = new("--path-ratio")
    {
        Description = "Smallest λ of a path over the largest. Default 1e-4, or 1e-2 where there are more columns than rows.",
    };

    readonly Option<double> l1Ratio = new("--l1-ratio")
    {
        Description = "α of a path, above 0 and at most 1: 1 is the lasso, less an elastic net.",
        DefaultValueFactory = _ => 1,
    };

    readonly Option<int?> folds = new("--cv")
    {
        Description = "Folds of the cross-validation that chooses λ, by the seed; classes are dealt out evenly. Gives a path of 100 λ "
        + "where --path is left out.",
    };

    readonly Option<string?> groups = new("--groups")
    {
        Description = "Column that says which rows belong together; no fold of --cv splits them.",
    };

    readonly Option<string> choose = new("--choose")
    {
        Description = "λ that the model is taken from: min, of the least held-out loss, or 1se, the largest within one standard "
        + "error of it.",
        DefaultValueFactory = _ => "min",
    };

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option o in new Option[] { count, ratio, l1Ratio, folds, groups, choose }) command.Add(o);
    }

    /// <summary>The path that was asked for; null for none.</summary>
    public PathSpec? Read(ParseResult p, Faults faults)
    {
        PathChoice picked = faults.Of(() => p.GetValue(choose) switch
        {
            "min" => PathChoice.Min,
            "1se" => PathChoice.OneStandardError,
            var other => throw new UsageException($"--choose is '{other}'; expected min or 1se."),
        });
        if (p.GetValue(count) is null && p.GetValue(folds) is null)
        {
            foreach (Option o in new Option[] { ratio, l1Ratio, choose })
                if (p.GetResult(o) is { Implicit: false })
                    faults.Add($"{o.Name} is for a path of penalties: give --path, for example --path 100.");
            return null;
        }
        if (picked == PathChoice.OneStandardError && p.GetValue(folds) is null && !(p.GetValue<double>("--valid") > 0))
            faults.Add("--choose 1se needs held-out rows to choose by: give --cv, for example --cv 10, or --valid.");
        // A number of folds that is asked for is checked, 0 too.
        if (p.GetValue(folds) is 0) faults.Add("--cv is 0; expected a number of folds, at least 2.");
        return new PathSpec
        {
            Count = p.GetValue(count) ?? 100,
            Ratio = p.GetValue(ratio),
            L1Ratio = p.GetValue(l1Ratio),
            Folds = p.GetValue(folds) ?? 0,
            Choose = picked,
        };
    }

    /// <summary>The column of groups; null for none.</summary>
    public string? Groups(ParseResult p) => p.GetValue(groups);
}
