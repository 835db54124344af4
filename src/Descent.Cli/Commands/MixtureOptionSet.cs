using System.CommandLine;
using Descent.Data;
using Descent.Cli.Output;
using Descent.Mixtures.Search;

namespace Descent.Cli.Commands;

/// <summary>The options of <c>descent mixture</c>, and what they ask for.</summary>
sealed class MixtureOptionSet
{
    readonly List<Option> all = [];
    readonly Argument<string[]> data = new("DATA")
    {
        Description = "Data files: CSV, TSV, JSON lines, NPY or NPZ, plain, .gz, .zst or .br; Parquet or Arrow files, or a folder of them. "
            + "- reads standard input.",
        Arity = ArgumentArity.ZeroOrMore
    };
    readonly SourceOptions sources = new();
    readonly Option<string> components, family, covariance, choose, method, errors, missing, onBadRow, header;
    readonly Option<string[]> features, exclude, missingWords;
    readonly Option<int> restarts, skipLines;
    readonly Option<int?> batch;
    readonly Option<double> tolerance;
    readonly Option<long?> passes;
    readonly Option<ulong> seed;
    readonly Option<int?> threads;
    readonly Option<string?> target, trials, weights, groups, format, separator, decimalSign, encoding, cacheFolder, order, output, report;
    readonly Option<bool> cache, noCache, json, quiet;

    public MixtureOptionSet()
    {
        MixtureOptions otherwise = new();
        all.AddRange(sources.All);
        components = Word("--components", "Number K of components (states, factors), or a range LEAST..MOST to choose from, as in 2..8. "
            + "missing-normal has one.", "2");
        family = Word("--family", $"What the components are: {MixtureFamilies.Names}.", MixtureFamilies.Gaussian.Name);
        covariance = Word("--covariance", "What covariances share: full (each its own), tied (one for all), diagonal or spherical.",
            "full");
        choose = Word("--criterion", "What chooses K from a range, by its least value: bic, icl or aic.", "bic");
        restarts = Number("--restarts", "Starts for each K.", otherwise.Restarts);
        target = Text("--target", "The target of regression and logistic-regression.", "-t");
        trials = Text("--trials", "Column of the trials of which the target of logistic-regression counts successes. Default: 1 each.");
        weights = Text("--weight-col", "Column of row weights.");
        groups = Text("--groups", "Column that tells the sequences of hmm apart. Default: all rows are one.");
        method = Word("--method",
            "em; em accelerated by squarem or anderson; ecm or ecme for t; online, stochastic or sgd in mini-batches.",
            "em");
        errors = Word("--errors", "Standard errors from the observed information (observed), or by supplemented EM (supplemented): not "
            + "for t, factor and ppca.", "observed");
        batch = Number<int?>("--batch", "Rows of a mini-batch. Default: a tenth, at most 256; stochastic: all, at most 4096.", null);
        order = Text("--order", "How mini-batches visit the rows in a pass: shuffle, blocks (of 4096 rows, eight mixed at a time: for rows "
            + "that lie on a disk) or sequential. Default: shuffle; blocks where the rows go beyond --memory-limit.");
        tolerance = Number("--tol", "A start has converged when one more EM step moves the parameters by at most this: shares as they are, "
            + "means and covariances in standard deviations of their columns.", otherwise.Tolerance);
        passes = Number<long?>("--max-iterations", "Passes over the rows that a start may take. Default: 10000; in mini-batches 100.",
            null);
        features = List("--features", "Columns of numbers to use, a,b,c. Default: all.", "-f");
        exclude = List("--exclude", "Columns to leave out.");
        missing = Word("--missing", "Missing values: fail, or skip the row. For missing-normal they stay, unless their rows are "
            + "skipped.", "fail");
        onBadRow = Word("--on-bad-row", "Rows that cannot be read: fail or skip (counted).", "fail");
        format = Text("--format", "csv, tsv, jsonl, idx or npy. Default: by content.");
        header = Word("--header", "Whether the first line holds names: auto, yes or no.", "auto");
        separator = Text("--separator", "Field separator: a character, tab or space. Default: by content.");
        skipLines = Number("--skip-lines", "Lines to pass over at the start.", 0);
        decimalSign = Text("--decimal", "Decimal sign of the numbers: . or ,. Default: by content.");
        encoding = Text("--encoding", "utf-8, utf-16 or latin1. Default: UTF-8, or UTF-16 by its byte order mark.");
        missingWords = List("--missing-words", "Words that mean a missing value, besides the empty field, NA, N/A, NaN, null, None and ?.",
            "--na");
        cache = Flag("--cache", "Keep what was read as a file beside the data, which later runs map instead of reading the text again.");
        cacheFolder = Text("--cache-dir", "Folder for --cache, and for rows that memory has no room for. Default: beside the data, and the "
            + "folder for temporary files.");
        noCache = Flag("--no-cache", "Read the text though a cache of it is there.");
        seed = Number("--seed", "Seed of the starts.", otherwise.Seed);
        threads = Number<int?>("--threads", "Threads; results do not depend on them. Default: all for large data.", null);
        output = Text("--out", "Write the model here, for predict, evaluate and inspect.", "-o");
        report = Text("--report", "Write an HTML report here: density or ellipses, criteria, course of the search.");
        json = Flag("--json", "Print one JSON object instead of text.");
        quiet = Flag("--quiet", "Print one line.", "-q");
    }

