using System.CommandLine;
using Descent.Cli.Output;
using Descent.Data;
using Descent.Estimating;

namespace Descent.Cli.Commands;

/// <summary><c>descent estimate</c>.</summary>
sealed class EstimateCommand
{
    readonly Argument<string> data = new("DATA")
    {
        Description = "CSV or TSV file, plain, .gz, .zst or .br, or raw numbers; - for standard input."
    };
    readonly Option<string?> column = new("--column", "-c") { Description = "The column. Default: the only one." };
    readonly Option<bool> mean = new("--mean") { Description = "The mean and the variance." };
    readonly Option<bool> median = new("--median") { Description = "The median." };
    readonly Option<string?> quantiles = new("--quantiles") { Description = "Quantiles, 0.5,0.9,0.99." };
    readonly Option<string?> expectiles = new("--expectiles") { Description = "Expectiles, 0.9." };
    readonly Option<string?> trimmed =
        new("--trimmed") { Description = "Means without this share of the smallest and of the largest numbers each, 0.1." };
    readonly Option<bool> huber = new("--huber")
    {
        Description = "Huber's location, with 1.345 times the normalised median absolute deviation as its threshold, or --delta."
    };
    readonly Option<double?> delta = new("--delta") { Description = "Threshold δ of --huber, in the unit of the column." };
    readonly Option<double> level = new("--level") { Description = "Level of the intervals.", DefaultValueFactory = _ => 0.95 };
    readonly Option<string?> format = new("--format")
    {
        Description = "csv, tsv, or raw little-endian numbers: f64 (doubles), f32 (singles). Default: csv."
    };
    readonly Option<string> missing = new("--missing")
    {
        Description = "Missing values (NaN in raw numbers): fail, or skip and count.",
        DefaultValueFactory = _ => "fail"
    };
    readonly Option<string[]> missingWords =
        new("--missing-words", "--na") { Description = "Words that mean a missing value, a,b,c.", Arity = ArgumentArity.OneOrMore };
    readonly Option<string> onBadRow =
        new("--on-bad-row") { Description = "Rows that cannot be read: fail, or skip and count.", DefaultValueFactory = _ => "fail" };
    readonly Option<string> header =
        new("--header") { Description = "Whether the first line holds names: auto, yes or no.", DefaultValueFactory = _ => "auto" };
    readonly Option<string?> separator =
        new("--separator") { Description = "Field separator: a character, tab or space. Default: by content." };
    readonly Option<int> skipLines = new("--skip-lines") { Description = "Lines to pass over at the start." };
    readonly Option<string?> decimalSign = new("--decimal") { Description = "Decimal sign of the numbers: . or ,. Default: by content." };
    readonly Option<string?> encoding =
        new("--encoding") { Description = "utf-8, utf-16 or latin1. Default: UTF-8, or UTF-16 by its byte order mark." };
    readonly Option<string?> save = new("--out", "-o") { Description = "Write the result to this JSON file." };
    readonly Option<string?> report = new("--report")
    {
        Description = "Write the estimates and their paths with intervals to this HTML file."
    };
    readonly Option<bool> json = new("--json") { Description = "Print the result as JSON." };
    readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Print the estimates alone, one a line." };

    public static Command Build() => new EstimateCommand().Declared();

    Command Declared()
    {
        Command command = new("estimate", "Estimates means, quantiles and robust locations of a column in one pass, however long it "
            + "is, with standard errors and intervals.\n\nExamples:\n  descent estimate iris.csv --column sepal_length --mean --huber\n"
            + "  zcat log.csv.gz | descent estimate - --column latency --quantiles 0.5,0.9,0.99 --missing skip\n"
            + "  descent estimate numbers.f64 --format f64 --median --trimmed 0.1 --level 0.99 --json\n"
            + "  descent estimate iris.csv --column sepal_length --out sepals.json --report sepals.html")
        { data, column, mean, median, quantiles, expectiles, trimmed, huber, delta, level, format, missing, missingWords, onBadRow,
            header, separator, skipLines, decimalSign, encoding, save, report, json, quiet };
        command.SetAction(p => Run(Read(p), p.GetValue(json), p.GetValue(quiet)));
        return command;
    }

    EstimateRequest Read(ParseResult p)
    {
        Faults faults = new();
        IReadOnlyList<AskedEstimate> asked = faults.Of(() => Asked(p)) ?? [];
        string? kind = p.GetValue(format);
        int? bytes = kind switch { "f64" => 8, "f32" => 4, _ => null };
        if (kind is not (null or "csv" or "tsv" or "f64" or "f32")) faults.Add($"--format is '{kind}'; expected csv, tsv, f64 or f32.");
        if (p.GetValue(level) is not (> 0 and < 0.9999))
            faults.Add($"--level is {Text.Number(p.GetValue(level))}; expected a number between 0 and 0.9999.");
        if (bytes is not null && p.GetValue(column) is not null)
            faults.Add($"--column means nothing to --format {kind}, which has no columns.");
        if (p.GetValue(skipLines) < 0) faults.Add($"--skip-lines is {p.GetValue(skipLines)}; expected a number of lines ≥ 0.");
        CsvOptions? reading = faults.Of(() => Reading(p));
        faults.Throw([]);
        return new(p.GetValue(data)!, p.GetValue(column), asked, p.GetValue(level))
        {
            Bytes = bytes,
            Reading = reading!,
            Format = kind ?? "csv",
            Delta = p.GetValue(delta),
            Caller = CommandLineCaller.Of(p),
            Output = new() { Model = p.GetValue(save), Report = p.GetValue(report) },
        };
    }

