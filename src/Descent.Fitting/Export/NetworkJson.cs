using System.Text.Json;

namespace Descent.Fitting.Export;

/// <summary>A network's part of the JSON of a fit.</summary>
static class NetworkJson
{
    public static void Write(Utf8JsonWriter w, NetworkFit fit, int exitCode)
    {
        w.WriteString("model", fit.Spec.Model.Network!.Kind);
        w.WriteString("target", fit.Data.Target);
        if (fit.Data.Formula is { } formula) w.WriteString("formula", formula.Bound.Formula.ToString());
        w.WriteNumber("rows", fit.Quality.Count);
        w.WriteString("network", fit.Network.Description);
        w.WriteNumber("parameters", fit.Network.Layout.Length);
        w.WriteString("method", fit.Method);
        w.WriteString("recursion", fit.Recursion);
        w.WriteNumber("seed", fit.Spec.Seed);
        w.WriteString("outcome", fit.Run.Outcome.Kind.ToString());
        w.WriteString("sentence", fit.Run.Outcome.Sentence);
        w.WriteNumber("exitCode", exitCode);
        w.WriteNumber("steps", fit.Run.Steps);
        w.WriteNumber("gradients", fit.Run.Gradients);
        w.WriteNumber("seconds", fit.Run.Seconds);
        if (fit.Stationarity is { } s)
        {
            w.WriteStartObject("stationarity");
            w.WriteNumber("gradientNorm", s.GradientNorm);
            w.WriteNumber("smallestEigenvalue", s.Smallest);
            w.WriteNumber("residual", s.Residual);
            w.WriteNumber("largestEigenvalue", s.Largest);
            w.WriteNumber("products", s.Products);
            w.WriteEndObject();
        }
        FitJson.Findings(w, fit.Findings, fit.Spec.Caller);
        FitJson.Measures(w, "fit", fit.Quality);
        if (fit.Validation is { } v) FitJson.Measures(w, "validation", v);
    }
}
