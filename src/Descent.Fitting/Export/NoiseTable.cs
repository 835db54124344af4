using System.Globalization;
using System.Text;
using Descent.Models.Constants;
using Descent.Models.Linear;

namespace Descent.Fitting.Export;

/// <summary>
/// O7 from the command line: the covariance Σ(w) of single-example gradients at the fit, for the coefficients in the units of the columns,
/// as a CSV table with names.
/// </summary>
static class NoiseTable
{
    const int MostParameters = 5_000;

    /// <summary>The table and a sentence about it; no table, and the reason, where it cannot be had.</summary>
    public static (string? Table, string Sentence) Of(RiskFit fit)
    {
        if (fit.Data.Family.HasThresholds)
            return (null, "all margins of an ordinal model share their weights; rows have no gradient here.");
        if (!fit.Data.Family.HasLinearMargins)
            return (null, $"it is written of coefficients, and {Text.A(fit.Data.Family.Name)} model has factors beside them.");
        int d = fit.Parameters.Length;
        if (d > MostParameters)
            return (null, $"{Text.Plural(d, "parameter")} make a table of {Text.Bytes(8.0 * d * d)}; it is written for at most "
                + $"{MostParameters}.");
        // Penalties are the same in every example and cancel; so the objective of the plain columns is the right one whatever the solver
        // scaled.
        RiskFitter plain = new(fit.Spec with { Method = "gd", Model = fit.Spec.Model with { Standardise = false } }, fit.Data);
        plain.Scale();
        EmpiricalRisk<double> risk = plain.Risk!;
        if (risk.Dimension != d) return (null, "columns that depend on others were left out of the fit; leave them out of the data too.");
        double[] sigma = GradientNoise.Covariance(risk, fit.Parameters);
        string[] names = Names(fit, fit.Data);
        StringBuilder text = new();
        text.Append("parameter,").Append(string.Join(',', names.Select(Quoted))).Append('\n');
        for (int i = 0; i < d; i++)
            text.Append(Quoted(names[i])).Append(',')
                .Append(string.Join(',', Enumerable.Range(0, d)
                .Select(j => sigma[(i * d) + j].ToString("R", CultureInfo.InvariantCulture)))).Append('\n');
        double trace = Enumerable.Range(0, d).Sum(i => sigma[(i * d) + i]);
        return (text.ToString(), $"tr Σ = σ² = {Text.Number(trace)}: the variance of a single-example gradient at the fit");
    }

    // In the order of the parameters: the columns of each output, then the intercepts.
    static string[] Names(RiskFit fit, LoadedData data)
    {
        int outputs = fit.Outputs, shift = fit.HasReference ? 1 : 0;
        string Prefix(int output) => data.Family.HasOutputs ? data.Classes![output + shift] + ": " : "";
        IEnumerable<string> slopes = Enumerable.Range(0, outputs).SelectMany(c => data.Features.Select(f => Prefix(c) + f.Name));
        return !fit.Spec.Model.Intercept ? [.. slopes]
            : [.. slopes, .. Enumerable.Range(0, outputs).Select(c => Prefix(c) + "(Intercept)")];
    }

    static string Quoted(string name) => name.AsSpan().IndexOfAny(",\"\n\r") < 0 ? name
        : "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
