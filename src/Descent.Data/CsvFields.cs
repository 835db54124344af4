using System.Text;

namespace Descent.Data;

/// <summary>Splits one line into fields, for headers and for the rows that types are inferred from.</summary>
static class CsvFields
{
    public static List<string> Split(string line, char separator)
    {
        List<string> fields = [];
        int i = 0;
        if (separator == ' ') line = line.Trim();
        while (true)
        {
            StringBuilder field = new();
            while (i < line.Length && line[i] == ' ' && separator != ' ') i++;
            if (i < line.Length && line[i] is '"' or '\'') i = Quoted(line, i, separator, field);
            while (i < line.Length && line[i] != separator) field.Append(line[i++]);
            fields.Add(field.ToString());
            if (i >= line.Length) return fields;
            i++;
            if (separator == ' ')
                while (i < line.Length && line[i] == ' ') i++;
        }
    }

    static int Quoted(string line, int i, char separator, StringBuilder field)
    {
        char quote = line[i];
        int close = i + 1;
        StringBuilder inside = new();
        while (close < line.Length)
        {
            if (line[close] == quote)
            {
                if (close + 1 < line.Length && line[close + 1] == quote) close++;
                else break;
            }
            inside.Append(line[close++]);
        }
        // A quote counts only when it closes at the end of the field; an apostrophe inside a word is just that.
        if (close >= line.Length || (close + 1 < line.Length && line[close + 1] != separator)) return i;
        field.Append(inside);
        return close + 1;
    }
}
