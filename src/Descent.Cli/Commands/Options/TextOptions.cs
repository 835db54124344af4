using System.CommandLine;

namespace Descent.Cli.Commands.Options;

/// <summary>How a text of separated fields is read, for the commands that learn from one.</summary>
sealed class TextOptions : OptionGroup
{
    readonly Option<string> onBadRow, header;
    readonly Option<string?> separator, decimalSign, encoding;
    readonly Option<int> skipLines;
    readonly Option<string[]> missingWords;

    public TextOptions()
    {
        missingWords = List("--missing-words",
            "Words that mean a missing value, a,b,c, besides the empty field, NA, N/A, NaN, null, None and ?.", "--na");
        onBadRow = Add("--on-bad-row", "Rows that cannot be read: fail or skip (counted).", "fail");
        header = Add("--header", "Whether the first line holds names: auto, yes or no.", "auto");
        separator = Optional("--separator", "Field separator: a character, tab or space. Default: by content.");
        skipLines = Add("--skip-lines", "Lines to pass over at the start.", 0);
        decimalSign = Optional("--decimal", "Decimal sign of the numbers: . or ,. Default: by content.");
        encoding = Optional("--encoding", "utf-8, utf-16 or latin1. Default: UTF-8, or UTF-16 by its byte order mark.");
    }

    /// <summary>Adds to what is read how its text is read.</summary>
    /// <param name="p">The options as parsed.</param>
    /// <param name="data">What is read.</param>
    /// <param name="format">The format as it was given: tsv is one with a separator.</param>
    /// <param name="faults">Where faults go.</param>
    public DataSpec Read(ParseResult p, DataSpec data, string? format, Faults faults) => data with
    {
        SkipBadRows = faults.Of(() => OptionText.SkipBadRows(p.GetValue(onBadRow)!)),
        Header = faults.Of(() => OptionText.Header(p.GetValue(header)!)),
        Separator = faults.Of(() => OptionText.Separator(p.GetValue(separator), format)),
        SkipLines = p.GetValue(skipLines),
        DecimalSign = faults.Of(() => OptionText.DecimalSign(p.GetValue(decimalSign))),
        Encoding = faults.Of(() => OptionText.Encoding(p.GetValue(encoding))),
        MissingWords = OptionText.Names(p.GetValue(missingWords)),
    };
}
