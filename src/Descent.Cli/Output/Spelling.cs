using System.Text.RegularExpressions;

namespace Descent.Cli.Output;

/// <summary>
/// Libraries speak of their own settings, in backquotes and as a program writes them: <c>`StepSize = 0.1`</c>. The command line spells them
/// as its options: <c>--lr 0.1</c>. Text that is no setting stays as it is.
/// </summary>
static partial class Spelling
{
    static readonly Dictionary<string, string> options = new(StringComparer.Ordinal)
    {
        ["Formula"] = "--formula",
        ["Target"] = "--target",
        ["Column"] = "--column",
        ["Features"] = "--features",
        ["Exclude"] = "--exclude",
        ["Categorical"] = "--categorical",
        ["Reference"] = "--reference",
        ["TargetLevels"] = "--levels",
        ["WeightColumn"] = "--weight-col",
        ["Offset"] = "--offset",
        ["Exposure"] = "--exposure",
        ["WeightsAre"] = "--weights-are",
        ["Event"] = "--event",
        ["TestsTerms = true"] = "--anova",
        ["Trials"] = "--trials",
        ["Failures"] = "--failures",
        ["Overdispersion"] = "--alpha",
        ["Power"] = "--power",
        ["Rank"] = "--rank",
        ["Labels"] = "--labels",
        ["Format"] = "--format",
        ["Header"] = "--header",
        ["Separator"] = "--separator",
        ["SkipLines"] = "--skip-lines",
        ["DecimalSign"] = "--decimal",
        ["Encoding"] = "--encoding",
        ["Missing"] = "--missing",
        ["MissingWords"] = "--missing-words",
        ["Dates"] = "--date",
        ["DateParts"] = "--date-parts",
        ["OnBadRow"] = "--on-bad-row",
        ["LargestColumn"] = "--max-features",
        ["TextColumns"] = "--text",
        ["HashColumns"] = "--hash",
        ["NGrams"] = "--ngrams",
        ["TfIdf = true"] = "--tf-idf",
        ["HashBits"] = "--hash-bits",
        ["ZeroBased = true"] = "--zero-based",
        ["Family"] = "--model",
        ["Hidden"] = "--hidden",
        ["Activation"] = "--activation",
        ["Initialisation"] = "--init",
        ["Curvature = true"] = "--curvature",
        ["L1"] = "--l1",
        ["Path"] = "--path",
        ["PathRatio"] = "--path-ratio",
        ["L1Ratio"] = "--l1-ratio",
        ["CrossValidate"] = "--cv",
        ["Groups"] = "--groups",
        ["Trials"] = "--trials",
        ["L2"] = "--l2",
        ["Intercept = false"] = "--no-intercept",
        ["PenaliseIntercept = true"] = "--penalize-intercept",
        ["Standardise = true"] = "--standardize",
        ["Quantile"] = "--tau",
        ["Threshold"] = "--delta",
        ["Robust"] = "--robust",
        ["Cluster"] = "--cluster",
        ["Online"] = "--online",
        ["Cache"] = "--cache",
        ["Dispersion"] = "--dispersion",
        ["ProfilesLikelihood = true"] = "--profile-intervals",
        ["MostInfluential"] = "--influence",
        ["Interval"] = "--interval",
        ["IntervalOf"] = "--interval-of",
        ["ClassWeights"] = "--class-weight",
        ["Method"] = "--method",
        ["Methods"] = "--methods",
        ["StepSize"] = "--lr",
        ["Schedule"] = "--schedule",
        ["Theorem"] = "--theorem",
        ["Assume"] = "--assume",
        ["Batch"] = "--batch",
        ["MicroBatches"] = "--micro-batches",
        ["Compression"] = "--compress",
        ["Order"] = "--order",
        ["Supplemented"] = "--errors supplemented",
        ["Average"] = "--average",
        ["Numbers"] = "--set",
        ["Epochs"] = "--epochs",
        ["Steps"] = "--steps",
        ["Time"] = "--time-limit",
        ["Gap"] = "--gap",
        ["GradientTolerance"] = "--grad-tol",
        ["Tolerance"] = "--tol",
        ["Patience"] = "--patience",
        ["InTime = true"] = "--time-order",
        ["HoldOut"] = "--valid",
        ["Folds"] = "--folds",
        ["Repeat"] = "--repeat",
        ["Fix = true"] = "--fix",
        ["Seed"] = "--seed",
        ["Threads"] = "--threads",
        ["Save"] = "--out",
        ["Report"] = "--report",
        ["Run"] = "--run",
        ["Proof"] = "--proof",
        ["NoiseCovariance"] = "--noise-cov",
        ["ToJson"] = "--json",
        ["Components"] = "--components",
        ["Covariance"] = "--covariance",
        ["Restarts"] = "--restarts",
        ["MostPasses"] = "--max-iterations",
        ["MemoryLimit"] = "--memory-limit",
        ["CacheFolder"] = "--cache-dir",
    };

    /// <summary>The settings that have an option.</summary>
    public static IReadOnlyDictionary<string, string> Options => options;

    /// <summary>The text with every setting spelled as its option; JSON may have written the backquotes as escapes.</summary>
    public static string Of(string text) =>
        text.Contains('`', StringComparison.Ordinal) || text.Contains(@"\u0060", StringComparison.Ordinal)
            ? Setting().Replace(text, m => One(m) ?? m.Value) : text;

    /// <summary>The option of a setting; null when there is none.</summary>
    public static string? OptionOf(string setting) => setting.StartsWith(NumberPrefix, StringComparison.Ordinal)
        ? NumberOption(setting[NumberPrefix.Length..])
        : options.GetValueOrDefault(setting) ?? options.GetValueOrDefault(setting + " = true")
            ?? options.GetValueOrDefault(setting + " = false");

    /// <summary>The option that sets a number of a method.</summary>
    public static string NumberOption(string name) => HaveOptions.Contains(name) ? "--" + name : "--set " + name;

    const string NumberPrefix = "Numbers.";

    static readonly HashSet<string> HaveOptions = ["momentum", "beta1", "beta2", "eps", "memory", "weight-decay"];

    static string? One(Match m)
    {
        string name = m.Groups["name"].Value, value = m.Groups["value"].Value;
        if (options.GetValueOrDefault($"{name} = {value}") is { } whole) return whole;
        return OptionOf(name) is not { } option ? null : value.Length > 0 ? $"{option} {value}" : option;
    }

    [GeneratedRegex("(?<tick>`|\\\\u0060)(?<name>[A-Z][A-Za-z0-9]*(?:\\.[a-z0-9-]+)?)(?: = (?<value>.*?))?\\k<tick>",
        RegexOptions.Singleline)]
    private static partial Regex Setting();
}
