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

    internal override string? WrongLabel(double label) => label > 0 || (AllowsZero && label == 0) ? null
        : $"{(Labels == LabelKind.Counts ? "a count ≥ 0" : AllowsZero ? "a number ≥ 0" : "a number above 0")} for the {Name} model";

    internal override string? WrongTogether(ReadOnlySpan<double> labels) => labels.IndexOfAnyExcept(0.0) >= 0 ? null
        : $"all values are 0; the {Name} model has no finite fit. Expected at least one above 0.";
}
