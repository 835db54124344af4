using System.CommandLine;
using Descent.Autodiff.Networks;
using Descent.Cli.Output;
using Descent.Data;

namespace Descent.Cli.Commands;

/// <summary>The options of <c>fit</c>: one declaration each, with its aliases and its help.</summary>
sealed class FitOptionSet
{
    readonly List<Option> all = [];
    readonly Argument<string[]> data =
        new("DATA")
        {
            Description = "CSV, TSV, JSON lines, LIBSVM, VW, IDX, NPY or NPZ file, plain, .gz, .zst or .br; - for standard input. Several "
        + "files of one form are read one after another.",
            Arity = ArgumentArity.ZeroOrMore
        };
    readonly SourceOptions sources = new();
    readonly Option<string?> theorem, order, format, target, weightColumn, labels, model, link, schedule, batch, compress, average, hidden,
        activation, initialisation, classWeight, timeLimit, output, report, run, proof, cacheFolder, separator, decimalSign, encoding,
        robust, cluster, offset, exposure, trials, failures, weightsAre, ending, formula;
    readonly Option<string[]> levels, assume, features, exclude, categorical, reference, textColumns, hashColumns, set, missingWords, dates,
        dateParts;
    readonly Option<string> method, learningRate, l2, missing, onBadRow, header, dispersion;
    readonly Option<double> l1, valid;
    readonly Option<double?> momentum, beta1, beta2, epsilon, memory, weightDecay, epochs, gap, gradTol, tol, tau, delta, alpha, power;
    readonly Option<long?> steps;
    readonly Option<int> skipLines, maxFeatures, microBatches, hashBits, ngrams;
    readonly Option<int?> rank, influence, threads, patience, repeat;
    readonly Option<ulong> seed;
    readonly Option<bool> noIntercept, penaliseIntercept, standardize, timeOrder, cache, noCache, zeroBased, tfIdf, curvature, fastSum,
        json, quiet,
        dryRun, fix, anova, profiled;

