namespace Descent.Data;

/// <summary>What the sampled cells of one column are.</summary>
struct CsvTally
{
    public int Numbers, Words, DecimalCommas, DecimalPoints;

    /// <summary>
    /// A column is numeric when at least half of its values are numbers, in whatever dress: the others are then errors, not levels.
    /// </summary>
    public readonly bool IsNumeric => Numbers > 0 && Numbers >= Words;

    public readonly bool IsEmpty => Numbers + Words == 0;

    public static CsvTally[] Of(CsvSample sample, byte[] data, int from, int columns, CellText cells)
    {
        CsvTally[] tallies = new CsvTally[columns];
        for (int r = from; r < sample.Records.Count; r++)
        {
            CsvField[] record = sample.Records[r];
            for (int c = 0; c < Math.Min(columns, record.Length); c++)
                tallies[c].Add(data.AsSpan(record[c].Start, record[c].Length), cells);
        }
        return tallies;
    }

    void Add(ReadOnlySpan<byte> field, CellText cells)
    {
        switch (cells.KindOf(field))
        {
            case CellKind.Missing:
                break;
            case CellKind.Word:
                Words++;
                break;
            case CellKind.Number:
                Numbers++;
                if (field.Contains((byte)'.')) DecimalPoints++;
                if (field.Contains((byte)',')) DecimalCommas++;
                break;
            default:
                Numbers++;
                if (CellText.HasDecimalComma(CsvRecord.Strict.GetString(field))) DecimalCommas++;
                break;
        }
    }
}
