using Descent.Data.Text;

namespace Descent.Data;

/// <summary>Lines before the first record that are none: blank ones, and comments behind #.</summary>
static class CsvComments
{
    // Blank lines and lines that begin with #; where the last of these stands, if the first record follows it at once.
    public static (int Position, int Count, int Last) Pass(LineBuffer buffer, int position, ref long line)
    {
        int count = 0, last = -1;
        while (position < buffer.End)
        {
            if (CsvRecord.IsBlankLine(buffer.Bytes, ref position, 0))
            {
                line++;
                last = -1;
                continue;
            }
            if (buffer.Bytes[position] != '#') break;
            int next = CsvRecord.LineEnd(buffer.Bytes, position, buffer.End, ref line);
            if (next >= buffer.End)
            {
                line--;
                break;
            }
            (last, position) = (position, next);
            count++;
        }
        return (Math.Min(position, buffer.End), count, last);
    }

    // “#id,x,y” above rows of three fields is a header, “# made by hand” is a comment.
    public static bool IsHeaderBehindHash(LineBuffer buffer, int at, int position, char separator)
    {
        List<CsvField> fields = [];
        long line = 0;
        if (CsvRecord.Read(buffer.Bytes, at, position, (byte)separator, fields, ref line) != position || fields.Count < 2) return false;
        CsvSample rest = CsvSample.Take(buffer, position, 1, (byte)separator, CsvSeparator.LookAt);
        CellText cells = new([], '.');
        return rest.Width().Width == fields.Count && rest.Records.Count > 0
            && rest.Records[0].Any(f => cells.KindOf(buffer.Bytes.AsSpan(f.Start, f.Length)) == CellKind.Number);
    }
}
