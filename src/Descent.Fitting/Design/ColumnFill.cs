using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>What takes the place of the missing values of a column, learnt from the rows that train.</summary>
/// <param name="Column">The column.</param>
/// <param name="Policy">Mean, median or mode; keep for a text whose missing values are a level of their own.</param>
/// <param name="Number">The number of a column of numbers; NaN where no row has a value.</param>
/// <param name="Level">The text of a column of text; null where no row has one.</param>
sealed record ColumnFill(Column Column, MissingPolicy Policy, double Number, string? Level)
{
    /// <summary>How a model file calls it.</summary>
    public string Word => Policy == MissingPolicy.Keep ? "level" : MissingFill.Word(Policy);

    /// <summary>What a column takes under a rule; null where nothing is filled in.</summary>
    /// <exception cref="DataException">The rule is for numbers, and the column holds text.</exception>
    public static ColumnFill? Of(Table table, Column c, DataSpec spec, int[] train)
    {
        MissingRule rule = spec.RuleOf(c.Aliases);
        if (!rule.Fills) return null;
        if (!c.IsText) return new(c, rule.Policy, MissingFill.Of(c.Numbers, train, rule.Policy), null);
        if (rule.Policy == MissingPolicy.Mode) return new(c, rule.Policy, double.NaN, MissingFill.ModeOf(c, train));
        return c.Aliases.Any(spec.MissingOf.ContainsKey)
            ? throw new DataException($"{table.Source}, column '{c.Name}': holds text, which has no {MissingFill.Word(rule.Policy)}. "
                + $"Expected `Missing = {c.Name}=mode`, fail or skip.")
            : new(c, MissingPolicy.Keep, double.NaN, null);
    }

    /// <summary>Fills the column, and says what was filled in.</summary>
    /// <exception cref="DataException">There is nothing to fill in.</exception>
    public void Fill(Table table, List<string> notes)
    {
        if (Policy == MissingPolicy.Keep || Column.Missing == 0) return;
        int filled = !Column.IsText ? Column.FillMissing(Number) : Level is null ? 0 : Column.FillMissing(Level);
        if (Column.IsText ? Level is null : filled > 0 && double.IsNaN(Number))
            throw new DataException($"{table.Source}, column '{Column.Name}': no training row has a value, so there is no "
                + $"{MissingFill.Word(Policy)} to fill in. Leave the column out with `Exclude = {Column.Name}`.");
        if (filled > 0)
            notes.Add($"{table.Source}, column '{Column.Name}': {Text.Plural(filled, "missing value")} filled in with the "
                + $"{MissingFill.Word(Policy)} {(Column.IsText ? $"'{Level}'" : Text.Number(Number))}");
    }

    /// <summary>Puts what other rows say where something was filled in.</summary>
    /// <exception cref="DataException">None of them has a value.</exception>
    public void Refill(Table table, int[] train)
    {
        if (!Column.HasFilled) return;
        double number = Column.IsText ? double.NaN : MissingFill.Of(Present(train), null, Policy);
        string? level = Column.IsText ? MissingFill.ModeOf(Column, train) : null;
        if (Column.IsText ? level is null : double.IsNaN(number))
            throw new DataException($"{table.Source}, column '{Column.Name}': no row of a fold has a value, so there is no "
                + $"{MissingFill.Word(Policy)} to fill in. Use fewer folds, or leave the column out with `Exclude = {Column.Name}`.");
        if (level is null) Column.Refill(number);
        else Column.Refill(level);
    }

    double[] Present(int[] rows) => [.. rows.Where(i => !Column.IsMissing(i)).Select(i => Column.Numbers[i])];
}
