namespace Descent.Cli.Output;

/// <summary>The options of commands that fit, in the order a newcomer needs them.</summary>
static class HelpGroups
{
    /// <summary>Groups of options by their names; an option that none has stands in the last.</summary>
    public static IReadOnlyList<(string Title, string[] Options)> All { get; } =
    [
        ("The ten that matter first",
            ["--target", "--features", "--model", "--l2", "--l1", "--method", "--gap", "--valid", "--out", "--report"]),
        ("This command's own", ["--column", "--mean", "--median", "--quantiles", "--expectiles", "--trimmed", "--huber", "--level",
            "--methods", "--accuracy", "--search", "--trials", "--folds", "--vary",
            "--components", "--family", "--covariance", "--criterion", "--restarts"]),
        ("Data", ["--source", "--query", "--formula", "--exclude", "--categorical", "--reference", "--levels", "--text", "--ngrams",
            "--tf-idf", "--hash",
            "--weight-col", "--weights-are",
            "--class-weight", "--offset", "--exposure", "--failures", "--event", "--labels", "--missing", "--missing-words",
            "--date", "--date-parts",
            "--on-bad-row", "--format", "--header",
            "--separator", "--skip-lines", "--decimal", "--encoding", "--max-features", "--zero-based", "--hash-bits",
            "--cache", "--cache-dir", "--no-cache"]),
        ("A stream", ["--online", "--save-every", "--progress"]),
        ("Model", ["--link", "--no-intercept", "--penalize-intercept", "--standardize", "--tau", "--delta", "--alpha", "--power", "--rank",
            "--dispersion", "--robust", "--cluster", "--anova", "--profile-intervals", "--influence",
            "--hidden", "--activation", "--init", "--curvature"]),
        ("A path of penalties", ["--path", "--path-ratio", "--l1-ratio", "--cv", "--choose", "--groups"]),
        ("Method and steps",
         ["--lr", "--schedule", "--batch", "--micro-batches", "--compress", "--order",
             "--momentum", "--beta1", "--beta2", "--eps", "--memory", "--weight-decay", "--set",
             "--average", "--theorem", "--assume"]),
        ("When to stop", ["--epochs", "--steps", "--time-limit", "--grad-tol", "--tol", "--max-iterations", "--patience"]),
        ("How it is run", ["--time-order", "--seed", "--repeat", "--threads", "--fix", "--dry-run", "--memory-limit"]),
        ("More than one machine", ["--fast-sum", "--ranks", "--latency", "--bandwidth", "--mpi", "--watchdog"]),
        ("What is printed and written", ["--run", "--checkpoint", "--proof", "--noise-cov", "--json", "--quiet", "--profile", "--help"]),
    ];
}
