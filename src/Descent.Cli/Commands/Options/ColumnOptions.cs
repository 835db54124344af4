using System.CommandLine;

namespace Descent.Cli.Commands.Options;

/// <summary>What columns are: target, features, weights and the like.</summary>
sealed class ColumnOptions : OptionGroup
{
    readonly Option<string?> formula, target, weightColumn, offset, exposure, ending, trials, failures, labels, cluster;
    readonly Option<string[]> features, exclude, categorical, reference, levels, textColumns, hashColumns, dates, dateParts;
    readonly Option<int> ngrams, hashBits;
    readonly Option<bool> tfIdf;

    public ColumnOptions()
    {
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
        ending = Optional("--event", "Column that is 1 where the target's time ends with an event and 0 where it was censored "
            + "(--model cox).");
        trials = Optional("--trials", "Column of the numbers of trials of which the target counts the successes; no feature.");
        failures = Optional("--failures", "Column of the numbers of failures beside the target's successes; no feature.");
        labels = Optional("--labels", "IDX or NPY file of labels.");
        cluster = Optional("--cluster", "Column whose levels are clusters of rows: cluster-robust standard errors; no feature.");
        dates = List("--date", "Columns of dates, COLUMN (ISO 8601) or COLUMN=dd.MM.yyyy, a,b.");
        dateParts = List("--date-parts", "What is made of dates: year, month, weekday (1 for Monday), hour, elapsed (days since "
            + "1970-01-01); factor(month) makes levels of it. Default: elapsed.");
        hashBits = Add("--hash-bits", "Names of features are hashed to 2 to this power columns (VW text, --text, --hash).", 20);
    }

    /// <summary>Adds to what is read what its columns are.</summary>
    public DataSpec Read(ParseResult p, DataSpec data) => data with
    {
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
        Dates = OptionText.Names(p.GetValue(dates)),
        DateParts = OptionText.Names(p.GetValue(dateParts)),
        TextColumns = OptionText.Names(p.GetValue(textColumns)),
        HashColumns = OptionText.Names(p.GetValue(hashColumns)),
        NGrams = p.GetValue(ngrams),
        TfIdf = p.GetValue(tfIdf),
        HashBits = p.GetValue(hashBits),
    };
}