    public FitOptionSet()
    {
        all.AddRange(sources.All);
        formula = Optional("--formula", "Target and terms in R's writing, \"log(y) ~ log(x) + C(f, ref=a) + poly(z, 2)\", instead of "
            + "--target and --features; docs/formulas.md has the grammar.");
        target = Optional("--target", "Target column, or COLUMN=LEVEL for one level against the rest. LIBSVM, IDX and NPY: the label.",
            "-t");
        features = List("--features", "Columns to use, a,b,c; factor(c) takes a column as text. Default: all others.", "-f");
        exclude = List("--exclude", "Columns to leave out.");
        categorical = List("--categorical", "Columns to take as text, one feature a level.");
        reference = List("--reference", "Reference level of a text column, COLUMN=LEVEL. Default: the first in order.");
        levels = List("--levels", "Levels of the target in their order, the lowest first, a,b,c (--model ordinal). Numbers have one.");
        textColumns = List("--text", "Columns of text whose words become hashed columns of counts, a,b.");
        ngrams = Add("--ngrams", "Runs of up to so many words of --text are features: 1, 2 or 3.", 1);
        tfIdf = Add("--tf-idf", "Weigh the words of --text by how few training rows have them, each text scaled to length 1.", false);
        hashColumns = List("--hash", "Columns of many levels, each hashed to a column of its own, a,b.");
        weightColumn = Optional("--weight-col", "Column of example weights.");
        offset = Optional("--offset", "Column that is added to the margin without a coefficient; no feature. predict needs it too.");
        exposure = Optional("--exposure", "Column of exposures above 0 whose logarithm is added to the margin: rates of counts; "
            + "no feature.");
        weightsAre = Optional("--weights-are", "What the weights mean: variance (prior weights of R's glm, the default), frequency (rows "
            + "repeated so often) or importance (no likelihood; robust errors alone).");
        ending = Optional("--event", "Column that is 1 where the target's time ends with an event and 0 where it was censored "
            + "(--model cox).");
        trials = Optional("--trials", "Column of the numbers of trials of which the target counts the successes; no feature.");
        failures = Optional("--failures", "Column of the numbers of failures beside the target's successes; no feature.");
        labels = Optional("--labels", "IDX or NPY file of labels.");
        model = Optional("--model", "linear, logistic, softmax, poisson, huber, absolute, quantile, hinge; probit, cloglog, binomial "
            + "(with --trials or --failures, and binomial-probit, binomial-cloglog), gamma (and gamma-inverse), "
            + "negative-binomial, tweedie, inverse-gaussian; cox, cox-breslow (with --event); ordinal (with --levels); fm, "
            + "fm-logistic; mlp or cnn (classes), mlp-regression. Default: by the target.", "-m");
        link = Optional("--link", "Link of --model gamma (log or inverse), and of two classes or trials (logit, probit, cloglog): the "
            + "family of the same law with this link.");
        hidden = Optional("--hidden", "Sizes of the hidden layers of an mlp, 128 or 64,32 (default 128); filters a layer of a cnn "
            + "(default 8,16).");
        activation = Optional("--activation", "Hidden units of an mlp: relu, tanh or sigmoid. Default relu.");
        initialisation = Optional("--init", "Start of an mlp: he, glorot, lecun or uniform. Default he for relu, glorot otherwise.");
        curvature = Add("--curvature", "Measure the curvature at the end of a network's training, however large (about 40 Hessian "
            + "products).", false);
        tau = Add<double?>("--tau", "Quantile τ of --model quantile (0.5 when left out).");
        delta = Add<double?>("--delta", "Threshold δ of --model huber, in the unit of the target (1.345 when left out).");
        alpha = Add<double?>("--alpha", "α of --model negative-binomial, variance μ + αμ²; estimated when left out.");
        power = Add<double?>("--power", "p of --model tweedie, variance in proportion to μ^p, between 1 and 2 (1.5 when left out).");
        rank = Add<int?>("--rank", "Numbers a column of --model fm and fm-logistic, the rank of their factors (8 when left out).");
        method = Add("--method", "Method, or auto; 'descent methods' lists them.", "auto", "--solver", "--optimizer");
        learningRate = Add("--lr", "Step size η, or auto (from the smoothness); tune takes a range A..B.", "auto", "--learning-rate",
            "--eta", "--step-size");
        schedule = Optional("--schedule", "constant, linear, 1/t, exp, power, step, cosine, cosine-restarts, one-cycle, wsd, "
            + "strongly-convex, horizon, polyak, each with key=value; or theory, the steps of the guarantee that fits the problem; for "
            + "example cosine:min=1e-5,warmup=5% or 'constant:over=50% then linear'.");
        theorem = Optional("--theorem", "The guarantee to follow, by its name (G11, SAGA; docs/guarantees.md); with --lr or another "
            + "--schedule: to ask about these step sizes.");
        assume = List("--assume", "Constants to vouch for where they are not proved, D=3,sigma2=0.5; what is promised then depends on "
            + "them. D, Delta, sigma2, G, Gl, H, J, mu.");
        batch = Optional("--batch", "Examples a step, or full.", "--batch-size");
        microBatches = Add("--micro-batches", "Parts a batch is computed in, one after another or by the ranks of mpirun; results depend "
            + "on them, not on the ranks.", 1);
        compress = Optional("--compress", "Write the gradients of a batch's parts (--micro-batches) in fewer bytes, with error feedback: "
            + "topk:SHARE (the largest entries), sign (one bit each) or half (16 bits).");
        order = Optional("--order", "shuffle, shuffle-once, blocks (of 4096 rows, eight mixed at a time: for rows that lie on a disk), "
            + "sequential or replacement. Default: the method's own, mostly shuffle.");
        momentum = Add<double?>("--momentum", "Momentum β.");
        beta1 = Add<double?>("--beta1", "β₁, decay of the first moment.");
        beta2 = Add<double?>("--beta2", "β₂, decay of the second moment.");
        epsilon = Add<double?>("--eps", "ε in the denominator.");
        memory = Add<double?>("--memory", "Pairs kept by lbfgs.");
        weightDecay = Add<double?>("--weight-decay", "Decoupled weight decay of adamw and its kin; a penalty is --l2.");
        set = List("--set", "Any number of the method: NAME=VALUE,NAME=VALUE; 'descent methods NAME' lists them.");
        average = Optional("--average", "Report an average of the iterates: uniform, weighted, random, suffix, ema:β, polynomial:γ, "
            + "swa:from=75%,every=STEPS.");
        epochs = Add<double?>("--epochs", "Budget in epochs (n single gradients each).", null, "--passes");
        steps = Add<long?>("--steps", "Budget in steps.");
        timeLimit = Optional("--time-limit", "Budget in time: 30s, 5m, 500ms.");
        gap = Add<double?>("--gap", "Stop at this certified gap, relative to F.");
        gradTol = Add<double?>("--grad-tol", "Stop at this gradient norm.");
        tol = Add<double?>("--tol", "Stop when F changes by less than this part of itself in an epoch.");
        l1 = Add("--l1", "λ₁ of λ₁‖w‖₁ on the mean loss.", 0.0);
        l2 = Add("--l2", "λ of (λ/2)‖w‖² on the mean loss, or 1/n; tune takes a range A..B.", "0");
        noIntercept = Add("--no-intercept", "Fit without a constant.", false);
        penaliseIntercept = Add("--penalize-intercept", "Let penalties apply to the constant too.", false);
        standardize = Add("--standardize", "Centre and scale columns; penalties then apply to the scaled ones.", false);
        dispersion = Add("--dispersion", "Dispersion behind the standard errors of a Poisson fit: fixed (at 1), or estimated from the "
            + "residuals (quasi-Poisson).", "fixed");
        robust = Optional("--robust", "Standard errors by a sandwich: hc0, hc1, hc2 or hc3.");
        anova = Add("--anova", "Test every term, a column or all levels of a factor, by its estimates (Wald) and by the fit "
            + "without it (likelihood ratio or F), with variance-inflation factors and the condition number.", false);
        influence = Add<int?>("--influence", "Print so many rows, those of largest Cook's distance, with leverage and standardised "
            + "residual.");
        profiled = Add("--profile-intervals", "Intervals of the coefficients by the profile likelihood (R's confint of a glm), "
            + "which follow its shape and say where it has no end.", false);
        cluster = Optional("--cluster", "Column whose levels are clusters of rows: cluster-robust standard errors; no feature.");
        classWeight = Optional("--class-weight", "balanced, or LEVEL:WEIGHT,LEVEL:WEIGHT.");
        valid = Add("--valid", "Part of the rows to hold out, for example 0.1.", 0.0);
        timeOrder = Add("--time-order", "Rows stand in the order of time: those held out (--valid, --cv, --folds) come after those "
            + "that train.", false);
        patience = Add<int?>("--patience", "End when the held-out loss (--valid) has not improved for this many trace points; the best "
            + "iterate is kept.");
        repeat = Add<int?>("--repeat", "Seeds to run, from --seed on: fit reports their mean and spread, compare (3 when left out) "
            + "their medians.");
        fix = Add("--fix", "Apply the doctor's remedy to a run that went wrong, and run again.", false);
        missing = Add("--missing", "Missing values: fail, skip the row, mean, median or mode (of the training rows), for all columns or as "
            + "age=median+indicator,income=skip,*=fail; +indicator adds a column NAME_missing.", "fail");
        dates = List("--date", "Columns of dates, COLUMN (ISO 8601) or COLUMN=dd.MM.yyyy, a,b.");
        dateParts = List("--date-parts", "What is made of dates: year, month, weekday (1 for Monday), hour, elapsed (days since "
            + "1970-01-01); factor(month) makes levels of it. Default: elapsed.");
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
        hashBits = Add("--hash-bits", "Names of features are hashed to 2 to this power columns (VW text, --text, --hash).", 20);
        zeroBased = Add("--zero-based", "LIBSVM columns are numbered from 0.", false);
        cache = Add("--cache", "Keep what was read as a file beside the data, which later runs map instead of reading the text again.",
            false);
        cacheFolder = Optional("--cache-dir", "Folder for --cache, and for rows that memory has no room for. Default: beside the data, and "
            + "the folder for temporary files.");
        noCache = Add("--no-cache", "Read the text though a cache of it is there.", false);
        seed = Add("--seed", "Seed of all random numbers.", 1UL);
        threads = Add<int?>("--threads", "Threads; results do not depend on them. Default: all for large data.");
        fastSum = Add("--fast-sum", "Under mpirun or srun, add up ranks in their engine's order: fewer bytes, and the same to rounding "
            + "alone.", false);
        output = Optional("--out", "Write the model here.", "-o");
        report = Optional("--report", "Write an HTML report here.");
        proof = Optional("--proof", "Write a proof of the distance from the optimum here, for verify-proof and eng/check-proof.py.");
        run = Optional("--run", "Write model, trace, result and report into this folder.");
        json = Add("--json", "Print one JSON object instead of text.", false);
        quiet = Add("--quiet", "Print one line.", false, "-q");
        dryRun = Add("--dry-run", "Print plan, constants and memory, and fit nothing.", false);
    }

