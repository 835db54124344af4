using System.Text.Json;

namespace Descent.Fitting.Export;

/// <summary>A path as a member of the JSON object of its fit.</summary>
static class PathJson
{
    public static void Write(Utf8JsonWriter w, PathFit fit)
    {
        w.WriteStartObject("path");
        w.WriteNumber("l1Ratio", fit.Path.L1Ratio);
        w.WriteNumber("asked", fit.Path.Count);
        w.WriteNumber("folds", fit.Folds);
        w.WriteString("outcome", fit.Ended.Kind.ToString());
        w.WriteString("sentence", fit.Ended.Sentence);
        w.WriteNumber("chosen", fit.Chosen);
        w.WriteString("why", fit.Why);
        Place(w, "least", fit.Least);
        Place(w, "withinOneStandardError", fit.WithinOneError);
        w.WriteNumber("pathSeconds", fit.Walked.Path);
        w.WriteNumber("foldSeconds", fit.Walked.Folds);
        w.WriteStartArray("points");
        foreach (PathPoint p in fit.Points) Point(w, fit, p);
        w.WriteEndArray();
        w.WriteEndObject();
    }

    // Places count from 0, as those of an array do.
    static void Place(Utf8JsonWriter w, string name, int place)
    {
        if (place < 0) w.WriteNull(name);
        else w.WriteNumber(name, place);
    }

    static void Point(Utf8JsonWriter w, PathFit fit, PathPoint p)
    {
        w.WriteStartObject();
        w.WriteNumber("lambda", p.Lambda);
        w.WriteNumber("l1", p.L1);
        w.WriteNumber("l2", p.L2);
        FitJson.Number(w, "objective", p.Certificate.Value);
        FitJson.Number(w, "gap", p.Certificate.Gap);
        FitJson.Number(w, "relativeGap", p.Certificate.RelativeGap);
        FitJson.Number(w, "lowerBound", p.Certificate.LowerBound);
        w.WriteNumber("nonZeros", p.NonZeros);
        w.WriteNumber("steps", p.Steps);
        Optional(w, "heldOutLoss", p.HeldOutLoss);
        Optional(w, "heldOutError", p.HeldOutError);
        Optional(w, "foldLoss", p.FoldLoss);
        Optional(w, "foldError", p.FoldError);
        int coefficients = fit.Fit.Outputs * fit.Data.Columns;
        w.WriteStartArray("intercepts");
        for (int j = coefficients; j < p.Parameters.Count; j++) w.WriteNumberValue(p.Parameters[j]);
        w.WriteEndArray();
        w.WriteStartArray("coefficients");
        for (int j = 0; j < coefficients; j++) Coefficient(w, fit, p, j);
        w.WriteEndArray();
        w.WriteEndObject();
    }

    // Those away from zero.
    static void Coefficient(Utf8JsonWriter w, PathFit fit, PathPoint p, int j)
    {
        if (p.Parameters[j] == 0) return;
        w.WriteStartObject();
        w.WriteString("name", PathSection.NameOf(fit, j));
        w.WriteNumber("estimate", p.Parameters[j]);
        w.WriteEndObject();
    }

    static void Optional(Utf8JsonWriter w, string name, double? x)
    {
        if (x is { } v) FitJson.Number(w, name, v);
    }
}
