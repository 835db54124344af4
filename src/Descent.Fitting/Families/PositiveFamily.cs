using Descent.Data;
using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>A family of means above 0 with log link: μ = e^η.</summary>
abstract class PositiveFamily<TLoss>(string name, LabelKind labels, params string[] aliases) : MeanFamily<TLoss>(name, labels, aliases)
    where TLoss : struct, IMarginLoss
{
    /// <summary>Whether a target of 0 may occur.</summary>
    protected abstract bool AllowsZero { get; }

    /// <inheritdoc/>
    public override double Response(double margin) => Elementary.Exp(margin);

    protected override double Slope(double margin) => Elementary.Exp(margin);

    protected override double Link(double mean) => mean > 0 ? Math.Log(mean) : 0;

    internal override void CheckLabels(ReadOnlySpan<double> labels, string name, string source)
    {
        for (int i = 0; i < labels.Length; i++)
            if (!(labels[i] > 0 || (AllowsZero && labels[i] == 0)))
                throw new DataException($"{source}, data row {i + 1}, column '{name}': found {Text.Exact(labels[i])}, expected "
                    + $"{(Labels == LabelKind.Counts ? "a count ≥ 0" : AllowsZero ? "a number ≥ 0" : "a number above 0")} for the "
                    + $"{Name} model.");
        if (labels.IndexOfAnyExcept(0.0) < 0)
            throw new DataException($"{source}, column '{name}': all values are 0; the {Name} model has no finite fit. Expected "
                + "at least one above 0.");
    }
}
