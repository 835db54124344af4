using System.Text.RegularExpressions;

namespace Descent.Fitting.Specs;

/// <summary>Messages name settings as the command line spells them; programs have other names for them.</summary>
static partial class Wording
{
    static readonly Dictionary<string, string> names = new(StringComparer.Ordinal)
    {
        ["--l2"] = "L2", ["--l1"] = "L1", ["--lr"] = "Method.StepSize", ["--method"] = "Method", ["--schedule"] = "Method.Schedule", ["--batch"] = "Method.Batch", ["--average"] = "Method.Average",
        ["--set"] = "Method.Numbers", ["--order"] = "Method.Order", ["--features"] = "features", ["--target"] = "target", ["--exclude"] = "Exclude", ["--categorical"] = "Categorical",
        ["--epochs"] = "Budget.Epochs", ["--steps"] = "Budget.Steps", ["--time-limit"] = "Budget.Time", ["--gap"] = "Budget.Gap", ["--tau"] = "Quantile", ["--delta"] = "Threshold",
        ["--standardize"] = "Standardise", ["--no-intercept"] = "Intercept = false", ["--penalize-intercept"] = "PenaliseIntercept", ["--weight-col"] = "WeightColumn", ["--missing"] = "Missing",
        ["--model"] = "the family", ["--valid"] = "HoldOut", ["--seed"] = "Seed", ["--threads"] = "Threads", ["--class-weight"] = "ClassWeights", ["--out"] = "Save", ["--json"] = "ToJson",
    };

    /// <summary>The message as a program's author would write it.</summary>
    public static string ForPrograms(string message) => Option().Replace(message, m => names.GetValueOrDefault(m.Value) ?? m.Value[2..]);

    [GeneratedRegex("--[a-z][a-z0-9-]*")]
    private static partial Regex Option();
}
