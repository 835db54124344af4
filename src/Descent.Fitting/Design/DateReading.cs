using System.Globalization;
using Descent.Data;
using Descent.Data.Text;

namespace Descent.Fitting.Design;

/// <summary>Columns of dates: which columns hold them, and the moment of each of their levels.</summary>
static class DateReading
{
    // Whole numbers of eight digits are days from here on.
    const int FirstDay = 19000101, LastDay = 21001231;

    /// <summary>The moments of the levels of a column; rows that say none are an error, or left out with `OnBadRow = skip`.</summary>
    /// <returns>The moments, and the message of the first row that was left out; null for none.</returns>
    /// <exception cref="DataException">A row has no date, or some say a zone and others none.</exception>
    public static (DateTime[] Moments, string? Left) Of(DataSpec spec, Table table, Column c, string? format, bool[] stays)
    {
        if (!c.IsText)
            throw new DataException($"{table.Source}, column '{c.Name}': holds numbers; expected dates as texts, which have all digits.");
        DateTime[] moments = new DateTime[c.Levels.Count];
        bool[] wrong = new bool[moments.Length], zoned = new bool[moments.Length];
        for (int k = 0; k < moments.Length; k++)
            wrong[k] = format is null ? !IsoDate.TryParse(c.Levels[k], out moments[k], out zoned[k])
                : !DateTime.TryParseExact(Whole(c.Levels[k], format), format, CultureInfo.InvariantCulture, DateTimeStyles.None,
                    out moments[k]);
        string? left = null;
        int one = -1, other = -1;
        for (int i = 0; i < c.Codes.Length; i++)
        {
            int k = c.Codes[i];
            if (wrong[k])
            {
                stays[i] = false;
                left ??= $"{table.Place(i)}, column '{c.Name}': {Found(c.Levels[k])}, expected a date "
                    + $"{(format is null ? "as 2024-01-31 or 2024-01-31T10:20:30 (ISO 8601)" : $"as '{format}'")}.";
                if (!spec.SkipBadRows)
                    throw new DataException($"{left} Mend the cell, leave such rows out with `OnBadRow = skip`, or say how dates are "
                        + $"written with `Dates = {c.Name}=FORMAT`.");
            }
            else if (zoned[k]) one = i;
            else other = i;
        }
        return one < 0 || other < 0 ? (moments, left)
            : throw new DataException($"{table.Source}, column '{c.Name}': data row {table.RowNumber(one)} says its zone "
                + $"('{c.Levels[c.Codes[one]]}') and data row {table.RowNumber(other)} says none "
                + $"('{c.Levels[c.Codes[other]]}'). Expected one or the other throughout.");
    }

    /// <summary>Whether every value of a column that nobody spoke of is a date, and what is then to be said; null where not.</summary>
    public static string? Looks(Column c)
    {
        if (c.IsText)
        {
            string? first = null, last = null;
            foreach (string level in c.Levels)
            {
                if (level == Column.MissingLevel) continue;
                if (!IsoDate.TryParse(level, out _, out _)) return null;
                if (first is null || string.CompareOrdinal(level, first) < 0) first = level;
                if (last is null || string.CompareOrdinal(level, last) > 0) last = level;
            }
            return first is null ? null : $"holds dates, {first} to {last}";
        }
        double least = double.NaN, most = double.NaN;
        foreach (double x in c.Numbers)
        {
            if (double.IsNaN(x)) continue;
            if (!IsDay(x)) return null;
            (least, most) = (x >= least ? least : x, x <= most ? most : x);
        }
        return double.IsNaN(least) || least == most ? null : FormattableString.Invariant($"holds numbers that are days, {least} to {most}");
    }

    // Levels that are numbers have lost the zeros before them.
    static string Whole(string level, string format) => level.All(char.IsAsciiDigit) ? level.PadLeft(format.Length, '0') : level;

    static bool IsDay(double x)
    {
        if (!(x is >= FirstDay and <= LastDay) || x != Math.Floor(x)) return false;
        int day = (int)x, month = day / 100 % 100;
        return month is >= 1 and <= 12 && day % 100 is var d && d >= 1 && d <= DateTime.DaysInMonth(day / 10000, month);
    }

    static string Found(string level) => level == Column.MissingLevel ? "the value is missing" : $"found '{Messages.Shorten(level)}'";
}