    /// <summary>Options of fit that another command has no use for.</summary>
    static readonly Dictionary<string, string[]> without = new(StringComparer.Ordinal)
    {
        ["plan"] = ["--out", "--proof", "--run", "--dry-run", "--gap", "--fix", "--theorem", "--assume", "--repeat", "--method",
            "--patience", "--micro-batches", "--compress", "--fast-sum", "--hidden", "--activation", "--init", "--curvature",
            "--robust", "--cluster", "--anova", "--influence", "--profile-intervals"],
        ["compare"] = ["--micro-batches", "--compress", "--fast-sum", "--out", "--proof", "--run", "--dry-run", "--fix", "--theorem",
            "--assume", "--patience", "--method", "--hidden", "--activation", "--init", "--curvature",
            "--robust", "--cluster", "--anova", "--influence", "--profile-intervals"],
        ["tune"] = ["--fast-sum", "--compress", "--trials", "--out", "--proof", "--dry-run", "--fix", "--theorem", "--assume", "--repeat",
            "--robust", "--cluster", "--anova", "--influence", "--profile-intervals"],
    };

    /// <summary>Gives a command the options that mean something to it.</summary>
    public void AddTo(Command command)
    {
        command.Add(data);
        sources.Require(command, data);
        string[] left = without.GetValueOrDefault(command.Name, []);
        foreach (Option o in all)
            if (!left.Contains(o.Name)) command.Add(o);
    }

