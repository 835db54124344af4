using Descent.Data.Text;

namespace Descent.Data;

/// <summary>Which character separates fields, and which is the decimal sign.</summary>
static class CsvSeparator
{
    /// <summary>Records that are cut by each separator in question.</summary>
    public const int LookAt = 100;

    // The separator that cuts most records into the same number of fields, and those into numbers.
    public static char Detect(LineBuffer buffer, int position, long line, int records = LookAt)
    {
        char best = '\0';
        double most = 0;
        CellText cells = new([], '.');
        foreach (char c in ",;\t|")
        {
            CsvSample sample = CsvSample.Take(buffer, position, line, (byte)c, Math.Min(records, LookAt));
            (int width, double share) = sample.Width();
            if (sample.Records.Count > 0 && width == 1 && sample.Records[0].Length > 1 && sample.Records.Count <= 2)
                width = sample.Records[0].Length;
            if (width < 2) continue;
            int numbers = 0, all = 0;
            foreach (CsvField[] record in sample.Records)
            {
                foreach (CsvField f in record)
                {
                    CellKind kind = cells.KindOf(buffer.Bytes.AsSpan(f.Start, f.Length));
                    all++;
                    if (kind is CellKind.Number or CellKind.Missing || (kind == CellKind.Dressed && c != ',')) numbers++;
                }
            }
            double score = share * (0.5 + ((double)numbers / all));
            if (score > most * (1 + 1e-9)) (best, most) = (c, score);
        }
        if (best != 0) return best;
        CsvSample blanks = CsvSample.Take(buffer, position, line, (byte)' ', Math.Min(records, LookAt));
        return blanks.Records.Count > 0 && blanks.Width().Width > 1 ? ' ' : ',';
    }

    // A comma is a decimal comma when some number proves it and no number has a point.
    public static char DetectDecimal(CsvTally[] tallies)
    {
        int commas = 0, points = 0;
        foreach (CsvTally t in tallies)
        {
            if (!t.IsNumeric) continue;
            commas += t.DecimalCommas;
            points += t.DecimalPoints;
        }
        return commas > 0 && points == 0 ? ',' : '.';
    }
}
