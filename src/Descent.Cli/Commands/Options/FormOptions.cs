using System.CommandLine;
using Descent.Data;

namespace Descent.Cli.Commands.Options;

/// <summary>What form the data has, how it is read, and what becomes of what is missing.</summary>
sealed class FormOptions : OptionGroup
{
    readonly Option<string> missing;
    readonly Option<string?> format;
    readonly Option<int> maxFeatures;
    readonly Option<bool> zeroBased;
    readonly TextOptions text = new();
    readonly CacheOptions cache = new();

    public FormOptions()
    {
        missing = Add("--missing", "Missing values: fail, skip the row, mean, median or mode (of the training rows), for all columns or as "
            + "age=median+indicator,income=skip,*=fail; +indicator adds a column NAME_missing.", "fail");
        format = Optional("--format", "csv, tsv, jsonl, libsvm, vw, idx or npy. Default: by content.");
        Add(text);
        maxFeatures = Add("--max-features", "Largest LIBSVM column number taken for meant.", LibsvmReader.DefaultLimit);
        zeroBased = Add("--zero-based", "LIBSVM columns are numbered from 0.", false);
        Add(cache);
    }

    /// <summary>Adds to what is read how it is read.</summary>
    public DataSpec Read(ParseResult p, DataSpec data, Faults faults) => text.Read(p, data, p.GetValue(format), faults) with
    {
        Format = faults.Of(() => OptionText.Format(p.GetValue(format))),
        Missing = faults.Of(() => OptionText.Missing(p.GetValue(missing)).All),
        MissingOf = faults.Of(() => OptionText.Missing(p.GetValue(missing)).Of) ?? [],
        Cache = cache.Read(p),
        LargestColumn = p.GetValue(maxFeatures),
        ZeroBased = p.GetValue(zeroBased),
    };
}