    /// <summary>What a command answers to an option of fit that it does not have; null when fit has none of this name.</summary>
    public static string? Answer(string option, string command)
    {
        Option? known = new FitOptionSet().all.Find(o => o.Name == option || o.Aliases.Contains(option));
        if (known is null || !without.ContainsKey(command)) return null;
        return known.Name == "--method" ? $"{option} names one method; {command} takes --methods a,b,c."
            : $"{option} means nothing to {command}.";
    }

    /// <summary>What was asked; every fault at once.</summary>
    /// <param name="p">The options as parsed.</param>
    /// <param name="tuned">Whether it is for a search: step size and penalty may be ranges A..B, and folds hold rows out.</param>
    /// <param name="paths">The options of a path of penalties, for a command that has them.</param>
    public FitArguments Read(ParseResult p, bool tuned = false, PathOptions? paths = null)
    {
        foreach (string d in p.GetValue(data)!)
            if (d.Length > 1 && d[0] == '-')
                throw new UsageException($"the option '{d}' is not known. 'descent fit --help' lists them all.");
        Faults faults = new();
        List<SearchDimension> searched = [];
        string Single(string name, string text, string otherwise)
        {
            if (!tuned || SearchDimension.Parse(name, text) is not { } range) return text;
            searched.Add(range);
            return otherwise;
        }
        int? seeds = p.GetValue(repeat), workers = p.GetValue(threads);
        if (seeds < 1) faults.Add($"--repeat is {seeds}; expected at least 1.");
        if (workers < 1) faults.Add("--threads needs to be at least 1.");
        FitSpec spec = new(Data(p, faults) with { GroupColumn = paths?.Groups(p) }, Model(p, faults, Single))
        {
            Path = paths?.Read(p, faults),
            Method = new MethodSpec
            {
                Name = p.GetValue(method) ?? MethodSpec.Auto,
                StepSize = faults.Of(() => OptionText.StepSize(Single(SearchDimension.StepSize, p.GetValue(learningRate)!, "auto"))),
                Schedule = faults.Of(() => p.GetValue(schedule) is { } text ? ScheduleSpec.Parse(text) : null),
                Theorem = p.GetValue(theorem),
                Assume = faults.Of(() => OptionText.Assume(OptionText.Names(p.GetValue(assume)))) ?? [],
                Batch = faults.Of(() => OptionText.Batch(p.GetValue(batch))),
                MicroBatches = p.GetResult(microBatches) is null ? 1 : p.GetValue(microBatches),
                Compression = faults.Of(() => OptionText.Compression(p.GetValue(compress))),
                Order = faults.Of(() => OptionText.Order(p.GetValue(order))),
                Numbers = faults.Of(() => Numbers(p)) ?? [],
                Average = faults.Of(() => p.GetValue(average) is { } text ? AverageSpec.Parse(text) : null),
            },
            Budget = new Budget
            {
                Epochs = p.GetValue(epochs),
                Steps = p.GetValue(steps),
                Time = faults.Of(() => OptionText.Time(p.GetValue(timeLimit))),
                Gap = p.GetValue(gap),
                GradientTolerance = p.GetValue(gradTol),
                Tolerance = p.GetValue(tol),
                Patience = p.GetValue(patience),
            },
            Output = new OutputSpec
            {
                Model = p.GetValue(output),
                Report = p.GetValue(report),
                Proof = p.GetValue(proof),
                Run = p.GetValue(run)
            },
            HoldOut = p.GetValue(valid),
            InTime = p.GetValue(timeOrder),
            Seed = p.GetValue(seed),
            Threads = Math.Max(0, workers ?? 0),
            FastSum = p.GetValue(fastSum),
            Caller = CommandLineCaller.Of(p),
        };
        faults.Throw(spec.Faults(folds: tuned));
        return new FitArguments(spec)
        {
            Json = p.GetValue(json),
            Quiet = p.GetValue(quiet),
            DryRun = p.GetValue(dryRun),
            Fix = p.GetValue(fix),
            Repeat = seeds,
            Ranges = searched,
        };
    }

