using System.Text;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>Tells a file's format by its first bytes, not by its name.</summary>
public static class FormatDetector
{
    /// <summary>The format of a file. Standard input cannot be looked at twice and counts as CSV.</summary>
    public static DataFormat Detect(string path)
    {
        if (path == "-") return DataFormat.Csv;
        byte[] head = new byte[4096];
        int got = 0;
        using (Stream stream = ByteSource.Open(path))
        {
            while (got < head.Length)
            {
                int more = ByteSource.Read(stream, head.AsSpan(got), path);
                if (more == 0) break;
                got += more;
            }
        }
        if (got >= 4 && head[0] == 0 && head[1] == 0 && head[3] is > 0 and <= 8) return DataFormat.Idx;
        foreach (string line in Encoding.UTF8.GetString(head, 0, got).Split('\n'))
        {
            string text = line.Split('#')[0].Trim();
            if (text.Length > 0) return IsLibsvm(text) ? DataFormat.Libsvm : DataFormat.Csv;
        }
        return DataFormat.Csv;
    }

    static bool IsLibsvm(string line)
    {
        string[] parts = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || !NumberParser.TryParseAll(Encoding.UTF8.GetBytes(parts[0]), out _)) return false;
        int colon = parts[1].IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && (parts[1].StartsWith("qid:", StringComparison.Ordinal) || parts[1].AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9') < 0);
    }
}
