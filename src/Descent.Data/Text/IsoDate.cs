namespace Descent.Data.Text;

/// <summary>
/// Dates of ISO 8601 as files write them: <c>2024-01-31</c>, with a time behind T or a blank, <c>10:20</c>, <c>10:20:30</c>,
/// <c>10:20:30.5</c>, and a zone behind that, Z, +02, +0200 or +02:00.
/// </summary>
static class IsoDate
{
    /// <summary>The moment that a text says, and whether it says a zone: then the moment is in UTC.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTime moment, out bool hasZone)
    {
        (moment, hasZone) = (default, false);
        if (text.Length < 10 || text[4] != '-' || text[7] != '-' || !Digits(text[..4], out int year) || !Digits(text[5..7], out int month)
            || !Digits(text[8..10], out int day) || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        moment = new DateTime(year, month, day);
        return text.Length == 10 || (text[10] is 'T' or 't' or ' ' && Time(text[11..], ref moment, ref hasZone));
    }

    static bool Time(ReadOnlySpan<char> text, ref DateTime moment, ref bool hasZone)
    {
        if (text.Length < 5 || text[2] != ':' || !Digits(text[..2], out int hour) || !Digits(text[3..5], out int minute) || hour > 23
            || minute > 59) return false;
        long ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        text = text[5..];
        if (text.Length >= 3 && text[0] == ':')
        {
            if (!Digits(text[1..3], out int second) || second > 59) return false;
            ticks += second * TimeSpan.TicksPerSecond;
            text = text[3..];
            if (text.Length > 1 && text[0] == '.')
            {
                int end = 1;
                long unit = TimeSpan.TicksPerSecond;
                for (; end < text.Length && char.IsAsciiDigit(text[end]); end++) ticks += (unit /= 10) * (text[end] - '0');
                if (end == 1) return false;
                text = text[end..];
            }
        }
        hasZone = text.Length > 0;
        if (!Zone(text, out long zone)) return false;
        ticks += moment.Ticks - zone;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        moment = new DateTime(ticks);
        return true;
    }

    static bool Zone(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.Length == 0 || text is "Z" or "z") return true;
        if (text[0] is not ('+' or '-') || text.Length is not (3 or 5 or 6) || (text.Length == 6 && text[3] != ':')
            || !Digits(text[1..3], out int hours) || hours > 14) return false;
        int minutes = 0;
        if (text.Length > 3 && (!Digits(text[^2..], out minutes) || minutes > 59)) return false;
        ticks = ((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute)) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    static bool Digits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = (value * 10) + (c - '0');
        }
        return true;
    }
}
