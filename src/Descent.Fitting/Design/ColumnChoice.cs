using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>
/// Which columns of a table a request names, as what; columns are told apart by what they are, not by what they are called.
/// </summary>
sealed class ColumnChoice
{
    readonly DataSpec spec;
    readonly List<string> named = [];
    readonly HashSet<string> wanted, excluded, targets;

    public ColumnChoice(DataSpec spec)
    {
        this.spec = spec;
        string[] parts = (spec.Target ?? "").Split('=', 2);
        Target = parts[0];
        Level = parts.Length > 1 ? parts[1] : null;
        HashSet<string> factors = [.. spec.Categorical];
        foreach (string f in spec.Features)
        {
            string name = f.Trim();
            foreach (string wrapper in (ReadOnlySpan<string>)["factor(", "C("])
            {
                if (!name.StartsWith(wrapper, StringComparison.Ordinal) || !name.EndsWith(')')) continue;
                name = name[wrapper.Length..^1];
                factors.Add(name);
            }
            named.Add(name);
        }
        if (spec.Formula is { } formula)
        {
            factors.UnionWith(formula.TextColumns);
            if (!formula.HasDot) named.AddRange(formula.RightNames);
        }
        Factors = factors;
        wanted = [.. named];
        excluded = [.. spec.Exclude];
        targets = spec.Formula is null ? [Target] : [.. spec.Formula.LeftNames];
    }

    /// <summary>The target; empty where there is none.</summary>
    public string Target { get; }

    /// <summary>Columns that are made of others, once the table is there.</summary>
    public IReadOnlyList<DerivedColumn> Derived { get; set; } = [];

    /// <summary>The level of `Target = COL=LEVEL`.</summary>
    public string? Level { get; }

    /// <summary>Columns to be taken as text.</summary>
    public HashSet<string> Factors { get; }

    /// <summary>Columns to be read as text: factors, and clusters, whose levels are names whatever they look like.</summary>
    public IReadOnlyCollection<string> Texts => [.. Factors, .. spec.Hashed, .. DateNames,
        .. spec.Cluster is { } c ? [c] : (string[])[]];

    public IEnumerable<string> NeverFilled => [.. targets, .. Beside, .. spec.Formula?.OffsetNames ?? []];

    // Columns that say something of the rows and are no features.
    IEnumerable<string> Beside => new[]
    {
        spec.WeightColumn, spec.GroupColumn, spec.Cluster, spec.Offset, spec.Exposure, spec.Trials, spec.Failures,
        spec.Formula?.Failures, spec.Event
    }.OfType<string>();

    IEnumerable<string> DateNames => spec.Dates.Select(d => DateSpec.Of(d).Column);

    // Columns that others are made of are read though no feature names them.
    IEnumerable<string> Sources => DateNames.Concat(spec.MissingOf.Where(m => m.Value.Indicator).Select(m => m.Key));

    /// <summary>Whether a column may be a feature, or be made into some.</summary>
    public bool MayBeFeature(Column c) => !c.Aliases.Any(targets.Contains) && !Beside.Any(c.Aliases.Contains)
        && !spec.Hashed.Any(c.Aliases.Contains) && !c.Aliases.Any(excluded.Contains);

    public bool IsNeeded(IReadOnlyList<string> names) => Sources.Any(names.Contains) || names.Any(targets.Contains)
        || Beside.Any(names.Contains) || spec.Hashed.Any(names.Contains)
        || (wanted.Count > 0 ? names.Any(wanted.Contains) : !names.Any(excluded.Contains));

    /// <summary>Whether the user named the column, as a feature or as text: then it is used whatever it looks like.</summary>
    public bool IsNamed(Column c) => c.Aliases.Any(wanted.Contains) || c.Aliases.Any(Factors.Contains);