    DataSpec Data(ParseResult p, Faults faults) => sources.Read(p, p.GetValue(data)!) with
    {
        Format = faults.Of(() => OptionText.Format(p.GetValue(format))),
        // Its faults point at their place, which a list of faults has no room for.
        Formula = p.GetValue(formula) is { } text ? Formula.Parse(text) : null,
        Target = p.GetValue(target),
        Features = OptionText.Names(p.GetValue(features)),
        Exclude = OptionText.Names(p.GetValue(exclude)),
        Categorical = OptionText.Names(p.GetValue(categorical)),
        Reference = OptionText.Names(p.GetValue(reference)),
        TargetLevels = OptionText.Names(p.GetValue(levels)),
        WeightColumn = p.GetValue(weightColumn),
        Event = p.GetValue(ending),
        Trials = p.GetValue(trials),
        Failures = p.GetValue(failures),
        Offset = p.GetValue(offset),
        Exposure = p.GetValue(exposure),
        Cluster = p.GetValue(cluster),
        Labels = p.GetValue(labels),
        Missing = faults.Of(() => OptionText.Missing(p.GetValue(missing)).All),
        MissingOf = faults.Of(() => OptionText.Missing(p.GetValue(missing)).Of) ?? [],
        Dates = OptionText.Names(p.GetValue(dates)),
        DateParts = OptionText.Names(p.GetValue(dateParts)),
        SkipBadRows = faults.Of(() => OptionText.SkipBadRows(p.GetValue(onBadRow)!)),
        Header = faults.Of(() => OptionText.Header(p.GetValue(header)!)),
        Separator = faults.Of(() => OptionText.Separator(p.GetValue(separator), p.GetValue(format))),
        SkipLines = p.GetValue(skipLines),
        DecimalSign = faults.Of(() => OptionText.DecimalSign(p.GetValue(decimalSign))),
        Encoding = faults.Of(() => OptionText.Encoding(p.GetValue(encoding))),
        Cache = new CacheSpec { Use = !p.GetValue(noCache), Write = p.GetValue(cache), Folder = p.GetValue(cacheFolder) },
        MissingWords = OptionText.Names(p.GetValue(missingWords)),
        LargestColumn = p.GetValue(maxFeatures),
        TextColumns = OptionText.Names(p.GetValue(textColumns)),
        HashColumns = OptionText.Names(p.GetValue(hashColumns)),
        NGrams = p.GetValue(ngrams),
        TfIdf = p.GetValue(tfIdf),
        HashBits = p.GetValue(hashBits),
        ZeroBased = p.GetValue(zeroBased),
    };

