using System.Buffers;
using System.Text;
using System.Text.Json;
using Descent.Diagnosis;
using Descent.Models.Inference;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>The result of a fit as one JSON object.</summary>
static class FitJson
{
    public static string Write(Fitted fit, int exitCode, bool profile = false)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            if (fit is RiskFit risk) Write(w, risk, exitCode);
            if (fit is PathFit walked)
            {
                PathJson.Write(w, walked);
                Write(w, walked.Fit, exitCode);
            }
            if (fit is NetworkFit network) NetworkJson.Write(w, network, exitCode);
            if (fit.Traffic is { Ranks.Count: > 1 } traffic) TrafficSection.Write(w, traffic);
            if (profile) Profile(w, fit);
            if (fit.Spec.Output.Model is { } path) w.WriteString("modelFile", path);
            if (fit.Spec.Output.Report is { } report) w.WriteString("reportFile", report);
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Write(Utf8JsonWriter w, RiskFit fit, int exitCode)
    {
        w.WriteString("model", fit.Data.Model);
        w.WriteString("target", fit.Data.Target);
        Strings(w, "classes", fit.Data.Classes);
        if (fit.Data.Formula is { } formula) w.WriteString("formula", formula.Bound.Formula.ToString());
        if (fit.Data.Offset is { } offset) w.WriteString("offset", offset.ToString());
        w.WriteNumber("rows", fit.TrainLabels.Length);
        w.WriteNumber("columns", fit.Data.Columns);
        w.WriteNumber("skipped", fit.Data.Skipped);
        Strings(w, "data", fit.Data.Lines);
        Strings(w, "notes", fit.Data.Notes);
        w.WriteString("method", fit.Plan.Method);
        if (fit.Plan.Why is { } why) w.WriteString("why", why);
        w.WriteString("recursion", fit.Plan.Recursion);
        Strings(w, "values", fit.Plan.Values);
        w.WriteNumber("l2", fit.L2);
        w.WriteNumber("l1", fit.Spec.Model.L1);
        w.WriteNumber("seed", fit.Spec.Seed);
        w.WriteString("scaling", fit.ScalingNote);
        Number(w, "smoothness", fit.Plan.Constants.Smoothness.Value);
        Number(w, "strongConvexity", fit.Plan.Constants.StrongConvexity.Value);
        Coefficients(w, fit);
        TermSection.Write(w, fit);
        InfluenceSection.Write(w, fit);
        Number(w, "objective", fit.Certificate.Value);
        Number(w, "gradientNorm", fit.Certificate.GradientNorm);
        w.WriteStartObject("certificate");
        w.WriteString("kind", fit.Certificate.Kind.ToString());
        Number(w, "gap", fit.Certificate.Gap);
        // Beside an infimum of 0 no gap is small relative to F.
        Number(w, "relativeGap", fit.Infimum == 0 ? double.NaN : fit.Certificate.RelativeGap);
        Number(w, "lowerBound", fit.Certificate.LowerBound);
        Number(w, "allowance", fit.Certificate.Allowance);
        w.WriteString("how", fit.Certificate.Sentence);
        w.WriteEndObject();
        if (fit.Infimum is { } infimum)
        {
            Number(w, "infimum", infimum);
            w.WriteBoolean("attained", false);
        }
        Measures(w, "fit", fit.Quality);
        if (fit.Validation is { } v) Measures(w, "validation", v);
        w.WriteString("outcome", fit.Run.Outcome.Kind.ToString());
        w.WriteString("sentence", fit.Run.Outcome.Sentence);
        Strings(w, "remarks", fit.Remarks);
        Findings(w, fit.Findings, fit.Spec.Caller);
        w.WriteNumber("exitCode", exitCode);
        w.WriteNumber("steps", fit.Run.Steps);
        w.WriteNumber("gradients", fit.Run.Gradients);
        w.WriteNumber("seconds", fit.Run.Seconds);
        if (fit.Plan.Theory is not null) Theory(w, fit);
    }

    static void Profile(Utf8JsonWriter w, Fitted fit)
    {
        w.WriteStartObject("profile");
        foreach (var (part, seconds) in fit.Spent) w.WriteNumber(part, seconds);
        w.WriteEndObject();
    }