    /// <summary>Refuses a rule for the missing values of a column that is not there or not used.</summary>
    public void RequireRules(Table table)
    {
        foreach (string name in spec.MissingOf.Keys)
        {
            if (!table.HasColumn(name)) throw Unknown(table, name, "`Missing`");
            if (table.Find(name) is not { } c || (c.Aliases.All(a => !targets.Contains(a) && !Beside.Contains(a)) && wanted.Count > 0
                && !c.Aliases.Any(wanted.Contains) && !spec.Hashed.Any(c.Aliases.Contains) && !IsNamedPart(c)))
                throw new FitException($"`Missing = {name}={spec.MissingOf[name]}`: the column is not among those that are used. Name it "
                    + "in `Features` or `Formula`, or leave the rule out.");
        }
    }

    bool IsNamedPart(Column c) => wanted.Contains($"{c.Name}_{DerivedColumn.Missing}") || DateNames.Any(c.Aliases.Contains);

    public Column Require(Table table, string name, string option) => table.Find(name) ?? throw Unknown(table, name, option);

    /// <summary>The feature columns; what is asked for and cannot be had is refused.</summary>
    public List<Column> Features(Table table, Column? target, List<string> notes)
    {
        foreach (string name in spec.Exclude)
        {
            if (!table.HasColumn(name)) throw Unknown(table, name, "`Exclude`");
            if (target?.Aliases.Contains(name) == true) throw new FitException($"`Exclude` names the target '{name}'.");
        }
        List<Column> chosen = named.Count > 0 ? Named(table, target) : OthersThan([target], table, notes);
        HashSet<Column?> used = [.. chosen, target];
        LeaveDatesOut(table, chosen, notes);
        foreach (string name in spec.Categorical)
        {
            if (!table.HasColumn(name)) throw Unknown(table, name, "`Categorical`");
            if (table.Find(name) is not { } c || !used.Contains(c))
                throw new FitException($"`Categorical = {name}`: the column is not among the features. Name it in `Features` too, or "
                    + $"leave the option out.");
        }
        return chosen;
    }

    /// <summary>The columns of text whose words are hashed, and those whose levels are.</summary>
    public (IReadOnlyList<Column> Words, IReadOnlyList<Column> Levels) HashedColumns(Table table, Column target)
    {
        List<Column> words = [], levels = [];
        foreach (string name in spec.TextColumns) words.Add(Hashed(table, target, name, "`TextColumns`", words));
        foreach (string name in spec.HashColumns)
        {
            Column c = Hashed(table, target, name, "`HashColumns`", levels);
            if (words.Contains(c))
                throw new FitException($"'{name}' is named in `TextColumns` and in `HashColumns`; leave one of the two out.");
            levels.Add(c);
        }
        return (words, levels);
    }

    Column Hashed(Table table, Column target, string name, string setting, List<Column> before)
    {
        Column c = Require(table, name, setting);
        if (c == target) throw new FitException($"{setting} names the target '{name}'.");
        if (c.Aliases.Any(excluded.Contains)) throw new FitException($"'{name}' is named in {setting} and in `Exclude`.");
        if (c.Aliases.Any(wanted.Contains) || c.Aliases.Any(Factors.Contains))
            throw new FitException($"'{name}' is named in {setting} and as a feature of its own; leave one of the two out.");
        if (Beside.Any(c.Aliases.Contains))
            throw new FitException($"'{name}' is named in {setting} and has another part already. Leave one of the two out.");
        return before.Contains(c) ? throw new FitException($"{setting} names '{name}' twice.") : c;
    }

    List<Column> Named(Table table, Column? target)
    {
        HashSet<Column> seen = [];
        List<Column> chosen = [];
        foreach (string name in named)
        {
            Column c = Require(table, name, "`Features`");
            DerivedColumn[] made = [.. Derived.Where(d => d.Of == c.Name)];
            if (c == target)
                throw new FitException(name == c.Name ? $"`Features` names the target '{name}' itself."
                    : $"`Features` names the target '{c.Name}' itself, as '{name}'.");
            if (c.Aliases.Any(excluded.Contains)) throw new FitException($"'{name}' is named in `Features` and in `Exclude`.");
            if (spec.Cluster is { } cluster && c.Aliases.Contains(cluster))
                throw new FitException($"'{name}' is named in `Features` and in `Cluster`: clusters are no feature. "
                    + "Name another column, or leave one of the two out.");
            foreach ((string? own, string setting) in new[] { (spec.Offset, "`Offset`"), (spec.Exposure, "`Exposure`"),
                (spec.Trials, "`Trials`"), (spec.Failures, "`Failures`"), (spec.Event, "`Event`") })
                if (own is not null && c.Aliases.Contains(own))
                    throw new FitException($"'{name}' is named in `Features` and in {setting}, which has no coefficient. Leave one of "
                        + "the two out.");
            // Of a date its parts are the features; what says where a value is missing follows the column.
            foreach (Column one in made.Any(d => d.IsOfDate()) ? [] : (Column[])[c])
                if (seen.Add(one)) chosen.Add(one);
            foreach (Column part in made.Select(d => table.Find(d.Name)!))
                if (seen.Add(part)) chosen.Add(part);
        }
        return chosen;
    }

