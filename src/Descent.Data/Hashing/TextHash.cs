using System.Text;

namespace Descent.Data.Hashing;

/// <summary>
/// Words of a text, and runs of neighbouring words, as counts in hashed columns. A word is two or more letters, digits or underscores in a
/// row, in lower case; a run is its words with a blank between. Each is hashed as Vowpal Wabbit hashes a name under a namespace.
/// </summary>
/// <param name="space">The namespace: the name of the column of texts.</param>
/// <param name="most">Words of the longest run.</param>
/// <param name="bits">Columns are 2^bits.</param>
sealed class TextHash(string space, int most, int bits)
{
    readonly uint seed = FeatureHash.Of(Encoding.UTF8.GetBytes(space), 0);
    readonly HashedRow row = new(bits);
    readonly List<(int From, int To)> words = [];

    /// <summary>The counts of a text, by ascending column; good until the next call.</summary>
    public HashedRow Of(string text)
    {
        ReadOnlySpan<byte> joined = Words(text);
        row.Clear();
        for (int first = 0; first < words.Count; first++)
            for (int last = first; last < Math.Min(first + most, words.Count); last++)
                row.Add(FeatureHash.Of(joined[words[first].From..words[last].To], seed), 1);
        row.Close();
        return row;
    }

    // The words with a blank between, and where each of them lies.
    byte[] Words(string text)
    {
        words.Clear();
        StringBuilder joined = new(text.Length), word = new();
        int bytes = 0, letters = 0;
        foreach (Rune r in (text.ToLowerInvariant() + ' ').EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(r) || Rune.IsNumber(r) || r.Value == '_')
            {
                word.Append(r.ToString());
                letters++;
                continue;
            }
            if (letters >= 2)
            {
                int length = Encoding.UTF8.GetByteCount(word.ToString());
                words.Add((bytes, bytes + length));
                joined.Append(word).Append(' ');
                bytes += length + 1;
            }
            word.Clear();
            letters = 0;
        }
        return Encoding.UTF8.GetBytes(joined.ToString());
    }
}
