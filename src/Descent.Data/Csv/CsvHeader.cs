using System.Globalization;

namespace Descent.Data;

/// <summary>Whether the first record holds names: column by column, against what stands below.</summary>
static class CsvHeader
{
    /// <param name="sample">Records, the doubtful one first.</param>
    /// <param name="data">The buffer they lie in.</param>
    /// <param name="below">What the records below it are.</param>
    /// <param name="cells">Numbers and words.</param>
    /// <param name="place">File and line, for messages.</param>
    /// <param name="notes">Receives what was assumed.</param>
    /// <exception cref="DataException">Some columns say names, others values.</exception>
    public static bool IsFirst(CsvSample sample, byte[] data, CsvTally[] below, CellText cells, string place, List<string> notes)
    {
        CsvField[] first = sample.Records[0];
        List<string> numbers = [];
        int names = 0, values = 0, words = 0, gaps = 0;
        for (int c = 0; c < first.Length; c++)
        {
            CellKind kind = cells.KindOf(data.AsSpan(first[c].Start, first[c].Length));
            if (kind == CellKind.Missing)
            {
                // A word for a missing value above numbers is a value; an empty field may be a column without a name.
                if (first[c].Length > 0 && c < below.Length && below[c].IsNumeric) gaps++;
                continue;
            }
            if (kind == CellKind.Word) words++;
            if (c >= below.Length || !below[c].IsNumeric) continue;
            if (kind == CellKind.Word) names++;
            else
            {
                values++;
                numbers.Add(first[c].Text(data));
            }
        }
        if (names > 0 && values > 0)
        {
            if (MayBeNames(numbers)) return true;
            if (numbers.Any(n => n.AsSpan().IndexOfAny(".,eE") >= 0)) return false;
            throw new DataException($"{place}: some fields of the first row look like names and others "
                + $"({string.Join(", ", numbers.Take(3))}) like values. Say `Header = yes` or `Header = no`.");
        }
        if (names > 0) return true;
        if (values > 0 || gaps > 0 || words == 0 || !AreNew(sample, data)) return false;
        if (sample.Records.Count > 1)
            notes.Add($"{place}: taken for names, though there are no numbers below to tell them from (`Header = no` if they are values)");
        return true;
    }

    // Years, or numbers in sequence from the first, head columns now and then: 2019,2020 or 0,1,2.
    static bool MayBeNames(List<string> numbers)
    {
        List<int> whole = [];
        foreach (string n in numbers)
        {
            if (!int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int x)) return false;
            whole.Add(x);
        }
        return whole.Distinct().Count() == whole.Count
            && (whole.All(x => x is >= 1000 and <= 2999)
                || (whole.Count > 2 && whole[0] is (0 or 1)
                && Enumerable.Range(1, whole.Count - 1).All(i => whole[i] == whole[i - 1] + 1)));
    }

    // Among words alone, names are what differs from each other and from everything below.
    static bool AreNew(CsvSample sample, byte[] data)
    {
        CsvField[] first = sample.Records[0];
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int c = 0; c < first.Length; c++)
        {
            if (first[c].Length == 0) continue;
            if (!seen.Add(Latin(first[c], data))) return false;
            ReadOnlySpan<byte> name = data.AsSpan(first[c].Start, first[c].Length);
            for (int r = 1; r < sample.Records.Count; r++)
            {
                CsvField[] record = sample.Records[r];
                if (c < record.Length && data.AsSpan(record[c].Start, record[c].Length).SequenceEqual(name)) return false;
            }
        }
        return true;
    }

    static string Latin(CsvField f, byte[] data) => System.Text.Encoding.Latin1.GetString(data, f.Start, f.Length);
}
