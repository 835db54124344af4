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
        return string.Join(' ', tokens.Select(t => t.Contains(' ', StringComparison.Ordinal) ? $"\"{t}\"" : t));
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
        bool quoted = false, any = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
                any = true;
            }
            else if (c == ' ' && !quoted)
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
