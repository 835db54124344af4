using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>Times and events as labels: times, negative where they were censored.</summary>
static class SurvivalTimes
{
    /// <exception cref="DataException">A time is not above 0, an event is neither 0 nor 1, or nothing happens; the place is
    /// said.</exception>
    public static double[] Read(Table table, Column time, string eventColumn)
    {
        Column c = table.Find(eventColumn) ?? throw new DataException($"{table.Source}: has no column '{eventColumn}', which says "
            + $"whose time ends with an event. Its columns are {Text.Names(table.AllNames)}.");
        if (time.IsText) throw new DataException($"{table.Source}, column '{time.Name}': holds text; expected times above 0.");
        if (c.IsText) throw new DataException($"{table.Source}, column '{c.Name}': holds text; expected 1 for an event and 0 for "
            + "a censored time.");
        double[] labels = new double[table.RowCount];
        bool any = false;
        for (int i = 0; i < labels.Length; i++)
        {
            double t = time.Numbers[i], happened = c.Numbers[i];
            if (!(t > 0))
                throw new DataException($"{table.Place(i)}, column '{time.Name}': found {Text.Exact(t)}, expected "
                    + "a time above 0.");
            if (happened is not (0 or 1))
                throw new DataException($"{table.Place(i)}, column '{c.Name}': found {Text.Exact(happened)}, "
                    + "expected 1 for an event or 0 for a censored time.");
            labels[i] = happened == 1 ? t : -t;
            any |= happened == 1;
        }
        return any ? labels : throw new DataException($"{table.Source}, column '{c.Name}': no time ends with an event; nothing "
            + "can be learnt of hazards. Expected at least one 1.");
    }
}
