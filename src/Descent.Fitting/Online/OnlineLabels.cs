using System.Globalization;
using Descent.Data;
using Descent.Fitting.Families;

namespace Descent.Fitting.Online;

/// <summary>Labels of rows as they come: numbers, or one level against the rest; what the classes are is never waited for.</summary>
/// <param name="family">The family.</param>
/// <param name="level">The level that is asked for; null for numbers.</param>
/// <param name="target">Name of the target.</param>
/// <param name="source">Name of the input.</param>
sealed class OnlineLabels(ModelFamily family, string? level, string target, string source)
{
    readonly double number = level is not null && double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) ? x
        : double.NaN;
    double? low;

    /// <summary>Names of the classes, {other, positive}; null for numbers.</summary>
    public IReadOnlyList<string>? Classes => !family.HasClasses ? null
        : level is not null ? ["not " + level, level] : [Text.Exact(low ?? 0), "1"];

    /// <summary>Name of the target.</summary>
    public string Target => target;

    /// <summary>The label of a row from a number.</summary>
    /// <exception cref="DataException">It is none of the family.</exception>
    public double Of(double raw, long row)
    {
        if (family.HasClasses) return level is not null ? (raw == number ? 1 : 0) : Class(raw, row);
        family.CheckLabel(raw, target, source, row);
        return raw;
    }

    /// <summary>The label of a row from a text.</summary>
    public double Of(string text) => text == level ? 1 : 0;

    double Class(double raw, long row)
    {
        if (raw == 1) return 1;
        if (raw is 0 or -1 && (low ?? raw) == raw)
        {
            low = raw;
            return 0;
        }
        throw new DataException($"{source}, data row {row}: the label is {Text.Exact(raw)}; expected 1 and "
            + $"{(low is { } other ? Text.Exact(other) : "0 or -1")}, for a stream does not tell its classes beforehand. Name one level "
            + $"against the rest with `Target = {target}=LEVEL`.");
    }
}
