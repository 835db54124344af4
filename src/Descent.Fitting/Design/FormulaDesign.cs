using Descent.Data;
using Descent.Fitting.Expressions;
using Descent.Fitting.Formulas;

namespace Descent.Fitting.Design;

/// <summary>The design that a formula makes of a table.</summary>
static class FormulaDesign
{
    /// <exception cref="FitException">The formula does not fit the table; the place is marked.</exception>
    /// <exception cref="DataException">A row has no finite number for a term.</exception>
    public static TableDesign Of(FitSpec spec, ColumnChoice choice, Table table, List<string> notes)
    {
        Formula formula = spec.Data.Formula!;
        IReadOnlyList<string> others = formula.HasDot ? [.. choice.Others(table, notes).Select(c => c.Name)] : [];
        BoundFormula bound = new(formula, others, new ColumnNames(table.Source, table.AllNames, n => table.Find(n)?.IsText));
        (string Name, Column Column)[] columns = [.. bound.Columns.Keys.Select(n => (n, table.Find(n)!))];
        RequireParts(choice, bound, table);
        (double[] means, ColumnFill[] fills) = TableLoader.FillMissing(spec, table,
            [.. columns.Where(c => !IsNeverFilled(bound, c.Name)).Select(c => c.Column)], choice.Derived, notes);
        (FormulaRows rows, _) = Usable(spec.Data, bound, table, true, notes,
            () => new(formula, table, new Learned(), RowSplit.Of(spec, table.RowCount).Train));
        IReadOnlyList<string> names = bound.Names(rows.Learned);
        if (names.Count == 0)
            throw formula.Fault(formula.Right, $"the formula has no terms to fit {Formula.Place(formula.Right)}; name a column after '~'.");
        if (names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw formula.Fault(formula.Right, $"two columns that the formula makes {Formula.Place(formula.Right)} are both called "
                + $"'{twice.Key}'; rename a column of the data.");
        Dictionary<string, double> mean = columns.Where(c => !IsNeverFilled(bound, c.Name)).Zip(means)
            .ToDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal);
        LearnedFormula design = new(bound, rows.Learned);
        (double[]? trials, TargetLabels labels) = Labels(spec, choice, bound, rows);
        return new TableDesign
        {
            Features = [.. bound.ColumnsOf(rows.Learned).Select(c => new FeatureSource("") { Term = c.Name, PartOf = c.Term })],
            Rows = TableRows.Of(table, TermPart.Of(bound.Terms(rows)), names.Count),
            Trials = trials,
            Labels = labels,
            Target = bound.Target,
            Columns = columns,
            Means = [.. columns.Select(c => mean.GetValueOrDefault(c.Name, double.NaN))],
            Fills = fills,
            Refilled = !fills.Any(f => f.Column.HasFilled) ? null : train =>
            {
                foreach (ColumnFill fill in fills) fill.Refill(table, train);
                FormulaRows again = new(formula, table, rows.Learned, []);
                return TableRows.Of(table, TermPart.Of(bound.Terms(again)), names.Count);
            },
            Offset = bound.HasOffset ? new OffsetSource { Terms = bound.OffsetWords } : null,
            Offsets = bound.Offset(rows),
            Formula = design,
            Lines = [$"formula: {formula}", .. design.Scale is { } scale ? [scale] : (string[])[],
                .. bound.Factors.Select(f => LevelsLine(f, rows.Learned.Levels[f.Label]))],
        };
    }

    // Dates are neither numbers nor ten thousand levels, and what says where a value is missing is asked for to be used.
    static void RequireParts(ColumnChoice choice, BoundFormula bound, Table table)
    {
        foreach (DerivedColumn d in choice.Derived)
        {
            if (d.IsOfDate() && bound.Columns.ContainsKey(d.Of))
                throw new FitException($"`Formula` names '{d.Of}', a column of dates; expected a part of it, as {d.Of}_elapsed or "
                    + $"{d.Of}_year ({string.Join(", ", DateSpec.Known)}).");
            if (!d.IsOfDate() && !bound.Columns.ContainsKey(d.Name))
                throw new FitException($"`Missing = {d.Of}=…+indicator`: the formula does not name '{d.Name}', the column that says where "
                    + $"'{d.Of}' is missing. Add it as a term, or leave +indicator out.");
        }
        foreach (string name in bound.Columns.Keys.Where(n => !choice.Factors.Contains(n)))
            if (table.Find(name) is { IsText: true } c && DateReading.Looks(c) is { } what)
                throw new FitException($"`Formula` names '{name}', which {what}. Take them as dates with `Dates = {name}` and name their "
                    + $"parts, as {name}_elapsed; or write C({name}) for levels.");
    }

