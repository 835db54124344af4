using Descent.Data;
using Descent.Fitting.Design;

namespace Descent.Fitting.Families;

/// <summary>Poisson regression with log link: the mean of a count.</summary>
sealed class PoissonFamily() : ModelFamily("poisson", LabelKind.Counts)
{
    /// <inheritdoc/>
    public override double Response(double margin) => Elementary.Exp(margin);

    internal override void CheckLabels(ReadOnlySpan<double> labels, string name, string source)
    {
        for (int i = 0; i < labels.Length; i++)
            if (labels[i] < 0) throw new DataException($"{source}, data row {i + 1}, column '{name}': found {Text.Exact(labels[i])}, expected a count ≥ 0 for the Poisson model.");
        if (labels.IndexOfAnyExcept(0.0) < 0)
            throw new DataException($"{source}, column '{name}': all counts are 0; the Poisson model has no finite fit. Expected at least one positive count.");
    }

    internal override string Describe(FitSpec spec, LoadedData data) => $"Poisson with log link: E {data.Target} = exp(x·w{(!spec.Model.Intercept ? "" : " + b")})";

    internal override string Loss => "mean of e^(x·w) − y x·w (without log y!)";
}
