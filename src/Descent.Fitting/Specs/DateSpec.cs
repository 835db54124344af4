using System.Globalization;

namespace Descent.Fitting;

/// <summary>Columns of dates as they are asked for: COLUMN or COLUMN=FORMAT, and what is made of each.</summary>
static class DateSpec
{
    static readonly string[] known = ["year", "month", "weekday", "hour", "elapsed"];

    /// <summary>Column and format of an entry of `Dates`; null for ISO 8601.</summary>
    public static (string Column, string? Format) Of(string entry)
    {
        string[] parts = entry.Split('=', 2);
        return (parts[0].Trim(), parts.Length > 1 ? parts[1] : null);
    }

    /// <summary>The parts that are asked for, and which of them are levels.</summary>
    public static IReadOnlyList<(string Part, bool IsFactor)> Parts(DataSpec spec) =>
        spec.DateParts.Count == 0 ? [("elapsed", false)] : [.. spec.DateParts.Select(Part)];

    /// <summary>The parts that there are.</summary>
    public static IReadOnlyList<string> Known => known;

    public static IEnumerable<string> Faults(DataSpec spec)
    {
        if (spec.Dates.Count == 0 && spec.DateParts.Count > 0) yield return "`DateParts` are of columns of dates; name them in `Dates`.";
        foreach (string part in spec.DateParts)
            if (!known.Contains(Part(part).Part))
                yield return $"`DateParts` names '{part}'; expected {string.Join(", ", known)}, or factor(…) of one.";
        if (spec.DateParts.GroupBy(p => Part(p).Part).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return $"`DateParts` names '{twice.Key}' twice.";
        if (spec.Dates.GroupBy(d => Of(d).Column).FirstOrDefault(g => g.Count() > 1) is { } again)
            yield return $"`Dates` names '{again.Key}' twice.";
        foreach (string entry in spec.Dates)
        {
            (string column, string? format) = Of(entry);
            if (column.Length == 0 || (format is not null && !IsFormat(format)))
                yield return $"`Dates = {entry}`: expected COLUMN, or COLUMN=FORMAT with a day, a month and a year, as dd.MM.yyyy.";
            if (spec.MissingOf.GetValueOrDefault(column).Fills)
                yield return $"`Missing = {column}={spec.MissingOf[column]}`: '{column}' is a column of dates, in which nothing is filled "
                    + "in; expected fail or skip.";
            if (spec.Categorical.Contains(column))
                yield return $"'{column}' is named in `Dates` and in `Categorical`; leave one of the two out.";
        }
    }

    /// <summary>Whether a format can write a date and read it again.</summary>
    public static bool IsFormat(string format)
    {
        DateTime day = new(2024, 11, 23);
        try
        {
            return DateTime.TryParseExact(day.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture,
                DateTimeStyles.None, out DateTime back) && back.Date == day;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    static (string Part, bool IsFactor) Part(string written)
    {
        string name = written.Trim();
        foreach (string wrapper in (ReadOnlySpan<string>)["factor(", "C("])
            if (name.StartsWith(wrapper, StringComparison.Ordinal) && name.EndsWith(')')) return (name[wrapper.Length..^1], true);
        return (name, false);
    }
}
