using System.Globalization;
using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>A column that is made of another one of the table: a part of a date, or whether a value is missing.</summary>
sealed record DerivedColumn
{
    /// <summary>The part that says where a value is missing.</summary>
    public const string Missing = "missing";

    /// <summary>Its name, COLUMN_PART.</summary>
    public required string Name { get; init; }

    /// <summary>The column that it is made of.</summary>
    public required string Of { get; init; }

    /// <summary>missing, year, month, weekday, hour or elapsed.</summary>
    public required string Part { get; init; }

    /// <summary>Whether its numbers are levels.</summary>
    public bool IsFactor { get; init; }

    /// <summary>Whether the column that it is made of holds text.</summary>
    public bool OfText { get; init; }

    /// <summary>How dates are written; null for ISO 8601.</summary>
    public string? Format { get; init; }

    /// <summary>Whether it is a part of a date.</summary>
    internal bool IsOfDate() => Part != Missing;

    /// <summary>The column over the rows of a table.</summary>
    /// <param name="source">The column that it is made of.</param>
    /// <param name="moments">The moment of each level of a column of dates.</param>
    public Column Make(Column source, IReadOnlyList<DateTime>? moments)
    {
        double[] values = new double[source.IsText ? source.Codes.Length : source.Numbers.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = moments is null ? (source.IsMissing(i) ? 1 : 0) : PartOf(moments[source.Codes[i]]);
        return IsFactor ? Column.Of(Name, [.. values.Select(v => v.ToString(CultureInfo.InvariantCulture))]) : Column.Of(Name, values);
    }

    double PartOf(DateTime moment) => Part switch
    {
        "year" => moment.Year,
        "month" => moment.Month,
        "weekday" => moment.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)moment.DayOfWeek,
        "hour" => moment.Hour,
        _ => (moment.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerDay,
    };
}
