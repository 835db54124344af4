using System.Globalization;

namespace Descent.Data;

/// <summary>
/// The little of Python's writing that heads of NPY files have: a dictionary of texts, truth values and tuples of numbers.
/// </summary>
sealed class PythonLiteral(string text, string name)
{
    int at;

    /// <exception cref="DataException">It is none; the place is said.</exception>
    public Dictionary<string, object> Dictionary()
    {
        Dictionary<string, object> entries = new(StringComparer.Ordinal);
        Expect('{');
        while (!Take('}'))
        {
            string key = Peek() is '\'' or '"' ? Word() : throw Wrong("a name in quotes");
            Expect(':');
            if (!entries.TryAdd(key, Value())) throw Wrong($"'{key}' once");
            if (!Take(',') && Peek() != '}') throw Wrong("',' or '}'");
        }
        return Peek() == '\0' ? entries : throw Wrong("the end");
    }

    object Value()
    {
        switch (Peek())
        {
            case '\'' or '"':
                return Word();
            case '(':
                return Tuple();
            case '[':
                // A list of fields: only that it is one matters.
                at = text.LastIndexOf(']') is var end and >= 0 ? end + 1 : throw Wrong("']'");
                return Array.Empty<string>();
            default:
                if (Take("True")) return true;
                if (Take("False")) return false;
                throw Wrong("a text, True, False or a tuple");
        }
    }

    long[] Tuple()
    {
        List<long> numbers = [];
        Expect('(');
        while (!Take(')'))
        {
            Peek();
            int from = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '-' && at == from))) at++;
            if (!long.TryParse(text.AsSpan(from, at - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n))
                throw Wrong("a length that fits in 64 bits");
            numbers.Add(n);
            // Python 2 wrote long numbers with an L.
            if (at < text.Length && text[at] == 'L') at++;
            if (!Take(',') && Peek() != ')') throw Wrong("',' or ')'");
        }
        return [.. numbers];
    }

    string Word()
    {
        char quote = text[at];
        int end = text.IndexOf(quote, at + 1);
        if (end < 0) throw Wrong("a closing quote");
        string word = text[(at + 1)..end];
        at = end + 1;
        return word;
    }

    char Peek()
    {
        while (at < text.Length && text[at] is ' ' or '\n' or '\t' or '\r') at++;
        return at < text.Length ? text[at] : '\0';
    }

    bool Take(char c)
    {
        if (Peek() != c) return false;
        at++;
        return true;
    }

    bool Take(string word)
    {
        if (!text.AsSpan(at).StartsWith(word, StringComparison.Ordinal)) return false;
        at += word.Length;
        return true;
    }

    void Expect(char c)
    {
        if (!Take(c)) throw Wrong($"'{c}'");
    }

    DataException Wrong(string expected) =>
        new($"{name}: the NPY header is damaged: at character {at + 1} expected {expected}, in {Messages.Shorten(text.Trim())}");
}
