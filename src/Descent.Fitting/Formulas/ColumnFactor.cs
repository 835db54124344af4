using Descent.Data;
using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>The levels of a column: those that occur, in their order or as they are given, the reference first.</summary>
/// <param name="formula">The formula.</param>
/// <param name="node">The whole.</param>
/// <param name="column">The column's name in it.</param>
/// <param name="given">The levels in the order that is wanted; null for those that occur.</param>
/// <param name="reference">The level to be the first; null for the one that is.</param>
/// <param name="isOrdered">Whether the order means something.</param>
sealed class ColumnFactor(Formula formula, Node node, Node column, IReadOnlyList<string>? given, Node? reference, bool isOrdered)
    : FactorVariable(node, isOrdered)
{
    public override IEnumerable<Node> Arguments => [];

    /// <summary>The column.</summary>
    public string Column => ColumnNames.Of(column);

    protected override string Name => Column;

    public override void Learn(FormulaRows rows)
    {
        if (rows.Learned.Levels.ContainsKey(Label)) return;
        IReadOnlyList<string> found = Levels.Of(rows.Find(Column)!).Levels;
        List<string> order = given is null ? Levels.Order(found) : [.. given.Select(rows.Table.LevelName)];
        if (given is not null && found.FirstOrDefault(l => !order.Contains(l)) is { } left)
            throw formula.Fault(Node, $"the levels given for '{Column}' {Formula.Place(Node)} lack '{left}', which occurs; expected all of "
                + $"{Text.Names(Levels.Order(found))}.");
        if (given is not null && order.FirstOrDefault(l => !found.Contains(l)) is { } absent)
            throw formula.Fault(Node, $"the levels given for '{Column}' {Formula.Place(Node)} hold '{absent}', which no row has"
                + Near(absent, found));
        if (reference is TextNode { Text: var wanted })
        {
            string level = rows.Table.LevelName(wanted);
            if (!order.Remove(level))
                throw formula.Fault(reference, $"no row of '{Column}' has the level '{wanted}' {Formula.Place(reference)}"
                    + Near(wanted, found));
            order.Insert(0, level);
        }
        if (IsOrdered && order.Count > MostOrdered)
            throw formula.Fault(Node,
                $"'{Column}' has {order.Count} levels {Formula.Place(Node)}; ordered ones are coded by polynomials, of "
                + $"which at most {MostOrdered} levels can be told apart.");
        rows.Learned.Levels[Label] = order;
    }

    public override UnusableRows? Strange(FormulaRows rows)
    {
        int[] codes = rows.Once(Node, () => CodesOf(rows));
        int row = Array.IndexOf(codes, -1);
        if (row < 0) return null;
        Column c = rows.Find(Column)!;
        string level = c.IsText ? c.Levels[c.Codes[row]] : Text.Exact(c.Numbers[row]);
        bool missing = level is Data.Column.MissingLevel or "NaN";
        return new(Array.ConvertAll(codes, k => k >= 0), missing ? $"column '{Column}': a value is missing"
            : $"column '{Column}': the level '{level}' did not occur in the training data ({Text.Names(rows.Learned.Levels[Label])})");
    }

    protected override int[] CodesOf(FormulaRows rows)
    {
        Dictionary<string, int> place = new(StringComparer.Ordinal);
        IReadOnlyList<string> levels = rows.Learned.Levels[Label];
        for (int k = 0; k < levels.Count; k++) place[rows.Table.LevelName(levels[k])] = k;
        (IReadOnlyList<string> found, int[] codes) = Levels.Of(rows.Find(Column)!);
        int[] moved = [.. found.Select(l => place.GetValueOrDefault(l, -1))];
        return Array.ConvertAll(codes, c => moved[c]);
    }

    static string Near(string level, IReadOnlyList<string> found) => Nearest.To(level, found) is { } near ? $"; did you mean '{near}'?"
        : $"; expected one of {Text.Names(Levels.Order(found))}.";
}
