using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>Columns of a table that say something of its rows and are no features: weights, offsets, groups, clusters.</summary>
static class SideColumns
{
    /// <summary>Weights of the rows that are left, null for none.</summary>
    public static double[]? WeightsOf(DataSpec spec, Table table) =>
        spec.WeightColumn is { } name ? table.Find(name)!.Numbers.ToArray() : null;

    /// <summary>Rows of weight 0 say nothing: they go, and so do the levels that only they have.</summary>
    public static void LeaveWeightlessOut(DataSpec spec, ColumnChoice choice, Table table, Column? target, List<string> notes,
        bool whole = false)
    {
        if (spec.WeightColumn is not { } name) return;
        Column c = choice.Require(table, name, "`WeightColumn`");
        if (c == target) throw new FitException($"`WeightColumn` names the target '{name}'.");
        if (c.IsText) throw new DataException($"{table.Source}, column '{name}': holds text; expected weights ≥ 0.");
        ReadOnlySpan<double> w = c.Numbers;
        bool[] counts = new bool[w.Length];
        for (int i = 0; i < w.Length; i++)
        {
            if (w[i] < 0)
                throw new DataException($"{table.Place(i)}, column '{name}': found {Text.Exact(w[i])}, expected a "
                    + $"weight ≥ 0.");
            if (whole && w[i] != Math.Floor(w[i]))
                throw new DataException($"{table.Place(i)}, column '{name}': found {Text.Exact(w[i])}, expected a whole "
                    + "number, for `WeightsAre = frequency` says how often a row is repeated.");
            counts[i] = w[i] > 0;
        }
        int none = counts.AsSpan().Count(false);
        if (none == counts.Length)
            throw new DataException($"{table.Source}, column '{name}': all weights are 0; expected at least one positive.");
        if (none > 0)
        {
            notes.Add($"{table.Source}: {Text.Plural(none, "row")} of weight 0 left out");
            table.Keep(counts);
        }
    }

    /// <summary>What is added to the margin of each row, null for nothing.</summary>
    public static double[]? Offsets(OffsetSource? offset, ColumnChoice choice, Table table, Column target)
    {
        if (offset is null) return null;
        foreach ((string? name, string setting) in new[] { (offset.Column, "`Offset`"), (offset.Exposure, "`Exposure`") })
            if (name is not null && choice.Require(table, name, setting) == target)
                throw new FitException($"{setting} names the target '{target.Name}'.");
        return offset.Read(table);
    }

    /// <summary>The group of each row, null for none: rows of one value, of one text, belong together.</summary>
    public static int[]? Groups(DataSpec spec, ColumnChoice choice, Table table, Column? target)
    {
        if (spec.GroupColumn is not { } name) return null;
        Column c = choice.Require(table, name, "`Groups`");
        if (c == target) throw new FitException($"`Groups` names the target '{name}'.");
        if (c.IsText) return c.Codes.ToArray();
        Dictionary<double, int> numbers = [];
        int[] groups = new int[table.RowCount];
        for (int i = 0; i < groups.Length; i++)
        {
            if (!numbers.TryGetValue(c.Numbers[i], out int g)) numbers.Add(c.Numbers[i], g = numbers.Count);
            groups[i] = g;
        }
        return groups;
    }

    /// <summary>The cluster of each row, null for none.</summary>
    public static int[]? Clusters(FitSpec spec, ColumnChoice choice, Table table, Column? target)
    {
        if (spec.Data.Cluster is not { } name) return null;
        Column c = choice.Require(table, name, "`Cluster`");
        if (c == target) throw new FitException($"`Cluster` names the target '{c.Name}'.");
        if (spec.Data.WeightColumn is { } w && c.Aliases.Contains(w))
            throw new FitException($"'{name}' is named in `Cluster` and in `WeightColumn`.");
        return c.Codes.ToArray();
    }
}