    /// <summary>The rows of a table under a formula that has learnt, and how many were left out.</summary>
    public static (FormulaRows Rows, int Left) Of(DataSpec spec, LearnedFormula formula, Table table, bool withTarget,
        List<string> notes) =>
        Usable(spec, formula.Bound, table, withTarget, notes, () => new(formula.Bound.Formula, table, formula.Learned, []));

    // Rows that some term has no number for are an error, or left out and counted; what is learnt is learnt from those that stay.
    static (FormulaRows Rows, int Left) Usable(DataSpec spec, BoundFormula bound, Table table, bool withTarget, List<string> notes,
        Func<FormulaRows> make)
    {
        int left = 0;
        string? first = null;
        while (true)
        {
            FormulaRows rows = make();
            UnusableRows? bad = bound.Unusable(rows, withTarget);
            if (bad is null)
            {
                bound.Learn(rows);
                bad = bound.Strange(rows);
            }
            if (bad is null)
            {
                notes.AddRange(ReadingNotes.Skipped(table.Source, left, first));
                return (rows, left);
            }
            string message = bad.Message(table);
            if (!spec.SkipBadRows) throw new DataException(message + " Mend the row, or leave such rows out with `OnBadRow = skip`.");
            first ??= message;
            if (bad.Count == table.RowCount) throw new DataException($"{table.Source}: no rows. All were left out; the first: {first}");
            left += bad.Count;
            table.Keep(bad.Stays);
        }
    }

    // A value that is missing from the target or an offset says nothing that a mean could stand for.
    static bool IsNeverFilled(BoundFormula bound, string column) =>
        bound.TargetColumns.ContainsKey(column) || bound.Formula.OffsetNames.Contains(column);

    static (double[]? Trials, TargetLabels Labels) Labels(FitSpec spec, ColumnChoice choice, BoundFormula bound, FormulaRows rows)
    {
        Formula formula = spec.Data.Formula!;
        if (TrialSource.Of(spec.Data) is null && spec.Data.Event is null) return (null, Labels(spec, bound, rows));
        return formula.Left is NameNode or TextNode
            ? TableTargets.Of(spec, choice, rows.Table, rows.Find(ColumnNames.Of(formula.Left))!)
            : throw formula.Fault(formula.Left, $"the target {Deparsed.Of(formula.Left)} {Formula.Place(formula.Left)} goes with "
                + $"{(spec.Data.Event is null ? "counts of trials" : "a column of events")}; expected one column as it is.");
    }

    static TargetLabels Labels(FitSpec spec, BoundFormula bound, FormulaRows rows)
    {
        Formula formula = spec.Data.Formula!;
        if (bound.TargetClass is not { } name)
            return TargetLabels.FromNumbers(spec, null, bound.TargetNumbers(rows), bound.Target, rows.Table.Source,
                rows.Table.RowNumber);
        Column column = rows.Find(name)!;
        string? level = formula.Level is { } asked ? rows.Table.LevelName(asked) : null;
        (IReadOnlyList<string> levels, int[] codes) = Levels.Of(column);
        if (level is not null && !levels.Contains(level))
            throw formula.Fault(formula.LevelNode!, $"no row of '{name}' has the level '{formula.Level}' "
                + $"{Formula.Place(formula.LevelNode!)}; "
                + (Nearest.To(level, levels) is { } near ? $"did you mean '{near}'?"
                    : $"expected one of {Text.Names(Levels.Order(levels))}."));
        return TargetLabels.FromText(spec, level, codes, levels, name, rows.Table.Source);
    }

    static string LevelsLine(Variable factor, IReadOnlyList<string> levels) => $"{factor.Label}: {levels.Count} levels, "
        + (factor is FactorVariable { IsOrdered: true } ? string.Join(" < ", levels.Take(12)) + (levels.Count > 12 ? " < …" : "")
            : $"reference {levels[0]}");
}
