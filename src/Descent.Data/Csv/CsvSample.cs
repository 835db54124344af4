using Descent.Data.Text;

namespace Descent.Data;

/// <summary>The first records of a file, cut into fields as the parser cuts them.</summary>
sealed class CsvSample
{
    const int Enough = 4, MostCells = 400_000;
    readonly List<CsvField[]> records = [];
    readonly List<long> lines = [];
    readonly List<int> ends = [];

    public IReadOnlyList<CsvField[]> Records => records;

    /// <summary>Number of each record's first line.</summary>
    public IReadOnlyList<long> Lines => lines;

    /// <summary>The byte behind each record.</summary>
    public IReadOnlyList<int> Ends => ends;

    /// <summary>Takes records from a position on; the buffer grows until some are whole, however long they are.</summary>
    public static CsvSample Take(LineBuffer buffer, int position, long line, byte separator, int most)
    {
        CsvSample sample = new();
        List<CsvField> fields = [];
        int cells = 0;
        // What comes as it is written is waited for, so that the look does not depend on who was faster.
        int enough = buffer.IsLive ? most : Enough;
        while (sample.records.Count < most && (cells < MostCells || sample.records.Count < Enough))
        {
            int safe = buffer.Finished ? buffer.End : buffer.Bytes.AsSpan(0, buffer.End).LastIndexOf((byte)'\n') + 1;
            int next = CsvRecord.Incomplete;
            long at = line;
            if (position < safe)
            {
                if (CsvRecord.IsBlankLine(buffer.Bytes, ref position, separator))
                {
                    line++;
                    continue;
                }
                fields.Clear();
                next = CsvRecord.Read(buffer.Bytes, position, safe, separator, fields, ref line);
            }
            if (next == CsvRecord.Incomplete)
            {
                line = at;
                if (buffer.Finished || sample.records.Count >= enough) break;
                buffer.Fill(0);
                continue;
            }
            cells += fields.Count;
            sample.records.Add([.. fields]);
            sample.lines.Add(at);
            sample.ends.Add(next);
            position = next;
        }
        return sample;
    }

    /// <summary>The number of fields that most records have, and the part of them that have it.</summary>
    public (int Width, double Share) Width()
    {
        if (records.Count == 0) return (0, 0);
        var most = records.GroupBy(r => r.Length).OrderByDescending(g => g.Count()).First();
        return (most.Key, (double)most.Count() / records.Count);
    }
}