    ModelSpec Model(ParseResult p, Faults faults, Func<string, string, string, string> single) => new()
    {
        Family = faults.Of(() => Linked(FamilyOf(p.GetValue(model)), p.GetValue(link))),
        Network = faults.Of(() => Network(p)),
        L1 = p.GetValue(l1),
        L2 = faults.Of(() => OptionText.L2(single("l2", p.GetValue(l2)!, "0"))),
        Intercept = !p.GetValue(noIntercept),
        PenaliseIntercept = p.GetValue(penaliseIntercept),
        Standardise = p.GetValue(standardize),
        Quantile = p.GetValue(tau),
        Threshold = p.GetValue(delta),
        Overdispersion = p.GetValue(alpha),
        Power = p.GetValue(power),
        Rank = p.GetValue(rank),
        WeightsAre = faults.Of(() => OptionText.WeightsAre(p.GetValue(weightsAre))),
        EstimatesDispersion = faults.Of(() => OptionText.EstimatesDispersion(p.GetValue(dispersion)!)),
        TestsTerms = p.GetValue(anova),
        MostInfluential = p.GetValue(influence),
        ProfilesLikelihood = p.GetValue(profiled),
        Robust = faults.Of(() => OptionText.Robust(p.GetValue(robust))),
        ClassWeights = faults.Of(() => OptionText.ClassWeights(p.GetValue(classWeight))),
    };

    // A network is a loss with another function inside: classes by softmax, numbers by squares.
    static ModelFamily? FamilyOf(string? name) => name switch
    {
        null => null,
        "mlp" or "cnn" => ModelFamilies.Softmax,
        "mlp-regression" => ModelFamilies.Linear,
        _ => ModelFamilies.Find(name)
            ?? throw new UsageException($"--model '{name}' is not known. Known: {ModelFamilies.Names}, mlp, mlp-regression, cnn."),
    };

    static ModelFamily? Linked(ModelFamily? family, string? link) => link is null ? family
        : ModelFamilies.WithLink(family, link) ?? throw new UsageException($"--link '{link}' is no link of --model "
            + $"{family?.Name ?? "logistic"}. Links: log or inverse for gamma, log for poisson, negative-binomial, tweedie and "
            + "inverse-gaussian, identity for linear; logit, probit or cloglog for two classes and for binomial.");

    NetworkSpec? Network(ParseResult p)
    {
        string? h = p.GetValue(hidden), a = p.GetValue(activation), i = p.GetValue(initialisation);
        string? name = p.GetValue(model);
        if (name is not ("mlp" or "mlp-regression" or "cnn"))
            return (h ?? a ?? i) is null && !p.GetValue(curvature) ? null
                : throw new UsageException("--hidden, --activation, --init and --curvature belong to --model mlp, mlp-regression "
                    + "and cnn.");
        Activation unit = OptionText.Activation(a);
        return new NetworkSpec(name == "cnn" ? "cnn" : "mlp", OptionText.Layers(h ?? (name == "cnn" ? "8,16" : "128")))
        {
            Activation = unit,
            Initialisation = OptionText.Initialisation(i, unit),
            Curvature = p.GetValue(curvature),
        };
    }

    Dictionary<string, double> Numbers(ParseResult p)
    {
        Dictionary<string, double> numbers = new(StringComparer.Ordinal);
        foreach (Option<double?> option in new[] { momentum, beta1, beta2, epsilon, memory, weightDecay })
            if (p.GetValue(option) is { } x) numbers[option.Name.TrimStart('-')] = x;
        foreach (string part in OptionText.Names(p.GetValue(set)))
        {
            string[] pair = part.Split('=', 2);
            if (pair.Length != 2 || !OptionText.IsNumber(pair[1], out double x))
                throw new UsageException($"--set is '{part}'; expected NAME=VALUE with a number, for example --set beta1=0.8.");
            numbers[pair[0].Trim()] = x;
        }
        return numbers;
    }

    Option<string[]> List(string name, string description, params string[] aliases)
    {
        Option<string[]> option =
            new(name, aliases) { Description = description, AllowMultipleArgumentsPerToken = false, Arity = ArgumentArity.OneOrMore };
        all.Add(option);
        return option;
    }

    Option<T> Add<T>(string name, string description, T? otherwise = default, params string[] aliases)
    {
        Option<T> option = new(name, aliases) { Description = description };
        if (otherwise is not null && otherwise is not false) option.DefaultValueFactory = _ => otherwise;
        all.Add(option);
        return option;
    }

    Option<string?> Optional(string name, string description, params string[] aliases)
    {
        Option<string?> option = new(name, aliases) { Description = description };
        all.Add(option);
        return option;
    }
}
