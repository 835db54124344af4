using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>The column that makes the target's counts successes among trials: of the trials, or of the failures.</summary>
sealed record TrialSource
{
    /// <summary>Column of the numbers of trials; null where failures are given.</summary>
    public string? Trials { get; init; }

    /// <summary>Column of the numbers of failures; null where trials are given.</summary>
    public string? Failures { get; init; }

    /// <summary>The column.</summary>
    public string Column() => Trials ?? Failures!;

    /// <summary>The source that a request names; null where it names none.</summary>
    public static TrialSource? Of(DataSpec spec)
    {
        string? failures = spec.Failures ?? spec.Formula?.Failures;
        return spec.Trials is null && failures is null ? null : new TrialSource { Trials = spec.Trials, Failures = failures };
    }

    /// <summary>The trials of every row, and the share of them that succeeded.</summary>
    /// <exception cref="DataException">A column is missing or text, or a count is none; the place is said.</exception>
    public (double[] Trials, double[] Shares) Read(Table table, Column target)
    {
        Column c = table.Find(Column()) ?? throw new DataException($"{table.Source}: has no column '{Column()}', which the "
            + $"{(Trials is null ? "failures" : "trials")} of the model are. Its columns are {Text.Names(table.AllNames)}.");
        foreach (Column column in new[] { target, c })
            if (column.IsText) throw new DataException($"{table.Source}, column '{column.Name}': holds text; expected counts ≥ 0.");
        double[] trials = new double[table.RowCount], shares = new double[table.RowCount];
        for (int i = 0; i < trials.Length; i++)
        {
            double s = Count(table, target, i), other = Count(table, c, i);
            trials[i] = Trials is null ? s + other : other;
            if (!(trials[i] > 0))
                throw new DataException($"{table.Place(i)}, column '{Column()}': there are no trials; expected at "
                    + "least one, or leave the row out.");
            if (s > trials[i])
                throw new DataException($"{table.Place(i)}, column '{target.Name}': found {Text.Exact(s)} successes among "
                    + $"{Text.Exact(trials[i])} trials; expected no more than there are.");
            shares[i] = s / trials[i];
        }
        if (Array.TrueForAll(shares, p => p == 0) || Array.TrueForAll(shares, p => p == 1))
            throw new DataException($"{table.Source}, column '{target.Name}': every trial "
                + $"{(shares[0] == 0 ? "fails" : "succeeds")}; nothing "
                + "can be learnt from one outcome.");
        return (trials, shares);
    }

    static double Count(Table table, Column c, int i)
    {
        double x = c.Numbers[i];
        return x >= 0 && x == Math.Floor(x) && double.IsFinite(x) ? x
            : throw new DataException($"{table.Place(i)}, column '{c.Name}': found {Text.Exact(x)}, expected a "
                + "count ≥ 0.");
    }

    /// <inheritdoc/>
    public override string ToString() => Trials is null ? $"failures in {Failures}" : $"trials in {Trials}";
}
