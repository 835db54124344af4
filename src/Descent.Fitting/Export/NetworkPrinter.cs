using System.Text;
using Descent.Diagnosis;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>What is printed of a network, before and after its training.</summary>
static class NetworkPrinter
{
    public static string Head(NetworkFitter fitter)
    {
        LoadedData data = fitter.Data;
        StringBuilder t = new();
        for (int i = 0; i < data.Lines.Count; i++) Row(t, i == 0 ? "Data" : "", data.Lines[i]);
        Row(t, "Model", fitter.Describe);
        Row(t, "Scaling", fitter.ScalingNote);
        Row(t, "Method", fitter.Method);
        Row(t, "Recursion", fitter.Recursion);
        foreach (string v in fitter.Values) Row(t, "", v);
        (long rows, long tape, long method) = fitter.Planned;
        Row(t, "Memory", $"{Text.Bytes(rows)} for the rows, {Text.Bytes(tape)} for the values of a step, {Text.Bytes(method)} for the "
            + $"method");
        return t.ToString();
    }

    public static string Summary(NetworkFit fit)
    {
        StringBuilder t = new();
        string penalty = fit.L2 > 0 ? $", without the penalty λ = {Text.Number(fit.L2)}" : "";
        Row(t, "Loss", $"{Text.Number(fit.Quality.MeanLoss, "G8")} on the {Text.Plural(fit.Quality.Count, "training row")}{penalty}");
        Row(t, "Fit", FitPrinter.Measures(fit.Quality));
        if (fit.Validation is { } v)
            Row(t, "Held out", $"{Text.Plural(v.Count, "row")}: mean loss {Text.Number(v.MeanLoss, "G8")}{FitPrinter.Interval(v)}, "
                + $"{FitPrinter.Measures(v)}");
        Row(t, "Certificate", fit.Certificate.Sentence);
        Row(t, "Stationarity", fit.StationarityWords);
        if (fit.Curvature.Count > 1) Row(t, "Curvature", Curvature(fit));
        Row(t, "Outcome", fit.Run.Outcome.Sentence);
        foreach (Finding f in fit.Findings) Row(t, "Doctor", f.Sentence);
        Row(t, "Memory", $"the values of a step held {Text.Bytes(fit.TapeBytes)} at most, {Text.Bytes(fit.PlannedBytes)} were planned");
        if (fit.Others.Count > 0) Row(t, "Seeds", Seeds(fit));
        Row(t, "Work", $"{Text.Seconds(fit.Run.Seconds)}, {Text.Plural(fit.Run.Steps, "step")}, {Text.Count(fit.Run.Gradients)} single "
            + $"gradients{FitPrinter.Whole(fit)}");
        return t.ToString();
    }

    /// <summary>Where things were saved.</summary>
    public static string Saved(NetworkFit fit)
    {
        List<string> written = [];
        if (fit.Spec.Output.Model is { } path) written.Add($"model to {path}, weights to {fit.WeightsPath}");
        if (fit.Spec.Output.Report is { } report) written.Add($"report to {report}");
        if (fit.Spec.Output.Run is { } folder) written.Add($"run to {folder}/");
        if (written.Count == 0) written.Add("no model (`Save = MODEL` saves it)");
        StringBuilder t = new();
        for (int i = 0; i < written.Count; i++) Row(t, i == 0 ? "Saved" : "", written[i]);
        return t.ToString();
    }

    // Initialisation and samples are drawn anew, held-out rows stay the same.
    static string Seeds(NetworkFit fit)
    {
        NetworkFit[] all = [fit, .. fit.Others.OfType<NetworkFit>()];
        string One(string name, Func<NetworkFit, double?> of)
        {
            double[] x = [.. all.Select(of).OfType<double>()];
            if (x.Length < all.Length) return "";
            double mean = x.Average(), deviation = Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1));
            return $", {name} {Text.Number(mean, "G5")} ± {Text.Number(deviation, "G2")}";
        }
        return $"{all.Length} seeds from {fit.Spec.Seed}"
            + One("training loss", f => f.Quality.MeanLoss)
            + One("training accuracy", f => f.Quality.Accuracy)
            + One("held-out loss", f => f.Validation?.MeanLoss)
            + One("held-out accuracy", f => f.Validation?.Accuracy)
            + " (standard deviations); the model is the first seed's";
    }

    static string Curvature(NetworkFit fit)
    {
        var (epochs, top) = fit.Curvature.MaxBy(c => c.Curvature);
        return $"H ≈ {Text.Number(fit.Curvature[0].Curvature, "G3")} at the start, at most {Text.Number(top, "G3")} (epoch "
            + $"{Text.Number(epochs, "G3")}), {Text.Number(fit.Curvature[^1].Curvature, "G3")} at epoch "
            + $"{Text.Number(fit.Curvature[^1].Epochs, "G3")}: estimates along the path, by 10 power iterations each";
    }

    static void Row(StringBuilder t, string head, string text) => t.Append(head.PadRight(13)).Append(Shown.Line(text)).Append('\n');
}
