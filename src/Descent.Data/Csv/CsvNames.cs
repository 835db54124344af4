using System.Globalization;
using System.Text;

namespace Descent.Data;

/// <summary>The names in a header.</summary>
static class CsvNames
{
    // Some collections begin with a line of counts, “rows, features, class names …”.
    public static string[]? Counted(CsvSample sample, byte[] data)
    {
        CsvField[] first = sample.Records[0];
        if (sample.Records.Count < 2 || first.Length < 3 || !IsCount(first[0], data, out _) || !IsCount(first[1], data, out int features))
            return null;
        if (sample.Records[1].Length != features + 1) return null;
        CellText cells = new([], '.');
        for (int c = 2; c < first.Length; c++)
            if (cells.KindOf(data.AsSpan(first[c].Start, first[c].Length)) != CellKind.Word) return null;
        return [.. Enumerable.Range(1, features).Select(i => "x" + i), "class"];
    }

    static bool IsCount(CsvField f, byte[] data, out int count) =>
        int.TryParse(data.AsSpan(f.Start, f.Length), NumberStyles.None, CultureInfo.InvariantCulture, out count);

    public static string[] Read(CsvField[] fields, byte[] data, int end, string file, long line)
    {
        CsvField last = fields[^1];
        int behind = last.Start + last.Length + (last.Quote != 0 ? 1 : 0);
        if (data.AsSpan(behind, end - behind).Trim(" \r\n"u8).Length > 0) throw new DataException(CsvRecord.Stray(file, line));
        string[] names = new string[fields.Length];
        for (int c = 0; c < names.Length; c++)
        {
            try
            {
                names[c] = fields[c].Text(data).Trim();
            }
            catch (DecoderFallbackException e)
            {
                throw new DataException($"{file}, line {line}, field {c + 1} of the header: the bytes are not UTF-8 text. Say "
                    + $"`Encoding = latin1` if the file is written so, or convert it, for example with iconv -f LATIN1 -t UTF-8.", e);
            }
        }
        return names;
    }

    public static void Check(string[] names, string file, long line)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        for (int c = 0; c < names.Length; c++)
        {
            if (names[c].Length == 0) names[c] = "c" + (c + 1);
            if (!seen.TryAdd(names[c], c))
                throw new DataException($"{file}, line {line}: the column name '{names[c]}' stands twice in the header (columns "
                    + $"{seen[names[c]] + 1} and {c + 1}). Expected distinct names; rename one.");
        }
    }
}
