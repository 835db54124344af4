using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>The columns that a request makes of those of a table, for the rows of a fit and for those of its model.</summary>
static class DerivedColumns
{
    /// <summary>What a request makes of the columns of a table.</summary>
    /// <exception cref="FitException">A column is not there, or its place is taken.</exception>
    public static IReadOnlyList<DerivedColumn> Of(DataSpec spec, ColumnChoice choice, Table table)
    {
        List<DerivedColumn> made = [];
        HashSet<Column> dates = [];
        foreach ((string name, string? format) in spec.Dates.Select(DateSpec.Of))
        {
            Column c = choice.Require(table, name, "`Dates`");
            if (!dates.Add(c)) throw new FitException($"`Dates` names the column '{c.Name}' twice.");
            if (!choice.MayBeFeature(c))
                throw new FitException($"`Dates = {name}`: the column has another part already, or is left out. Leave one of the two out.");
            foreach ((string part, bool isFactor) in DateSpec.Parts(spec).Concat(Named(spec, c.Name)).DistinctBy(p => p.Part))
                made.Add(new()
                {
                    Name = $"{c.Name}_{part}",
                    Of = c.Name,
                    Part = part,
                    IsFactor = isFactor || choice.Factors.Contains($"{c.Name}_{part}"),
                    OfText = true,
                    Format = format,
                });
        }
        foreach (Column c in table.Columns.Where(c => choice.MayBeFeature(c) && !dates.Contains(c)))
        {
            MissingRule rule = spec.RuleOf(c.Aliases);
            if (rule.Indicator && (!c.IsText || rule.Policy == MissingPolicy.Mode) && HasMissing(c))
                made.Add(new()
                {
                    Name = $"{c.Name}_{DerivedColumn.Missing}",
                    Of = c.Name,
                    Part = DerivedColumn.Missing,
                    OfText = c.IsText,
                });
        }
        if (made.FirstOrDefault(d => table.HasColumn(d.Name)) is { } taken)
            throw new FitException($"the column '{taken.Name}' that is made of '{taken.Of}' would have the name of another column of "
                + $"{table.Source}. Rename that one.");
        return made;
    }

    /// <summary>The table with the columns that are made of its own; rows without a date go where that is asked for.</summary>
    /// <exception cref="DataException">A row has no date.</exception>
    /// <returns>The table, how many rows went, and what the first of them lacked.</returns>
    public static (Table Table, int Left, string? First) Add(DataSpec spec, Table table, IReadOnlyList<DerivedColumn> derived)
    {
        bool[] stays = new bool[table.RowCount];
        Array.Fill(stays, true);
        (string Of, string? Format)[] dates = [.. derived.Where(d => d.IsOfDate()).Select(d => (d.Of, d.Format)).Distinct()];
        string? left = null;
        foreach ((string name, string? format) in dates)
            left ??= DateReading.Of(spec, table, table.Find(name)!, format, stays).Left;
        int gone = stays.AsSpan().Count(false);
        if (gone > 0) table.Keep(stays);
        // What rows that went had alone went with them, so that the codes are others.
        Dictionary<string, DateTime[]> moments = dates.ToDictionary(d => d.Of,
            d => DateReading.Of(spec, table, table.Find(d.Of)!, d.Format, new bool[table.RowCount]).Moments, StringComparer.Ordinal);
        return (table.With([.. derived.Select(d => d.Make(table.Find(d.Of)!, d.IsOfDate() ? moments[d.Of] : null))]), gone, left);
    }

    /// <summary>What is said of the columns that were made.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<DerivedColumn> derived)
    {
        foreach (var of in derived.Where(d => d.IsOfDate()).GroupBy(d => d.Of))
            yield return $"column '{of.Key}': dates as {of.First().Format ?? "ISO 8601"}, taken as "
                + string.Join(", ", of.Select(d => d.Name + (d.IsFactor ? " (levels)" : "")));
    }

    // A formula names the parts that it needs.
    static IEnumerable<(string Part, bool IsFactor)> Named(DataSpec spec, string column) =>
        DateSpec.Known.Where(p => spec.Formula?.RightNames.Contains($"{column}_{p}") == true).Select(p => (p, false));

    static bool HasMissing(Column c)
    {
        for (int i = 0, n = c.IsText ? c.Codes.Length : c.Numbers.Length; i < n; i++)
            if (c.IsMissing(i)) return true;
        return false;
    }
}
