using System.Text;

namespace Descent.Surface;

/// <summary>Paragraphs of generated pages, in lines that a person can read in a difference.</summary>
static class Prose
{
    /// <summary>The longest line, in code and in prose: .editorconfig says the same.</summary>
    public const int Columns = 140;

    /// <summary>Sets words in lines; what stands between backquotes stays together,
    /// and no line begins as a list or a heading would.</summary>
    public static string Wrap(string paragraph)
    {
        StringBuilder text = new();
        int length = 0;
        foreach (string word in Words(paragraph))
        {
            bool fits = length + 1 + word.Length <= Columns;
            if (length > 0) text.Append(fits ? ' ' : '\n');
            length = length > 0 && fits ? length + 1 + word.Length : word.Length;
            text.Append(word);
        }
        return text.ToString();
    }

    static bool IsMarker(string word) => word is "-" or "+" or "*" or ">" or "=" || word[0] == '#'
        || (char.IsAsciiDigit(word[0]) && word[^1] is '.' or ')');

    // What no line may end within: words, texts in backquotes, and a mark that would begin a list together with the word before it.
    static List<string> Words(string paragraph)
    {
        List<string> words = [];
        bool code = false;
        foreach (string part in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (words.Count > 0 && (code || IsMarker(part))) words[^1] += " " + part;
            else words.Add(part);
            code ^= part.Count(c => c == '`') % 2 == 1;
        }
        return words;
    }
}
