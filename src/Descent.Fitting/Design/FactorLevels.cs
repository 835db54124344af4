using Descent.Data;
using Descent.Fitting.Formulas;

namespace Descent.Fitting.Design;

/// <summary>Features from columns: one a column of numbers, one a level but the reference of a text column.</summary>
static class FactorLevels
{
    const int MostLevels = 1000;

    public static List<FeatureSource> Expand(FitSpec spec, Table table, List<Column> columns, Func<Column, bool> isNamed,
        Dictionary<string, IReadOnlyList<string>> levels, List<string> lines, List<string> notes)
    {
        Dictionary<Column, string> references = References(spec, table, columns);
        List<FeatureSource> features = [];
        foreach (Column c in columns)
        {
            if (!c.IsText)
            {
                features.Add(new FeatureSource(c.Name));
                continue;
            }
            if (LooksLikeNames(table, c) && !isNamed(c) && !references.ContainsKey(c))
            {
                notes.Add(NamesNote(table, c, "`Features`"));
                continue;
            }
            List<string> order = Levels.Order(c.Levels);
            if (references.TryGetValue(c, out string? reference))
            {
                if (!order.Remove(reference))
                    throw new FitException($"`Reference = {c.Name}={reference}`: no row has this level. The levels are "
                        + $"{Text.Names(order)}.");
                order.Insert(0, reference);
            }
            levels[c.Name] = order;
            // Factors tell levels apart by products, in which a level that has none would be 0 with every other.
            if (spec.Model.Family?.HasLinearMargins == false && !references.ContainsKey(c))
            {
                lines.Add($"column '{c.Name}': {order.Count} levels, each a column");
                features.AddRange(order.Select(l => new FeatureSource(c.Name, l)));
                continue;
            }
            lines.Add($"column '{c.Name}': {order.Count} levels, reference {order[0]}");
            if (order.Count == 1) notes.Add($"{table.Source}, column '{c.Name}': only the level '{order[0]}' occurs, so it is no feature");
            features.AddRange(order.Skip(1).Select(l => new FeatureSource(c.Name, l)));
        }
        return features;
    }

    /// <summary>Whether a column of text has so many levels that they look like names of rows.</summary>
    public static bool LooksLikeNames(Table table, Column c) =>
        c.Levels.Count > MostLevels || (table.RowCount > 20 && c.Levels.Count > table.RowCount / 2);

    /// <summary>What is said of a column that is left out for that.</summary>
    public static string NamesNote(Table table, Column c, string setting) =>
        $"column '{c.Name}' is left out: {c.Levels.Count} distinct texts in {table.RowCount} rows look like an identifier (name it in "
        + $"{setting} to use it)";

    static Dictionary<Column, string> References(FitSpec spec, Table table, List<Column> columns)
    {
        Dictionary<Column, string> references = [];
        foreach (string r in spec.Data.Reference)
        {
            string[] parts = r.Split('=', 2);
            if (parts.Length != 2) throw new FitException($"`Reference` '{r}': expected COL=LEVEL.");
            if (!table.HasColumn(parts[0]))
                throw new FitException($"`Reference`: there is no column '{parts[0]}' in {table.Source}. The columns are "
                    + $"{Text.Names(table.AllNames)}.");
            if (table.Find(parts[0]) is not { } c || !columns.Contains(c))
                throw new FitException($"`Reference = {r}`: '{parts[0]}' is not among the features, and only they have a reference level.");
            if (!c.IsText)
                throw new FitException($"`Reference = {r}`: '{c.Name}' is a column of numbers and has no levels. Take it as text with "
                    + $"`Categorical = {c.Name}`.");
            if (!references.TryAdd(c, table.LevelName(parts[1]))) throw new FitException($"`Reference` names two levels of '{c.Name}'.");
        }
        return references;
    }
}
