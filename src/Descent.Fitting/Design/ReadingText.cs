using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>The words of the options that say how data is read.</summary>
static class ReadingText
{
    public static DataFormat? Format(string? text) => text switch
    {
        null => null,
        "csv" or "tsv" => DataFormat.Csv,
        "libsvm" or "svmlight" => DataFormat.Libsvm,
        "idx" => DataFormat.Idx,
        _ => throw new UsageException($"--format is '{text}'; expected csv, tsv, libsvm or idx."),
    };

    public static bool? Header(string text) => text switch
    {
        "auto" => null,
        "yes" => true,
        "no" => false,
        _ => throw new UsageException($"--header is '{text}'; expected auto, yes or no."),
    };

    public static MissingPolicy Missing(string text) => text switch
    {
        "fail" => MissingPolicy.Fail,
        "skip" => MissingPolicy.Skip,
        // Means are those of the training rows, which the reader does not know.
        "mean" => MissingPolicy.Keep,
        _ => throw new UsageException($"--missing is '{text}'; expected fail, skip or mean."),
    };

    public static bool SkipBadRows(string text) => text switch
    {
        "fail" => false,
        "skip" => true,
        _ => throw new UsageException($"--on-bad-row is '{text}'; expected fail or skip."),
    };

    public static char Separator(FitRequest request) => request.Separator switch
    {
        null => request.Format == "tsv" ? '\t' : '\0',
        "tab" or "\\t" or "\t" => '\t',
        "space" or " " => ' ',
        { Length: 1 } s when s[0] is > ' ' and < '\x7F' and not ('"' or '\'') && !char.IsAsciiLetterOrDigit(s[0]) => s[0],
        _ => throw new UsageException($"--separator is '{request.Separator}'; expected one character that is no letter, digit or quote, or 'tab' or 'space'."),
    };

    public static string? DecimalSign(string? text) => text switch
    {
        null or "." or "," => text,
        "point" => ".",
        "comma" => ",",
        _ => throw new UsageException($"--decimal is '{text}'; expected . or ,."),
    };

    public static string? Encoding(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "utf-8" or "utf8" => "utf-8",
        "utf-16" or "utf16" or "unicode" => "utf-16",
        "latin1" or "latin-1" or "iso-8859-1" => "latin1",
        _ => throw new UsageException($"--encoding is '{text}'; expected utf-8, utf-16 or latin1."),
    };

    /// <summary>The separator in words.</summary>
    public static string Name(char separator) => separator switch
    {
        '\t' => "tab",
        ' ' => "blank",
        _ => $"'{separator}'",
    };
}
