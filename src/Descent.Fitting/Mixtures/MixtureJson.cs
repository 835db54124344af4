using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Descent.Fitting.Mixtures;

/// <summary>The result of a mixture as one JSON object.</summary>
static class MixtureJson
{
    public static string Write(FittedMixture m, int exitCode, string? model, string? report)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteString("family", m.Spec.Family.Name);
            if (m.Spec.Family.HasShapes) w.WriteString("covariance", MixtureWords.Of(m.Spec.Covariance));
            w.WriteNumber("rows", m.Data.Count);
            FitJson.Strings(w, "columns", m.Data.Columns);
            w.WriteNumber("skipped", m.Data.Skipped);
            FitJson.Strings(w, "data", [m.Data.Line]);
            FitJson.Strings(w, "notes", m.Data.Notes);
            w.WriteString("method", MixtureWords.Of(m.Spec.Search.Method));
            w.WriteNumber("restarts", m.Spec.Search.Restarts);
            w.WriteNumber("tolerance", m.Spec.Search.Tolerance);
            w.WriteNumber("maxIterations", m.Spec.Search.Limit);
            w.WriteNumber("seed", m.Spec.Search.Seed);
            w.WriteString("criterion", MixtureWords.Of(m.Spec.Criterion));
            w.WriteStartArray("candidates");
            foreach (MixtureCandidate c in m.Candidates) Candidate(w, c);
            w.WriteEndArray();
            if (m.Chosen is { } chosen) Estimate(w, m, chosen);
            w.WriteString("outcome", m.Outcome.Kind.ToString());
            w.WriteString("sentence", m.Outcome.Sentence);
            w.WriteNumber("exitCode", exitCode);
            w.WriteNumber("passes", m.Candidates.Sum(c => c.Passes));
            if (model is not null) w.WriteString("modelFile", model);
            if (report is not null) w.WriteString("reportFile", report);
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Candidate(Utf8JsonWriter w, MixtureCandidate c)
    {
        w.WriteStartObject();
        w.WriteNumber("components", c.Components);
        FitJson.Number(w, "logLikelihood", c.LogLikelihood);
        w.WriteNumber("parameters", c.Parameters);
        FitJson.Number(w, "aic", c.Aic);
        FitJson.Number(w, "bic", c.Bic);
        FitJson.Number(w, "icl", c.Icl);
        w.WriteNumber("starts", c.Starts.Count);
        w.WriteNumber("agreeing", c.Fit.Theta is null ? 0 : c.Agreeing);
        w.WriteNumber("refused", c.Degenerate);
        w.WriteNumber("passes", c.Passes);
        w.WriteString("outcome", c.Outcome.Kind.ToString());
        w.WriteString("sentence", c.Outcome.Sentence);
        w.WriteEndObject();
    }

    static void Estimate(Utf8JsonWriter w, FittedMixture m, MixtureCandidate chosen)
    {
        MixtureFile file = m.Model.File;
        w.WriteNumber("components", chosen.Components);
        w.WriteNumber("logLikelihood", chosen.LogLikelihood);
        w.WriteNumber("iterations", chosen.Fit.Best!.Trace.Count - 1);
        Numbers(w, "weights", file.Weights);
        w.WriteStartObject("parameters");
        foreach (var (name, rows) in file.Parameters)
        {
            w.WriteStartArray(name);
            foreach (double[] row in rows) Numbers(w, null, row);
            w.WriteEndArray();
        }
        w.WriteEndObject();
        foreach (MixtureRemark r in m.Spec.Family.Remarks(chosen.Fit.Model, chosen.Fit.Theta!)) FitJson.Number(w, r.Key, r.Value);
        if (file.Certificate is { } c) Certificate(w, c);
    }

    static void Certificate(Utf8JsonWriter w, MixtureProof c)
    {
        w.WriteStartObject("certificate");
        w.WriteBoolean("localMaximum", c.Shortfall is not null);
        FitJson.Number(w, "gradientNorm", c.GradientNorm ?? double.NaN);
        FitJson.Number(w, "largestEigenvalue", c.LargestEigenvalue ?? double.NaN);
        FitJson.Number(w, "shortfall", c.Shortfall ?? double.NaN);
        w.WriteString("how", MixtureText.Proof(c));
        w.WriteEndObject();
        w.WriteStartArray("estimates");
        foreach (MixtureEstimate e in c.Estimates)
        {
            w.WriteStartObject();
            w.WriteNumber("component", e.Component);
            w.WriteString("name", e.Name);
            w.WriteNumber("estimate", e.Estimate);
            FitJson.Number(w, "standardError", e.StandardError ?? double.NaN);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }

    static void Numbers(Utf8JsonWriter w, string? name, IEnumerable<double> values)
    {
        if (name is null) w.WriteStartArray();
        else w.WriteStartArray(name);
        foreach (double x in values) w.WriteNumberValue(x);
        w.WriteEndArray();
    }
}