    /// <summary>What the doctor found, each with the caller's words that remedy it.</summary>
    public static void Findings(Utf8JsonWriter w, IReadOnlyList<Finding> findings, Caller caller)
    {
        w.WriteStartArray("findings");
        foreach (Finding f in findings)
        {
            w.WriteStartObject();
            w.WriteString("ailment", f.Ailment.ToString());
            w.WriteString("evidence", f.Evidence);
            w.WriteString("remedy", f.Remedy);
            w.WriteString("command", caller.With(f.Changes).Text);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }

    public static void Measures(Utf8JsonWriter w, string name, FitQuality q)
    {
        w.WriteStartObject(name);
        w.WriteNumber("rows", q.Count);
        Number(w, "meanLoss", q.MeanLoss);
        Optional(w, "meanLossError", q.MeanLossError);
        Optional(w, "accuracy", q.Accuracy);
        Optional(w, "errors", q.Errors);
        Optional(w, "logLikelihood", q.LogLikelihood);
        Optional(w, "nullLogLikelihood", q.NullLogLikelihood);
        Optional(w, "deviance", q.Deviance);
        Optional(w, "nullDeviance", q.NullDeviance);
        if (q.Deviance is not null && !q.IsApart) w.WriteNumber("degreesOfFreedom", q.Degrees);
        Optional(w, "aic", q.Aic);
        Optional(w, "r2", q.R2);
        Optional(w, "rmse", q.Rmse);
        Optional(w, "meanAbsoluteError", q.MeanAbsoluteError);
        Optional(w, "sigma", q.Sigma);
        Optional(w, "dispersion", q.Dispersion);
        Optional(w, "dispersionP", q.DispersionP);
        if (q.Confusion is { } confusion)
        {
            w.WriteStartArray("confusion");
            foreach (int[] row in confusion)
            {
                w.WriteStartArray();
                foreach (int c in row) w.WriteNumberValue(c);
                w.WriteEndArray();
            }
            w.WriteEndArray();
        }
        w.WriteEndObject();
    }

    /// <summary>A number, or null for what JSON has no number for: a value that is infinite or does not exist.</summary>
    public static void Number(Utf8JsonWriter w, string name, double x)
    {
        if (double.IsFinite(x)) w.WriteNumber(name, x);
        else w.WriteNull(name);
    }

    static void Theory(Utf8JsonWriter w, RiskFit fit)
    {
        TheoryChoice theory = fit.Plan.Theory!;
        TheoryMeasure measure = TheoryMeasure.Of(fit);
        bool promises = theory.Promises && TheoryText.Refuted(fit) is null;
        w.WriteStartObject("theory");
        w.WriteString("guarantee", theory.Guarantee.Id);
        w.WriteString("bounds", theory.Guarantee.MeasureInWords);
        w.WriteBoolean("promises", promises);
        if (promises) Number(w, "bound", theory.BoundAt(measure.Steps));
        Number(w, "resolution", theory.Resolution);
        var (mean, error, _) = measure.AtEnd();
        Number(w, "measured", mean);
        Number(w, "standardError", error);
        w.WriteNumber("runs", measure.Runs.Count);
        if (TheoryText.Regret(fit) is { } regret) Number(w, "regretBound", regret);
        if (fit.Watch is { Looks: > 0 } watch) Number(w, "smoothnessAtLeast", watch.Least);
        w.WriteStartArray("assumptions");
        foreach (var (assumption, verdict) in theory.Checks)
        {
            w.WriteStartObject();
            w.WriteString("text", assumption.Text);
            w.WriteString("standing", TheoryText.Word(verdict.Standing));
            w.WriteString("reason", verdict.Reason);
            w.WriteEndObject();
        }
        w.WriteEndArray();
        w.WriteEndObject();
    }

    static void Coefficients(Utf8JsonWriter w, RiskFit fit)
    {
        w.WriteStartArray("coefficients");
        foreach (Coefficient c in fit.Coefficients)
        {
            w.WriteStartObject();
            w.WriteString("name", c.Name);
            if (c.Limit is { } limit)
            {
                w.WriteNull("estimate");
                w.WriteString("limit", double.IsNaN(limit) ? "infinite" : limit > 0 ? "+infinity" : "-infinity");
                Number(w, "modelValue", c.Estimate);
            }
            else
            {
                Number(w, "estimate", c.Estimate);
            }
            if (c.IsLeftOut) w.WriteBoolean("leftOut", true);
            if (fit.NoInference is null)
            {
                Number(w, "standardError", c.StandardError);
                Number(w, fit.StatisticName, c.Statistic);
                Number(w, "p", c.PValue);
            }
            if (fit.NoInference is null || fit.IsProfiled)
            {
                Number(w, "low", c.Low);
                Number(w, "high", c.High);
                if (double.IsInfinity(c.Low) || double.IsInfinity(c.High))
                    w.WriteString("open", double.IsInfinity(c.High) ? "above" : "below");
            }
            w.WriteEndObject();
        }
        w.WriteEndArray();
        if (fit.IsProfiled) w.WriteString("intervals", "profile likelihood");
        if (fit.Covariance is { } covariance)
        {
            w.WriteString("covariance", fit.CovarianceName);
            w.WriteString("covarianceWords", covariance);
        }
        if (fit.Rank is { } rank)
        {
            w.WriteNumber("rank", rank);
            Number(w, "factorNorm", fit.FactorNorm);
        }
        if (fit.NoInference is { } why) w.WriteString("noStandardErrors", why);
    }

    static void Optional(Utf8JsonWriter w, string name, double? x)
    {
        if (x is { } v) Number(w, name, v);
    }

    public static void Strings(Utf8JsonWriter w, string name, IEnumerable<string>? texts)
    {
        if (texts is null) return;
        w.WriteStartArray(name);
        foreach (string t in texts) w.WriteStringValue(t);
        w.WriteEndArray();
    }
}
