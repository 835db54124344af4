using System.Globalization;
using System.Text;
using Descent.Cli.Fitting;
using Descent.Models.Constants;
using Descent.Models.Linear;

namespace Descent.Cli.Output;

/// <summary>O7 from the command line: the covariance Σ(w) of single-example gradients at the fit, for the coefficients in the units of the columns, as a CSV table with names.</summary>
static class NoiseTable
{
    const int MostParameters = 5_000;

    public static void Write(string path, FitResult fit, LoadedData data)
    {
        if (!fit.Parameters.All(double.IsFinite)) throw new UsageException($"--noise-cov {path}: the fit diverged, so there is no point to take the covariance at.");
        if (fit.Parameters.Length > MostParameters)
            throw new UsageException($"--noise-cov {path}: {Text.Plural(fit.Parameters.Length, "parameter")} make a table of {Text.Bytes(8.0 * fit.Parameters.Length * fit.Parameters.Length)}; it is written for at most {MostParameters}.");
        // Penalties are the same in every example and cancel; so the objective of the plain columns is the right one whatever the solver scaled.
        Fitter plain = new(fit.Request with { Method = "gd", Standardize = false }, data);
        plain.Scale();
        EmpiricalRisk<double> risk = plain.Risk!;
        double[] sigma = GradientNoise.Covariance(risk, fit.Parameters);
        int d = fit.Parameters.Length;
        string[] names = Names(fit, data);
        StringBuilder text = new();
        text.Append("parameter,").AppendLine(string.Join(',', names.Select(Quoted)));
        for (int i = 0; i < d; i++)
            text.Append(Quoted(names[i])).Append(',').AppendLine(string.Join(',', Enumerable.Range(0, d).Select(j => sigma[(i * d) + j].ToString("R", CultureInfo.InvariantCulture))));
        Destination.Write(path, text.ToString());
        double trace = Enumerable.Range(0, d).Sum(i => sigma[(i * d) + i]);
        if (!fit.Request.Json && !fit.Request.Quiet) Console.Out.WriteLine($"{"Noise",-13}tr Σ = σ² = {Text.Number(trace)}: the variance of a single-example gradient at the fit; Σ is in {path}");
    }

    // In the order of the parameters: the columns of each output, then the intercepts.
    static string[] Names(FitResult fit, LoadedData data)
    {
        int outputs = fit.Outputs, shift = fit.HasReference ? 1 : 0;
        string Prefix(int output) => data.Model == "softmax" ? data.Classes![output + shift] + ": " : "";
        IEnumerable<string> slopes = Enumerable.Range(0, outputs).SelectMany(c => data.Features.Select(f => Prefix(c) + f.Name));
        return fit.Request.NoIntercept ? [.. slopes] : [.. slopes, .. Enumerable.Range(0, outputs).Select(c => Prefix(c) + "(Intercept)")];
    }

    static string Quoted(string name) => name.AsSpan().IndexOfAny(",\"\n\r") < 0 ? name : "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