    // Dates are neither numbers nor ten thousand levels, unless somebody says so.
    void LeaveDatesOut(Table table, List<Column> chosen, List<string> notes)
    {
        foreach (Column c in chosen.ToArray())
        {
            if (c.Aliases.Any(Factors.Contains) || DateReading.Looks(c) is not { } what) continue;
            string asDates = $"`Dates = {c.Name}{(c.IsText ? "" : "=yyyyMMdd")}`";
            if (!c.IsText)
            {
                notes.Add($"{table.Source}, column '{c.Name}': {what}, taken as numbers; {asDates} makes dates of them");
                continue;
            }
            if (IsNamed(c))
                throw new FitException($"`Features = {c.Name}`: the column {what}. Take them as dates with {asDates}, or as levels with "
                    + $"`Categorical = {c.Name}`.");
            notes.Add($"{table.Source}: column '{c.Name}' is left out: it {what} ({asDates} makes numbers of them, "
                + $"`Categorical = {c.Name}` levels)");
            chosen.Remove(c);
        }
    }

    /// <summary>The columns that a formula's dot stands for: all that have no part elsewhere and are no names of rows.</summary>
    public List<Column> Others(Table table, List<string> notes)
    {
        List<Column> all = OthersThan([.. targets.Select(table.Find)], table, notes);
        LeaveDatesOut(table, all, notes);
        foreach (Column c in all.Where(c => c.IsText && FactorLevels.LooksLikeNames(table, c)).ToArray())
        {
            notes.Add(FactorLevels.NamesNote(table, c, "`Formula`"));
            all.Remove(c);
        }
        return all;
    }

    List<Column> OthersThan(Column?[] taken, Table table, List<string> notes)
    {
        List<Column> chosen = [];
        foreach (Column c in table.Columns)
        {
            if (taken.Contains(c) || Beside.Any(c.Aliases.Contains) || spec.Hashed.Any(c.Aliases.Contains)
                || DateNames.Any(c.Aliases.Contains) || c.Aliases.Any(excluded.Contains)) continue;
            if (c.IsUnnamed && !IsNamed(c) && !c.IsText && !c.Numbers.ToArray().Any(double.IsFinite))
            {
                notes.Add($"{table.Source}: column {c.Name[1..]} has neither a name nor a value and is left out");
                continue;
            }
            if (c.IsUnnamed && !IsNamed(c) && AreRowNames(c))
            {
                notes.Add($"{table.Source}: the column without a name holds distinct "
                    + $"{(c.IsText ? "texts, as row names" : "whole numbers, as row numbers")} do, and is left out (name it in "
                    + $"`Features` as {c.Name} to use it)");
                continue;
            }
            if (c.IsUnnamed) notes.Add($"{table.Source}: the column without a name is called {c.Name}");
            chosen.Add(c);
        }
        return chosen;
    }

    static bool AreRowNames(Column c)
    {
        if (c.IsText) return c.Levels.Count == c.Codes.Length;
        HashSet<double> seen = new(c.Numbers.Length);
        foreach (double x in c.Numbers)
            if (x < 0 || x != Math.Floor(x) || !seen.Add(x)) return false;
        return true;
    }

    static FitException Unknown(Table table, string name, string option) =>
        new($"{option}: there is no column '{name}' in {table.Source}. The columns are {Text.Names(table.AllNames)}.");
}
