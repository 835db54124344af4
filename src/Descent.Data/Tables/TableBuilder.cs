using System.Text;

namespace Descent.Data;

/// <summary>
/// Puts cells into columns, a row at a time: what is a number, a missing value, a level or an error is the same whatever the rows come
/// from.
/// </summary>
abstract partial class TableBuilder(TableOptions options, CellText cells, int width)
{
    protected readonly CellText cells = cells;
    protected readonly Column?[] columns = new Column?[width];
    protected readonly List<Column> missingHere = [];
    protected string file = "";
    protected string? firstSkip;
    protected int rows, skipped;

    // Where rows were left out: how many rows, left out or not, came before.
    protected readonly List<int> gaps = [];

    protected void LeaveOut()
    {
        gaps.Add(rows + skipped);
        skipped++;
    }

    protected enum Verdict
    {
        Row,
        Blank,
        NeedMore,
        Skip,
    }

    /// <summary>What a place in the source is counted in, for messages: line or row.</summary>
    protected abstract string Unit { get; }

    /// <summary>Whether rows without a value are told apart from those that could not be read, so that they are not the first of
    /// these.</summary>
    protected virtual bool CountsMissingApart => false;

    /// <summary>How a cell without a value is called.</summary>
    protected abstract string Nothing { get; }

    /// <summary>Makes a column of the names that it answers to, read as its source says unless the caller says otherwise.</summary>
    /// <param name="names">Its names, its own first.</param>
    /// <param name="found">What it seems to hold.</param>
    /// <param name="unnamed">Whether the source has no name for it.</param>
    /// <param name="isTold">Whether the source itself says what it holds.</param>
    protected Column Make(string[] names, ColumnKind found, bool unnamed, bool isTold = false)
    {
        bool text = names.Any(options.TextColumns.Contains), number = !text && names.Any(options.NumberColumns.Contains);
        ColumnKind kind = text ? ColumnKind.Text : number ? ColumnKind.Number : found;
        return new Column(names[0], kind, text || number || isTold)
        {
            Aliases = names,
            IsUnnamed = unnamed,
            IsNeverFilled = names.Any(options.NeverFilled.Contains),
            Policy = options.PolicyOf(names),
            fast = kind == ColumnKind.Number && cells.IsPlain,
        };
    }

    /// <summary>Whether a column of these names is asked for.</summary>
    protected bool IsWanted(string[] names) => options.Wanted?.Invoke(names) ?? true;

    protected Verdict Store(ReadOnlySpan<byte> field, ReadOnlySpan<char> text, Column column, long at, ref bool skip)
    {
        bool isNumber = cells.TryNumber(field, out double value);
        if (cells.IsMissing(text) || (isNumber && cells.IsMissing(value))) return StoreMissing(text, column, at, ref skip);
        if (column.Kind == ColumnKind.Open)
        {
            if (column.IsUnnamed && column.Missing > 0 && (column.Policy is MissingPolicy.Fail or MissingPolicy.Skip))
                throw new DataException($"{file}, {Unit} {at}, column '{column.Name}': found '{Messages.Shorten(text)}' in a column "
                    + $"without a name that was empty in all rows before. Expected one that stays empty; name it in the header, or "
                    + $"leave it out with `Exclude = {column.Name}`.");
            if (isNumber || cells.KindOf(field) != CellKind.Word) column.BecomeNumbers(cells.IsPlain, rows);
            else column.BecomeText();
        }
        if (column.IsText)
        {
            // The codes of rows that are left out are never looked at, and their levels go when the table is finished.
            column.codes[rows] = column.CodeOf(text, at);
            return Verdict.Row;
        }
        if (isNumber && double.IsFinite(value))
        {
            column.numbers[rows] = value;
            return Verdict.Row;
        }
        string message = NoNumber(column, text.ToString(), at, options.MissingWords.Count > 0 || column.Policy != MissingPolicy.Fail);
        if (!options.SkipBadRows) throw new DataException(message);
        firstSkip ??= message;
        return Verdict.Skip;
    }

    protected Verdict StoreMissing(ReadOnlySpan<char> text, Column column, long at, ref bool skip)
    {
        column.Missing++;
        missingHere.Add(column);
        // What stands behind a separator at the end of every line is no column: empty and without a name.
        bool nothing = column is { IsUnnamed: true, Kind: ColumnKind.Open };
        if (column.Policy == MissingPolicy.Fail && !nothing)
            throw new DataException($"{file}, {Unit} {at}, column '{column.Name}': the value is missing "
                + $"({(text.Length == 0 ? Nothing : $"'{Messages.Shorten(text)}'")}). Leave such rows out with `Missing = "
                + $"skip`{(column.IsNeverFilled || options.NumbersOnly ? "" : ", or fill in the mean with `Missing = mean`")}.");
        if ((column.Policy == MissingPolicy.Skip && !nothing) || column.IsNeverFilled)
        {
            if (!CountsMissingApart) firstSkip ??= $"{file}, {Unit} {at}, column '{column.Name}': the value is missing.";
            skip = true;
        }
        if (!column.IsText) column.numbers[rows] = double.NaN;
        else column.codes[rows] = column.CodeOf(Column.MissingLevel, at);
        return Verdict.Row;
    }

    // What was found in a column of numbers, and everything that can be done about it.
    string NoNumber(Column column, string text, long at, bool sure)
    {
        string where = $"{file}, {Unit} {at}, column '{column.Name}': found '{Messages.Shorten(text)}', expected ";
        // A model that was fitted on numbers takes no text.
        string asText = column.IsFixed || options.NumbersOnly ? "mend the cell"
            : $"read the column as text with `Categorical = {column.Name}`";
        if (cells.KindOf(Encoding.UTF8.GetBytes(text)) == CellKind.NotFinite)
            return $"{where}a finite number. Skip such rows with `OnBadRow = skip`, or {asText}.";
        if (cells.DressOf(text) is { } dress)
            return $"{where}a number, without {dress}. Or skip such rows with `OnBadRow = skip`, or {asText}.";
        string missing = text.Length > 12 || sure && options.MissingWords.Count > 0 ? ""
            : $", say `MissingWords = {Quoted(text)}` if it means a missing value";
        return $"{where}a number. Skip such rows with `OnBadRow = skip`{missing}, or {asText}.";
    }

    static string Quoted(string text) => text.Any(c => !char.IsLetterOrDigit(c) && c is not ('-' or '.')) || text.StartsWith('-')
        ? $"'{text}'" : text;
}
