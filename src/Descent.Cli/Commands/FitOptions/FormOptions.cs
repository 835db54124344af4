using System.CommandLine;
using Descent.Data;

namespace Descent.Cli.Commands.FitOptions;

/// <summary>How the text of the data is read, and what becomes of what is missing.</summary>
sealed class FormOptions : OptionGroup
{
    readonly Option<string> missing, onBadRow, header;
    readonly Option<string?> format, separator, decimalSign, encoding, cacheFolder;
    readonly Option<int> skipLines, maxFeatures;
    readonly Option<string[]> missingWords;
    readonly Option<bool> zeroBased, cache, noCache;

    public FormOptions()
    {
        missing = Add("--missing", "Missing values: fail, skip the row, mean, median or mode (of the training rows), for all columns or as "
            + "age=median+indicator,income=skip,*=fail; +indicator adds a column NAME_missing.", "fail");
        onBadRow = Add("--on-bad-row", "Rows that cannot be read: fail or skip (counted).", "fail");
        format = Optional("--format", "csv, tsv, jsonl, libsvm, vw, idx or npy. Default: by content.");
        header = Add("--header", "Whether the first line holds names: auto, yes or no.", "auto");
        separator = Optional("--separator", "Field separator: a character, tab or space. Default: by content.");
        skipLines = Add("--skip-lines", "Lines to pass over at the start.", 0);
        decimalSign = Optional("--decimal", "Decimal sign of the numbers: . or ,. Default: by content.");
        encoding = Optional("--encoding", "utf-8, utf-16 or latin1. Default: UTF-8, or UTF-16 by its byte order mark.");
        missingWords =
            List("--missing-words", "Words that mean a missing value, a,b,c, besides the empty field, NA, N/A, NaN, null, None and ?.",
                "--na");
        maxFeatures = Add("--max-features", "Largest LIBSVM column number taken for meant.", Descent.Data.LibsvmReader.DefaultLimit);
        zeroBased = Add("--zero-based", "LIBSVM columns are numbered from 0.", false);
        cache = Add("--cache", "Keep what was read as a file beside the data, which later runs map instead of reading the text again.",
            false);
        cacheFolder = Optional("--cache-dir", "Folder for --cache, and for rows that memory has no room for. Default: beside the data, and "
            + "the folder for temporary files.");
        noCache = Add("--no-cache", "Read the text though a cache of it is there.", false);
    }

    /// <summary>Adds to what is read how it is read.</summary>
    public DataSpec Read(ParseResult p, DataSpec data, Faults faults) => data with
    {
        Format = faults.Of(() => OptionText.Format(p.GetValue(format))),
        Missing = faults.Of(() => OptionText.Missing(p.GetValue(missing)).All),
        MissingOf = faults.Of(() => OptionText.Missing(p.GetValue(missing)).Of) ?? [],
        SkipBadRows = faults.Of(() => OptionText.SkipBadRows(p.GetValue(onBadRow)!)),
        Header = faults.Of(() => OptionText.Header(p.GetValue(header)!)),
        Separator = faults.Of(() => OptionText.Separator(p.GetValue(separator), p.GetValue(format))),
        SkipLines = p.GetValue(skipLines),
        DecimalSign = faults.Of(() => OptionText.DecimalSign(p.GetValue(decimalSign))),
        Encoding = faults.Of(() => OptionText.Encoding(p.GetValue(encoding))),
        Cache = new CacheSpec { Use = !p.GetValue(noCache), Write = p.GetValue(cache), Folder = p.GetValue(cacheFolder) },
        MissingWords = OptionText.Names(p.GetValue(missingWords)),
        LargestColumn = p.GetValue(maxFeatures),
        ZeroBased = p.GetValue(zeroBased),
    };
}