    public void AddTo(Command command)
    {
        command.Add(data);
        sources.Require(command, data);
        foreach (Option o in all) command.Add(o);
    }

    /// <summary>What was asked; every fault at once.</summary>
    public MixtureArguments Read(ParseResult p)
    {
        Faults faults = new();
        int? workers = p.GetValue(threads);
        if (workers < 1) faults.Add("--threads needs to be at least 1.");
        DataSpec from = Data(p, faults);
        MixtureFamily kind = faults.Of(() => OptionText.MixtureFamily(p.GetValue(family)!)) ?? MixtureFamilies.Gaussian;
        MixtureSpec spec = new()
        {
            Components = p.GetResult(components) is null or { Implicit: true } ? kind.Usual
                : faults.Of(() => OptionText.Components(p.GetValue(components)!)) is { Least: > 0 } range ? range : 1,
            Family = kind,
            Covariance = faults.Of(() => OptionText.Covariance(p.GetValue(covariance)!)),
            Criterion = faults.Of(() => OptionText.Criterion(p.GetValue(choose)!)),
            Search = new MixtureOptions(p.GetValue(restarts), faults.Of(() => OptionText.MixtureMethod(p.GetValue(method)!)),
                p.GetValue(tolerance), p.GetValue(passes), p.GetValue(seed))
            {
                Batch = p.GetValue(batch),
                Supplemented = faults.Of(() => OptionText.Supplemented(p.GetValue(errors)!)),
                Order = faults.Of(() => OptionText.Order(p.GetValue(order))),
            },
            Threads = Math.Max(0, workers ?? 0),
            Caller = CommandLineCaller.Of(p),
        };
        faults.Throw(spec.Faults().Concat(MixtureLoader.Faults(from, spec.Family)));
        return new MixtureArguments(from, spec, new OutputSpec { Model = p.GetValue(output), Report = p.GetValue(report) })
        {
            Json = p.GetValue(json),
            Quiet = p.GetValue(quiet),
        };
    }

    DataSpec Data(ParseResult p, Faults faults) => sources.Read(p, p.GetValue(data)!) with
    {
        Format = faults.Of(() => OptionText.Format(p.GetValue(format))),
        Cache = new CacheSpec { Use = !p.GetValue(noCache), Write = p.GetValue(cache), Folder = p.GetValue(cacheFolder) },
        Features = OptionText.Names(p.GetValue(features)),
        Exclude = OptionText.Names(p.GetValue(exclude)),
        Target = p.GetValue(target),
        Trials = p.GetValue(trials),
        WeightColumn = p.GetValue(weights),
        GroupColumn = p.GetValue(groups),
        Missing = faults.Of(() => OptionText.Missing(p.GetValue(missing)).All),
        MissingOf = faults.Of(() => OptionText.Missing(p.GetValue(missing)).Of) ?? [],
        SkipBadRows = faults.Of(() => OptionText.SkipBadRows(p.GetValue(onBadRow)!)),
        Header = faults.Of(() => OptionText.Header(p.GetValue(header)!)),
        Separator = faults.Of(() => OptionText.Separator(p.GetValue(separator), p.GetValue(format))),
        SkipLines = p.GetValue(skipLines),
        DecimalSign = faults.Of(() => OptionText.DecimalSign(p.GetValue(decimalSign))),
        Encoding = faults.Of(() => OptionText.Encoding(p.GetValue(encoding))),
        MissingWords = OptionText.Names(p.GetValue(missingWords)),
    };

    Option<string> Word(string name, string description, string otherwise) =>
        Kept(new Option<string>(name) { Description = description, DefaultValueFactory = _ => otherwise });

    Option<string?> Text(string name, string description, params string[] aliases) =>
        Kept(new Option<string?>(name, aliases) { Description = description });

    Option<T> Number<T>(string name, string description, T otherwise) =>
        Kept(new Option<T>(name) { Description = description, DefaultValueFactory = _ => otherwise });

    Option<bool> Flag(string name, string description, params string[] aliases) =>
        Kept(new Option<bool>(name, aliases) { Description = description });

    Option<string[]> List(string name, string description, params string[] aliases) =>
        Kept(new Option<string[]>(name, aliases) { Description = description, Arity = ArgumentArity.OneOrMore });

    T Kept<T>(T option)
        where T : Option
    {
        all.Add(option);
        return option;
    }
}