    CsvOptions Reading(ParseResult p) => new()
    {
        NumbersOnly = true,
        Separator = OptionText.Separator(p.GetValue(separator), p.GetValue(format)) ?? '\0',
        Header = OptionText.Header(p.GetValue(header)!),
        Decimal = OptionText.DecimalSign(p.GetValue(decimalSign)) ?? '\0',
        Encoding = OptionText.Encoding(p.GetValue(encoding)),
        SkipLines = p.GetValue(skipLines),
        MissingWords = OptionText.Names(p.GetValue(missingWords)),
        SkipBadRows = OptionText.SkipBadRows(p.GetValue(onBadRow)!),
        Missing = p.GetValue(missing) switch
        {
            "fail" => MissingPolicy.Fail,
            "skip" => MissingPolicy.Skip,
            string other => throw new UsageException($"--missing is '{other}'; expected fail or skip."),
            null => MissingPolicy.Fail,
        },
    };

    List<AskedEstimate> Asked(ParseResult p)
    {
        double[] taus = EstimateRequest.Shares("--quantiles", p.GetValue(quantiles), 1);
        double[] sides = EstimateRequest.Shares("--expectiles", p.GetValue(expectiles), 1);
        double[] shares = EstimateRequest.Shares("--trimmed", p.GetValue(trimmed), 0.5);
        double? threshold = p.GetValue(delta);
        if (threshold is { } d && !(d > 0 && double.IsFinite(d)))
            throw new UsageException($"--delta is {Text.Number(d)}; expected a number above 0.");
        if (threshold is not null && !p.GetValue(huber))
            throw new UsageException("--delta is the threshold of --huber, which is not asked for.");
        bool none = !p.GetValue(mean) && !p.GetValue(median) && !p.GetValue(huber) && taus.Length + sides.Length + shares.Length == 0;
        List<AskedEstimate> all = [];
        if (p.GetValue(mean) || none) all.AddRange([new("mean", new StreamingMean()), new("variance", new StreamingVariance())]);
        if (p.GetValue(median) || none) all.Add(new("median", new StreamingQuantile(0.5)));
        foreach (double t in taus) all.Add(new($"quantile {Text.Exact(t)}", new StreamingQuantile(t)));
        foreach (double t in sides) all.Add(new($"expectile {Text.Exact(t)}", new StreamingExpectile(t)));
        foreach (double a in shares) all.Add(new($"trimmed mean {Text.Exact(a)}", new StreamingTrimmedMean(a)));
        if (p.GetValue(huber)) all.Add(new("huber", threshold is { } given ? StreamingHuber.WithThreshold(given) : new StreamingHuber()));
        return all;
    }

    static int Run(EstimateRequest request, bool asJson, bool shortly)
    {
        Outputs.Check([new("--out", request.Output.Model), new("--report", request.Output.Report)], [request.Path]);
        // Lives until the result is written: a signal that ended the reading must not end the writing.
        using Interruption stop = new();
        EstimatePath path = new(request.Asked, request.Level, request.Output.Report is not null);
        StreamedNumbers read = request.Run(path, () => stop.Token.IsCancellationRequested);
        stop.Finishing();
        bool interrupted = stop.Token.IsCancellationRequested;
        ErrorStream.Say([.. read.Notes, .. Skipped(read)]);
        if (read.Rows == 0) throw new DataException(Nothing(request, read));
        path.End();
        EstimateAccount account = new(request, read, interrupted);
        Console.Out.Write(asJson ? account.Json() + "\n" : shortly ? account.Short() : account.Printed());
        Saving saving = new();
        if (request.Output.Model is { } file) saving.Text(file, account.Json() + "\n");
        if (request.Output.Report is { } page) saving.Text(page, new EstimateReport(account, request, path).Html(DateTimeOffset.Now));
        return saving.End(interrupted ? ExitCode.Interrupted : ExitCode.Done);
    }

    static string[] Skipped(StreamedNumbers read) =>
        read.Skipped == 0 ? [] : [$"{Text.Plural(read.Skipped, "row")} left out; the first: {read.FirstSkip}"];

    static string Nothing(EstimateRequest request, StreamedNumbers read) => $"{Descent.Data.Text.ByteSource.NameOf(request.Path)}: "
        + (read.Missing + read.Skipped == 0 ? "holds no numbers."
            : $"holds no numbers: {Text.Count(read.Missing)} missing, {Text.Plural(read.Skipped, "row")} left out.")
        + " An estimate needs at least one.";
}
