using System.Text;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>A path as text: what is said before it, its table, and the λ that was chosen.</summary>
static class PathPrinter
{
    const int MostRows = 30;

    /// <summary>Data, model, penalty, method: what is said before the first λ.</summary>
    public static string Head(PathFitter fitter)
    {
        FitSpec spec = fitter.Spec;
        PathSpec path = spec.Path!;
        LoadedData data = fitter.Data;
        StringBuilder t = new();
        FitPrinter.Row(t, "Data", data.Lines[0]);
        foreach (string line in data.Lines.Skip(1)) FitPrinter.Row(t, "", line);
        ModelWords words = new(data.Target, data.Classes, spec.Model.Intercept, true, spec.Model.OwnOf(data.Family));
        FitPrinter.Row(t, "Model", data.Family.Describe(words));
        FitPrinter.Row(t, "Objective", $"F(w) = {data.Family.Loss} + {Penalty(path)}; intercept "
            + (!spec.Model.Intercept ? "absent" : spec.Model.PenaliseIntercept ? "penalised" : "not penalised")
            + (spec.Model.Standardise ? "; columns centred and scaled, penalties on the scaled ones" : ""));
        FitPrinter.Row(t, "Path", $"{Text.Count(path.Count)} λ, a geometric grid from the smallest under which every coefficient is zero, "
            + "each optimum the start of the next");
        if (path.Folds > 0) FitPrinter.Row(t, "", Folds(path, data, spec));
        FitPrinter.Row(t, "Method", PathSpec.Method + ": " + Methods.CoordinateDescent().Recursion);
        return t.ToString();
    }

    /// <summary>The table of the path, what was chosen and why, then the fit of that λ.</summary>
    public static string Summary(PathFit fit)
    {
        StringBuilder t = new();
        int[] shown = Shown(fit);
        t.Append('\n').Append(TextTable.Render(Columns(fit), [.. shown.Select(k => Cells(fit, k))]));
        if (shown.Length < fit.Points.Count)
            t.Append($"… {Text.Count(fit.Points.Count - shown.Length)} of {Text.Count(fit.Points.Count)} λ not shown (`ToJson` or "
                + "`Report` has all)\n");
        t.Append('\n');
        FitPrinter.Row(t, "Path", fit.Ended.Sentence);
        FitPrinter.Row(t, "", Choice(fit));
        return t.Append(FitPrinter.Summary(fit.Fit with { Spent = fit.Spent })).ToString();
    }

    /// <summary>The path in one line.</summary>
    public static string Line(PathFit fit)
    {
        PathPoint p = fit.Points[fit.Chosen];
        string loss = double.IsNaN(p.Unseen.Loss) ? "" : $", held-out loss {Text.Number(p.Unseen.Loss)}";
        return $"λ = {Text.Number(p.Lambda)} of {Text.Count(fit.Points.Count)}, {Text.Count(p.NonZeros)} non-zero{loss}; F = "
            + $"{Text.Number(fit.Certificate.Value, "G10")}; gap ≤ {Text.AtMost(fit.Certificate.Gap)}; {fit.Ended.Sentence}";
    }

    /// <summary>Which λ the model is that of, and why.</summary>
    public static string Choice(PathFit fit)
    {
        PathPoint p = fit.Points[fit.Chosen];
        return $"The model is that of λ = {Text.Number(p.Lambda)} (number {fit.Chosen + 1}, {Text.Plural(p.NonZeros, "coefficient")} "
            + $"away from zero): {fit.Why}";
    }

    /// <summary>Heads of the columns.</summary>
    public static string[] Columns(PathFit fit) =>
        ["", "λ", "F", "gap", "non-zero", .. HasHeldOut(fit) ? (string[])["held-out loss"] : [],
            .. fit.Folds > 0 ? (string[])[$"loss of {fit.Folds} folds", "std. error"] : [], .. Marked(fit) ? (string[])[""] : []];

    /// <summary>The cells of one λ.</summary>
    public static IReadOnlyList<string> Cells(PathFit fit, int k)
    {
        PathPoint p = fit.Points[k];
        Certificate c = p.Certificate;
        return [Text.Count(k + 1), Text.Number(p.Lambda), Text.Number(c.Value, "G10"),
            c.Kind == CertificateKind.None ? "none" : Text.AtMost(c.Gap, 2), Text.Count(p.NonZeros),
            .. HasHeldOut(fit) ? (string[])[Text.Number(p.HeldOutLoss!.Value)] : [],
            .. fit.Folds > 0 ? (string[])[Text.Number(p.FoldLoss!.Value), Text.Number(p.FoldError!.Value, "G3")] : [],
            .. Marked(fit) ? (string[])[Mark(fit, k)] : []];
    }

    static bool Marked(PathFit fit) => fit.Least >= 0;

    static bool HasHeldOut(PathFit fit) => fit.Points[0].HeldOutLoss is not null;

    static string Mark(PathFit fit, int k) => string.Join(", ",
        new[] { k == fit.WithinOneError ? "1 std. error" : "", k == fit.Least ? "least" : "" }.Where(s => s.Length > 0));

    static string Penalty(PathSpec path) => path.L1Ratio == 1
        ? "λ‖w‖₁ (scikit-learn's Lasso: alpha = λ; its logistic regression: C = 1/(λn))"
        : $"λ(α‖w‖₁ + ½(1 − α)‖w‖²), α = {Text.Number(path.L1Ratio)} (scikit-learn's ElasticNet: alpha = λ, l1_ratio = α)";

    static string Folds(PathSpec path, LoadedData data, FitSpec spec) => $"{path.Folds} folds by seed {spec.Seed}, "
        + (data.Groups is { } groups ? $"{Text.Count(groups.Distinct().Count())} groups of {spec.Data.GroupColumn} kept whole"
        : data.Classes is not null ? "every class dealt out to all" : "rows dealt out to all");

    // Evenly thinned; what was chosen is always there.
    static int[] Shown(PathFit fit)
    {
        int all = fit.Points.Count;
        if (all <= MostRows) return [.. Enumerable.Range(0, all)];
        IEnumerable<int> even = Enumerable.Range(0, MostRows).Select(i => (int)Math.Round(i * (all - 1.0) / (MostRows - 1)));
        return [.. even.Concat([fit.Chosen, fit.Least, fit.WithinOneError]).Where(k => k >= 0).Distinct().Order()];
    }
}
