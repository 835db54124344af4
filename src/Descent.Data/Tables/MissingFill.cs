namespace Descent.Data;

/// <summary>What takes the place of missing values: the mean, median or mode of those that are there.</summary>
static class MissingFill
{
    /// <summary>Whether a policy puts a value in the place of a missing one.</summary>
    public static bool Fills(MissingPolicy policy) => policy is MissingPolicy.Mean or MissingPolicy.Median or MissingPolicy.Mode;

    /// <summary>A policy in a word.</summary>
    public static string Word(MissingPolicy policy) => policy switch
    {
        MissingPolicy.Fail => "fail",
        MissingPolicy.Skip => "skip",
        MissingPolicy.Median => "median",
        MissingPolicy.Mode => "mode",
        MissingPolicy.Keep => "keep",
        _ => "mean",
    };

    /// <summary>Fills a column as its policy says, from all of its rows.</summary>
    /// <exception cref="DataException">It holds no value.</exception>
    public static void Of(Column c, string source)
    {
        if (!Fills(c.Policy) || c.Missing == 0) return;
        if (c.IsText)
        {
            if (c.Policy == MissingPolicy.Mode && ModeOf(c, null) is { } level) c.FillMissing(level);
            return;
        }
        double value = Of(c.Numbers, null, c.Policy);
        if (double.IsNaN(value))
            throw new DataException($"{source}, column '{c.Name}': holds no value, so there is no {Word(c.Policy)} to fill in. Leave "
                + "the column out.");
        c.FillMissing(value);
    }

    /// <summary>The number that a policy fills in; NaN where no row has a value.</summary>
    /// <param name="values">The column, NaN where a value is missing.</param>
    /// <param name="rows">The rows to learn from; null for all.</param>
    /// <param name="policy">Mean, median or mode.</param>
    public static double Of(ReadOnlySpan<double> values, int[]? rows, MissingPolicy policy)
    {
        // Every column of a fit is asked for its mean: without a list of a column's length.
        if (policy is not (MissingPolicy.Median or MissingPolicy.Mode)) return Mean(values, rows);
        List<double> there = [];
        for (int k = 0; k < (rows?.Length ?? values.Length); k++)
            if (values[rows?[k] ?? k] is var x && !double.IsNaN(x)) there.Add(x);
        return there.Count == 0 ? double.NaN : policy == MissingPolicy.Median ? Median(there) : Mode(there);
    }

    /// <summary>The most frequent text, the first in order of several; null where no row has one.</summary>
    /// <param name="c">A column of text.</param>
    /// <param name="rows">The rows to learn from; null for all.</param>
    public static string? ModeOf(Column c, int[]? rows)
    {
        int[] counts = new int[c.Levels.Count];
        for (int k = 0; k < (rows?.Length ?? c.Codes.Length); k++)
            if (!c.IsMissing(rows?[k] ?? k)) counts[c.Codes[rows?[k] ?? k]]++;
        int most = counts.Length == 0 ? 0 : counts.Max();
        return most == 0 ? null : c.Levels.Where((_, k) => counts[k] == most).Min(StringComparer.Ordinal);
    }

    static double Mean(ReadOnlySpan<double> values, int[]? rows)
    {
        double sum = 0;
        int count = 0;
        for (int k = 0; k < (rows?.Length ?? values.Length); k++)
        {
            double x = values[rows?[k] ?? k];
            if (double.IsNaN(x)) continue;
            sum += x;
            count++;
        }
        return count == 0 ? double.NaN : sum / count;
    }

    static double Median(List<double> values)
    {
        values.Sort();
        int half = values.Count / 2;
        return values.Count % 2 == 1 ? values[half] : values[half - 1] + ((values[half] - values[half - 1]) / 2);
    }

    static double Mode(List<double> values)
    {
        values.Sort();
        (double best, int most) = (values[0], 0);
        for (int from = 0, to; from < values.Count; from = to)
        {
            for (to = from + 1; to < values.Count && values[to] == values[from];) to++;
            if (to - from > most) (best, most) = (values[from], to - from);
        }
        return best;
    }
}
