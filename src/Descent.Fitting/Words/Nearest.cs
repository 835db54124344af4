namespace Descent.Fitting.Words;

/// <summary>The known word that a mistyped one was likely meant to be.</summary>
static class Nearest
{
    /// <summary>
    /// The nearest word by letters put in, left out, changed or exchanged with a neighbour; null when none is near: more than a third of
    /// the letters differ.
    /// </summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        string? best = null;
        int least = Math.Max(1, word.TrimStart('-').Length / 3) + 1;
        foreach (string k in known)
        {
            int d = Distance(word, k);
            // A beginning is what one types who trusts completion.
            if (k.StartsWith(word, StringComparison.Ordinal) && word.TrimStart('-').Length >= 3) d = Math.Min(d, 1);
            if (d >= least) continue;
            (best, least) = (k, d);
        }
        return best;
    }

    /// <summary>" Did you mean X?", or nothing.</summary>
    public static string Question(string word, IEnumerable<string> known) => To(word, known) is { } k ? $" Did you mean {k}?" : "";

    // Damerau and Levenshtein, with exchanges of neighbours that are not edited again.
    static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 20 || a.Length > 60) return int.MaxValue;
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
