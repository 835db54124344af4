using Descent.Data;
using Descent.Fitting.Families;

namespace Descent.Fitting.Online;

/// <summary>What a stream cannot be asked for.</summary>
static class OnlineChecks
{
    /// <exception cref="FitException">Something was asked for that needs the rows more than once, or all of them; every fault at
    /// once.</exception>
    public static void Require(FitSpec spec)
    {
        string[] faults = [.. Family(spec.Model.Family), .. Passes(spec), .. Columns(spec.Data)];
        if (faults.Length > 0) throw new FitException(string.Join(" ", faults));
    }

    static IEnumerable<string> Family(ModelFamily? family)
    {
        if (family is null)
            yield return "`Family` is needed: a stream does not tell its model beforehand. For example `Family = logistic` or `Family = "
                + "linear`.";
        else if (!family.HasLinearMargins || double.IsFinite(family.LowestMargin))
            yield return $"`Family = {family}` cannot learn from a stream: steps on single rows "
                + (family.HasLinearMargins ? "do not keep the margins of the others in its range." : "are not taken on its factors.");
        else if (family.HasOutputs || family.HasThresholds || !family.IsSumOverRows || family.Labels is LabelKind.Shares or LabelKind.Times)
            yield return $"`Family = {family}` cannot learn from a stream: it needs all classes, times or trials beforehand. Families of "
                + "one margin a row can.";
    }

    static IEnumerable<string> Passes(FitSpec spec)
    {
        foreach ((bool given, string setting, string why) in ((bool, string, string)[])
        [
            (spec.Model.Network is not null, "`Hidden`", "networks are not learnt online"),
            (spec.Model.Standardise, "`Standardise = true`", "means and deviations of all rows are not known"),
            (spec.Model.L2.PerRow, "`L2 = 1/n`", "n is not known; give a number"),
            (spec.Model.ClassWeights is not null, "`ClassWeights`", "weigh rows instead, with `WeightColumn` or by importances"),
            (spec.Model.TestsTerms || spec.Model.Robust is not null || spec.Data.Cluster is not null, "`TestsTerms`, `Robust`, `Cluster`",
                "there are no standard errors"),
            (spec.Model.Family?.Own == FamilyNumber.Overdispersion && spec.Model.Overdispersion is null, "`Overdispersion`",
                "it cannot be estimated while rows pass by; give a number"),
            (spec.Path is not null, "`Path`", "a path passes over the rows many times"),
            (spec.HoldOut > 0, "`HoldOut`", "every row is predicted before it is learnt from, which holds all of them out"),
            (spec.Budget != new Budget(), "`Epochs`, `Steps`, `Time`, `Gap` and their kin", "a stream ends when its input does"),
            (spec.Method.Batch is not (null or 1) || spec.Method.MicroBatches > 1, "`Batch`", "a step is taken on every row"),
            (spec.Method.Order is not null, "`Order`", "rows are taken as they come"),
            (spec.Method.Average is not null, "`Average`", "the last point is the model"),
            (spec.Method.WantsTheory || spec.Method.Assume.Count > 0, "`Theorem`, `Schedule = theory`, `Assume`",
                "no guarantee is computed for a stream"),
            (spec.Output.Report is not null || spec.Output.Run is not null || spec.Output.Proof is not null
                || spec.Output.NoiseCovariance is not null, "`Report`, `Run`, `Proof`, `NoiseCovariance`", "they look at all rows again"),
            (spec.Ranks is { Size: > 1 }, "several ranks", "a stream is read by one process"),
        ])
            if (given) yield return $"{setting} cannot be had online: {why}.";
    }

    static IEnumerable<string> Columns(DataSpec data)
    {
        foreach ((bool given, string setting, string why) in ((bool, string, string)[])
        [
            (data.Formula is not null, "`Formula`", "its terms learn from all rows; name columns with `Features`"),
            (data.TfIdf, "`TfIdf = true`", "how many rows have a word is known at the end alone"),
            (data.Fills, $"`Missing = {data.MissingOf.Values.Append(data.Missing).FirstOrDefault(r => r.Fills)}`",
                "what all rows hold is not known; use `Missing = skip`"),
            (data.Dates.Count > 0, "`Dates`", "their parts are not made while rows pass by"),
            (data.Reference.Count > 0, "`Reference`", "levels are hashed, all of them"),
            (data.Trials is not null || data.Failures is not null || data.Event is not null || data.GroupColumn is not null,
                "`Trials`, `Failures`, `Event`, `Groups`", "they belong to families that need all rows"),
            (data.Cache.Write, "`Cache`", "what streams by is not kept"),
            (data.Files.Count != 1, "several files", "join them (cat a b | …) and read standard input"),
        ])
            if (given) yield return $"{setting} cannot be had online: {why}.";
    }
}
