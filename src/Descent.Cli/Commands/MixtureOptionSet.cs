using System.CommandLine;
using Descent.Cli.Commands.Options;
using Descent.Cli.Output;
using Descent.Data;
using Descent.Mixtures.Search;

namespace Descent.Cli.Commands;

/// <summary>The options of <c>descent mixture</c>, and what they ask for.</summary>
sealed class MixtureOptionSet : OptionGroup
{
    readonly Argument<string[]> data = new("DATA")
    {
        Description = "Data files: CSV, TSV, JSON lines, NPY or NPZ, plain, .gz, .zst or .br; Parquet or Arrow files, or a folder of them. "
            + "- reads standard input.",
        Arity = ArgumentArity.ZeroOrMore
    };
    readonly SourceOptions sources = new();
    readonly Option<string> components, family, covariance, choose, method, errors, missing;
    readonly Option<string[]> features, exclude;
    readonly Option<int> restarts;
    readonly Option<int?> batch;
    readonly Option<double> tolerance;
    readonly Option<long?> passes;
    readonly Option<ulong> seed;
    readonly Option<int?> threads;
    readonly Option<string?> target, trials, weights, groups, format, order, output, report;
    readonly Option<bool> json, quiet;
    readonly TextOptions text = new();
    readonly CacheOptions cache = new();

    public MixtureOptionSet()
    {
        MixtureOptions otherwise = new();
        components = Add("--components", "Number K of components (states, factors), or a range LEAST..MOST to choose from, as in 2..8. "
            + "missing-normal has one.", "2");
        family = Add("--family", $"What the components are: {MixtureFamilies.Names}.", MixtureFamilies.Gaussian.Name);
        covariance = Add("--covariance", "What covariances share: full (each its own), tied (one for all), diagonal or spherical.",
            "full");
        choose = Add("--criterion", "What chooses K from a range, by its least value: bic, icl or aic.", "bic");
        restarts = Add("--restarts", "Starts for each K.", otherwise.Restarts);
        target = Optional("--target", "The target of regression and logistic-regression.", "-t");
        trials = Optional("--trials", "Column of the trials of which the target of logistic-regression counts successes. Default: 1 each.");
        weights = Optional("--weight-col", "Column of row weights.");
        groups = Optional("--groups", "Column that tells the sequences of hmm apart. Default: all rows are one.");
        method = Add("--method",
            "em; em accelerated by squarem or anderson; ecm or ecme for t; online, stochastic or sgd in mini-batches.",
            "em");
        errors = Add("--errors", "Standard errors from the observed information (observed), or by supplemented EM (supplemented): not "
            + "for t, factor and ppca.", "observed");
        batch = Add<int?>("--batch", "Rows of a mini-batch. Default: a tenth, at most 256; stochastic: all, at most 4096.", null);
        order = Optional("--order",
            "How mini-batches visit the rows in a pass: shuffle, blocks (of 4096 rows, eight mixed at a time: for rows "
            + "that lie on a disk) or sequential. Default: shuffle; blocks where the rows go beyond --memory-limit.");
        tolerance = Add("--tol",
            "A start has converged when one more EM step moves the parameters by at most this: shares as they are, "
            + "means and covariances in standard deviations of their columns.", otherwise.Tolerance);
        passes = Add<long?>("--max-iterations", "Passes over the rows that a start may take. Default: 10000; in mini-batches 100.",
            null);
        features = List("--features", "Columns of numbers to use, a,b,c. Default: all.", "-f");
        exclude = List("--exclude", "Columns to leave out.");
        missing = Add("--missing", "Missing values: fail, or skip the row. For missing-normal they stay, unless their rows are "
            + "skipped.", "fail");
        format = Optional("--format", "csv, tsv, jsonl, idx or npy. Default: by content.");
        Add(text);
        Add(cache);
        seed = Add("--seed", "Seed of the starts.", otherwise.Seed);
        threads = Add<int?>("--threads", "Threads; results do not depend on them. Default: all for large data.", null);
        output = Optional("--out", "Write the model here, for predict, evaluate and inspect.", "-o");
        report = Optional("--report", "Write an HTML report here: density or ellipses, criteria, course of the search.");
        json = Add("--json", "Print one JSON object instead of text.", false);
        quiet = Add("--quiet", "Print one line.", false, "-q");
    }

    public void AddTo(Command command)
    {
        command.Add(data);
        sources.Require(command, data);
        foreach (Option o in sources.All.Concat(All)) command.Add(o);
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

    DataSpec Data(ParseResult p, Faults faults) => text.Read(p, sources.Read(p, p.GetValue(data)!), p.GetValue(format), faults) with
    {
        Format = faults.Of(() => OptionText.Format(p.GetValue(format))),
        Cache = cache.Read(p),
        Features = OptionText.Names(p.GetValue(features)),
        Exclude = OptionText.Names(p.GetValue(exclude)),
        Target = p.GetValue(target),
        Trials = p.GetValue(trials),
        WeightColumn = p.GetValue(weights),
        GroupColumn = p.GetValue(groups),
        Missing = faults.Of(() => OptionText.Missing(p.GetValue(missing)).All),
        MissingOf = faults.Of(() => OptionText.Missing(p.GetValue(missing)).Of) ?? [],
    };
}
