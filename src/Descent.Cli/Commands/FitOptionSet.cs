using System.CommandLine;
using Descent.Cli.Commands.Options;

namespace Descent.Cli.Commands;

/// <summary>The options of <c>fit</c> and of the commands that take most of them.</summary>
sealed class FitOptionSet
{
    readonly Argument<string[]> data =
        new("DATA")
        {
            Description = "CSV, TSV, JSON lines, LIBSVM, VW, IDX, NPY or NPZ file, plain, .gz, .zst or .br; - for standard input. Several "
                + "files of one form are read one after another.",
            Arity = ArgumentArity.ZeroOrMore
        };
    readonly SourceOptions sources = new();
    readonly ColumnOptions columns = new();
    readonly FormOptions form = new();
    readonly FamilyOptions family = new();
    readonly MethodOptions method = new();
    readonly BudgetOptions budget = new();
    readonly RunOptions run = new();

    IEnumerable<Option> All =>
        [.. sources.All, .. columns.All, .. family.All, .. method.All, .. budget.All, .. form.All, .. run.All];

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
        foreach (Option o in All)
            if (!left.Contains(o.Name)) command.Add(o);
    }

    /// <summary>What a command answers to an option of fit that it does not have; null when fit has none of this name.</summary>
    public static string? Answer(string option, string command)
    {
        Option? known = new FitOptionSet().All.FirstOrDefault(o => o.Name == option || o.Aliases.Contains(option));
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
        string[] files = p.GetValue(data)!;
        foreach (string d in files)
            if (d.Length > 1 && d[0] == '-')
                throw new UsageException($"the option '{d}' is not known. 'descent fit --help' lists them all.");
        Faults faults = new();
        Ranges ranges = new(tuned);
        DataSpec read = columns.Read(p, form.Read(p, sources.Read(p, files), faults)) with { GroupColumn = paths?.Groups(p) };
        FitSpec spec = new(read, family.Read(p, faults, ranges))
        {
            Path = paths?.Read(p, faults),
            Method = method.Read(p, faults, ranges),
            Budget = budget.Read(p, faults),
        };
        return run.Read(p, spec, ranges, faults);
    }
}
