using Descent.Data;
using Descent.Fitting.Design;

namespace Descent.Fitting.Online;

/// <summary>
/// Rows of a table. The first records decide which columns hold numbers; every column of text is hashed, so that a level or a word that
/// comes later has a place.
/// </summary>
sealed class OnlineTable : OnlineStream
{
    readonly FitSpec spec;
    readonly ITableStream rows;
    readonly ColumnChoice choice;
    readonly OffsetSource? offset;
    readonly Column[] numbers;
    readonly int[] starts;
    readonly List<(string Name, Func<string, Descent.Data.Hashing.HashedRow> Hash)> hashed = [];
    Table? first;

    public OnlineTable(FitSpec spec, DataSource source)
        : base(source)
    {
        this.spec = spec;
        TableLoader.RequireTarget(spec);
        if (TableReader.IsJson([source], TableLoader.OptionsOf(spec.Data, [], null))) TableLoader.RequireNoFields(spec.Data);
        choice = new ColumnChoice(spec.Data);
        offset = OffsetSource.Of(spec.Data);
        rows = TableReader.Stream(source, TableLoader.OptionsOf(spec.Data, choice.Texts, choice.IsNeeded) with
        {
            NeverFilled = [.. choice.NeverFilled],
            LookAt = TableStream.LookAt,
        });
        first = rows.Next() ?? throw new DataException($"{source.Name}: no rows. Expected rows of values"
            + $"{(rows.Skipped > 0 ? $"; all {rows.Skipped} were left out, the first: {rows.FirstSkip}" : " after the header")}.");
        Column target = choice.Require(first, choice.Target, "`Target`");
        Notes.Add(ReadingNotes.HowRead(first));
        Notes.AddRange(first.Notes);
        List<Column> columns = choice.Features(first, target, Notes);
        numbers = [.. columns.Where(c => !c.IsText)];
        TextContract? text = TextOf(columns, target);
        OnlineColumns space = new()
        {
            Names = [.. numbers.Select(c => c.Name)],
            Text = text,
            Reading = TableLoader.Contract(spec.Data, first, [.. numbers.Concat(text?.All.Select(n => first.Find(n)!) ?? [])
                .Select(c => (c.Name, c))], [.. Enumerable.Repeat(double.NaN, numbers.Length + (text?.All.Count() ?? 0))]),
        };
        if (space.Count == 0) throw new FitException("No features are left to learn from. Name some with `Features = a,b,c`.");
        foreach (string name in text?.All ?? []) hashed.Add((name, text!.HashOf(name)));
        starts = [.. hashed.Select(h => space.StartOf(h.Name))];
        Run = new OnlineRun(spec, space, new OnlineLabels(spec.Model.Family!, spec.Data.Level, target.Name, source.Name), source.Name);
    }

    public override OnlineRun Run { get; }

    public override (int Count, string? First) Skipped => (rows.Skipped, rows.FirstSkip);

    public override bool Next(Func<OnlineRow, bool> learnt)
    {
        Table? come = first ?? rows.Next();
        first = null;
        if (come is null) return false;
        Column target = choice.Require(come, choice.Target, "`Target`");
        double[]? weights = Weights(come, target), offsets = SideColumns.Offsets(offset, choice, come, target);
        RowPart[] parts = PartsOf(come);
        (int[] indices, double[] values) = Run.Room;
        for (int i = 0; i < come.RowCount; i++)
        {
            int count = 0;
            foreach (RowPart p in parts)
            {
                int more = p.Entries(i, indices.AsSpan(count), values.AsSpan(count));
                for (int e = count, end = count + more; e < end; e++)
                    if (values[e] != 0) (indices[count], values[count++]) = (indices[e], values[e]);
            }
            if (!learnt(Run.Learn(count, Label(come, target, i), weights?[i] ?? 1, offsets?[i] ?? 0))) return false;
        }
        return true;
    }

    public override void Dispose()
    {
        base.Dispose();
        rows.Dispose();
    }

    // Factors and columns of text are hashed like those of `HashColumns`.
    TextContract? TextOf(List<Column> columns, Column target)
    {
        (IReadOnlyList<Column> words, IReadOnlyList<Column> levels) = choice.HashedColumns(first!, target);
        string[] texts = [.. columns.Where(c => c.IsText).Select(c => c.Name)];
        if (texts.Length > 0)
            Notes.Add($"{first!.Source}: {Text.Names(texts)} {(texts.Length == 1 ? "holds" : "hold")} text, whose levels are"
                + $" hashed to 2^{spec.Data.HashBits} columns each, as with `HashColumns`");
        string[] all = [.. levels.Select(c => c.Name), .. texts];
        return words.Count + all.Length == 0 ? null : new TextContract
        {
            Columns = [.. words.Select(c => c.Name)],
            Levels = all.Length == 0 ? null : all,
            NGrams = spec.Data.NGrams,
            HashBits = spec.Data.HashBits,
        };
    }

    RowPart[] PartsOf(Table come) =>
    [
        .. numbers.Select((c, j) => new NumberPart(come.Find(c.Name)!, j)),
        .. hashed.Select((h, k) => new HashedPart(come.Find(h.Name)!, h.Hash, starts[k])),
    ];

    double[]? Weights(Table come, Column target)
    {
        if (spec.Data.WeightColumn is not { } name) return null;
        Column c = choice.Require(come, name, "`WeightColumn`");
        if (c == target) throw new FitException($"`WeightColumn` names the target '{name}'.");
        if (c.IsText) throw new DataException($"{come.Source}, column '{name}': holds text; expected weights ≥ 0.");
        int at = c.Numbers.ToArray().AsSpan().IndexOfAnyInRange(double.NegativeInfinity, -double.Epsilon);
        return at < 0 ? c.Numbers.ToArray() : throw new DataException($"{come.Source}, data row {Run.Loss.Rows + at + 1}, column '{name}': "
            + $"found {Text.Exact(c.Numbers[at])}, expected a weight ≥ 0.");
    }

    double Label(Table come, Column target, int row)
    {
        if (!target.IsText) return Run.Labels.Of(target.Numbers[row], Run.Loss.Rows + 1);
        if (spec.Data.Level is null)
            throw new FitException($"The target '{target.Name}' is text, and a stream does not tell its levels beforehand. Name one "
                + $"against the rest with `Target = {target.Name}=LEVEL`, or another target.");
        if (!Run.Family.HasClasses)
            throw new FitException($"`Family = {Run.Family}` needs numbers, but the target '{target.Name}' is text.");
        return Run.Labels.Of(target.Levels[target.Codes[row]]);
    }
}
