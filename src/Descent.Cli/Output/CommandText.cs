using System.Text;

namespace Descent.Cli.Output;

/// <summary>Command lines as text: split at blanks outside quotes, changed option by option, joined again.</summary>
static class CommandText
{
    /// <summary>The line with an option set; a null value takes it away, an empty one sets a switch.</summary>
    public static string With(string line, string option, string? value)
    {
        List<string> tokens = Split(line);
        string[] names = [option, .. Aliases(option)];
        for (int i = tokens.Count - 1; i >= 0; i--)
        {
            string name = tokens[i].Split('=', 2)[0];
            if (!names.Contains(name)) continue;
            bool takes = !tokens[i].Contains('=', StringComparison.Ordinal)
                && option is not ("--standardize" or "--fix" or "--quiet" or "--json" or "--dry-run") && i + 1 < tokens.Count;
            tokens.RemoveRange(i, takes ? 2 : 1);
        }
        if (value is not null) tokens.Add(option);
        if (!string.IsNullOrEmpty(value)) tokens.Add(value);
        return string.Join(' ', tokens.Select(Quoted));
    }

    /// <summary>
    /// A word as a shell takes it for one: in double quotes where it holds blanks or signs that mean something there, in single ones where
    /// it holds double quotes itself.
    /// </summary>
    public static string Quoted(string word)
    {
        if (word.AsSpan().IndexOfAny(" ()'`$;&|<>\"") < 0) return word;
        return word.AsSpan().IndexOfAny("\"`$") < 0 ? $"\"{word}\"" : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    static string[] Aliases(string option) => option switch
    {
        "--lr" => ["--learning-rate", "--eta", "--step-size"],
        "--epochs" => ["--passes"],
        "--batch" => ["--batch-size"],
        "--method" => ["--solver", "--optimizer"],
        "--quiet" => ["-q"],
        _ => [],
    };

    static List<string> Split(string line)
    {
        List<string> tokens = [];
        StringBuilder token = new();
        bool any = false;
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == quote || (quote == 0 && c is '"' or '\''))
            {
                quote = c == quote ? '\0' : c;
                any = true;
            }
            else if (quote == 0 && c == '\\' && i + 1 < line.Length)
            {
                token.Append(line[++i]);
            }
            else if (c == ' ' && quote == 0)
            {
                if (any || token.Length > 0) tokens.Add(token.ToString());
                token.Clear();
                any = false;
            }
            else
            {
                token.Append(c);
            }
        }
        if (any || token.Length > 0) tokens.Add(token.ToString());
        return tokens;
    }
}
