using System.Text.Json;
using Descent.Cli.Output;

namespace Descent.Cli.Commands;

/// <summary>What <c>evaluate</c> says of a model of two classes beyond its loss: how it ranks, and what a threshold makes of it.</summary>
static class ClassifierMeasures
{
    const int MostGroups = 1000;

    /// <summary>Refuses what the model has no use for, before any data is read.</summary>
    public static void Check(ModelFile model, (double? Threshold, int? Groups) asked)
    {
        if (asked == default) return;
        if (!HasTwoClasses(model))
            throw new UsageException($"--threshold and --calibration are for models of two classes; this is {Text.A(model.Model)} model.");
        if (HasProbabilities(model) && asked.Threshold is not (null or (> 0 and < 1)))
            throw new UsageException($"--threshold {Text.Number(asked.Threshold!.Value)}: expected a probability above 0 and below 1.");
        if (asked.Threshold is { } t && !double.IsFinite(t)) throw new UsageException("--threshold: expected a finite number.");
        if (asked.Groups is { } k && !HasProbabilities(model))
            throw new UsageException($"--calibration {k}: a {model.Model} model gives margins and no probabilities.");
        if (asked.Groups is < 2 or > MostGroups)
            throw new UsageException($"--calibration {asked.Groups}: expected from 2 to {MostGroups} groups.");
    }

    /// <summary>The measures; null where the model is not of two classes.</summary>
    public static TwoClassQuality? Of(ModelFile model, ModelRows rows, (double? Threshold, int? Groups) asked)
    {
        if (!HasTwoClasses(model)) return null;
        ModelFamily family = ModelFamilies.Of(model.Model);
        bool known = HasProbabilities(model);
        double[] scores = known ? [.. rows.Margins.Select(family.Response)] : rows.Margins;
        return TwoClassQuality.Of(scores, rows.Labels!, known, asked.Threshold, asked.Groups ?? 0);
    }

    /// <summary>The measures of classes, by the threshold of the others.</summary>
    public static FitQuality At(TwoClassQuality two, FitQuality q) => q with
    {
        Confusion = two.Confusion,
        Errors = two.Errors,
        Accuracy = 1 - (two.Errors / (double)q.Count),
    };

    public static string Lines(TwoClassQuality two, ModelFile model)
    {
        string ranks = two.Auc is { } auc ? $"AUC {Places(auc)}, average precision {Places(two.AveragePrecision!.Value)}"
            : "AUC and average precision: none, for all rows are of one class";
        string brier = two.Brier is { } b ? $", Brier score {Places(b)}" : "";
        return $"{"Ranking",-13}{ranks}{brier}\n{"Threshold",-13}{Text.Number(two.Threshold)} for {model.Classes![1]}: precision "
            + $"{Part(two.Precision)}, recall {Part(two.Recall)}, specificity {Part(two.Specificity)}, F1 {Part(two.F1)}\n";
    }

    public static string Table(TwoClassQuality two, ModelFile model) => TextTable.Render(
        ["rows", $"mean predicted P({model.Classes![1]})", "observed share"],
        [.. two.Calibration.Select(g => (IReadOnlyList<string>)[Text.Count(g.Rows), Places(g.Predicted), Places(g.Observed)])]);

    public static void Write(Utf8JsonWriter w, TwoClassQuality two, ModelFile model)
    {
        w.WriteStartObject("classes");
        w.WriteString("second", model.Classes![1]);
        foreach ((string name, double? value) in new (string, double?)[]
        {
            ("auc", two.Auc), ("averagePrecision", two.AveragePrecision), ("brier", two.Brier), ("threshold", two.Threshold),
            ("precision", two.Precision), ("recall", two.Recall), ("specificity", two.Specificity), ("f1", two.F1),
        })
        {
            FitJson.Number(w, name, value ?? double.NaN);
        }
        if (two.Calibration.Count > 0)
        {
            w.WriteStartArray("calibration");
            foreach (CalibrationGroup g in two.Calibration)
            {
                w.WriteStartObject();
                w.WriteNumber("rows", g.Rows);
                w.WriteNumber("predicted", g.Predicted);
                w.WriteNumber("observed", g.Observed);
                w.WriteEndObject();
            }
            w.WriteEndArray();
        }
        w.WriteEndObject();
    }

    static bool HasTwoClasses(ModelFile model) =>
        model.Network is null && ModelFamilies.Of(model.Model).Labels == LabelKind.TwoClasses;

    // A side of a plane has no probability.
    static bool HasProbabilities(ModelFile model) => !ModelFamilies.Of(model.Model).HasKinks;

    static string Places(double x) => Text.Number(x, "0.000000");

    static string Part(double x) => double.IsNaN(x) ? "none" : Places(x);
}
