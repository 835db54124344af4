using System.CommandLine;

namespace Descent.Cli.Commands;

/// <summary>The options that say how data is read, for the commands that apply a model.</summary>
sealed class ReadingOptions
{
    readonly Argument<string[]> data =
        new("DATA") { Description = "Data file, in the form of the training data.", Arity = ArgumentArity.ZeroOrMore };
    readonly SourceOptions sources = new();
    readonly Option<string?> labels = new("--labels") { Description = "IDX or NPY file of labels." };
    readonly Option<string?> format =
        new("--format") { Description = "csv, tsv, jsonl, libsvm, vw, idx or npy. Default: as in the training data." };
    readonly Option<string?> missing =
        new("--missing")
        {
            Description = "Missing values: fail, skip the row, mean, median or mode of the training data, for all columns or as "
                + "age=skip,*=mean. Default: what the fit filled in, and fail for other columns.",
        };
    readonly Option<string> onBadRow =
        new("--on-bad-row") { Description = "Rows that cannot be read: fail or skip.", DefaultValueFactory = _ => "fail" };
    readonly Option<string> header =
        new("--header")
        {
            Description = "Whether the first line holds names: auto (as in the training data), yes or no.",
            DefaultValueFactory = _ => "auto"
        };
    readonly Option<string?> separator =
        new("--separator") { Description = "Field separator: a character, tab or space. Default: as in the training data." };
    readonly Option<int?> skipLines =
        new("--skip-lines") { Description = "Lines to pass over at the start. Default: as in the training data." };
    readonly Option<string?> decimalSign =
        new("--decimal") { Description = "Decimal sign of the numbers: . or ,. Default: as in the training data." };
    readonly Option<string?> encoding = new("--encoding") { Description = "utf-8, utf-16 or latin1. Default: as in the training data." };
    readonly Option<string[]> missingWords =
        new("--missing-words", "--na")
        {
            Description = "Words that mean a missing value, besides those of the training data.",
            Arity = ArgumentArity.OneOrMore
        };
    readonly Option<bool> zeroBased =
        new("--zero-based") { Description = "LIBSVM columns are numbered from 0. Default: as in the training data." };

    public void AddTo(Command command)
    {
        command.Add(data);
        sources.AddTo(command, data);
        foreach (Option o in (Option[])[labels, format, missing, onBadRow, header, separator, skipLines, decimalSign, encoding,
            missingWords, zeroBased]) command.Add(o);
    }

    public DataSpec Read(ParseResult p)
    {
        Faults faults = new();
        DataSpec spec = sources.Read(p, Known(p.GetValue(data)!)) with
        {
            Labels = p.GetValue(labels),
            Format = faults.Of(() => OptionText.Format(p.GetValue(format))),
            Missing = faults.Of(() => OptionText.Missing(p.GetValue(missing)).All),
            MissingOf = faults.Of(() => OptionText.Missing(p.GetValue(missing)).Of) ?? [],
            SkipBadRows = faults.Of(() => OptionText.SkipBadRows(p.GetValue(onBadRow)!)),
            Header = faults.Of(() => OptionText.Header(p.GetValue(header)!)),
            Separator = faults.Of(() => OptionText.Separator(p.GetValue(separator), p.GetValue(format))),
            SkipLines = p.GetValue(skipLines),
            DecimalSign = faults.Of(() => OptionText.DecimalSign(p.GetValue(decimalSign))),
            Encoding = faults.Of(() => OptionText.Encoding(p.GetValue(encoding))),
            MissingWords = OptionText.Names(p.GetValue(missingWords)),
            ZeroBased = p.GetValue(zeroBased),
        };
        faults.Throw(spec.Faults());
        return spec;
    }

    static string[] Known(string[] files)
    {
        foreach (string f in files)
            if (f.Length > 1 && f[0] == '-') throw new UsageException($"the option '{f}' is not known.");
        return files;
    }
}
