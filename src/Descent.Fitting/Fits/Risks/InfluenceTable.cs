using Descent.Models.Inference;

namespace Descent.Fitting.Fits;

/// <summary>The rows of a fit by how much they hold it, or why that is not told.</summary>
sealed record InfluenceTable
{
    /// <summary>Why there is none; null where there is.</summary>
    public string? Absent { get; init; }

    /// <summary>All rows that are observations, in their order.</summary>
    public IReadOnlyList<InfluentialRow> All { get; init; } = [];

    /// <summary>Those of largest Cook's distance, the largest first; leverage 1 before all.</summary>
    public IReadOnlyList<InfluentialRow> Top { get; init; } = [];

    /// <summary>Coefficients that were fitted, which the leverages add up to where no row stands for several.</summary>
    public int Parameters { get; init; }

    /// <summary>How many equal rows all of them stand for; null where each stands for itself.</summary>
    public double? Observations { get; init; }

    /// <summary>The table of the rows that train.</summary>
    /// <param name="found">Their measures.</param>
    /// <param name="rows">Their numbers, from 1.</param>
    /// <param name="observed">Whether a row is an observation.</param>
    /// <param name="parameters">Coefficients.</param>
    /// <param name="most">Rows of the short list.</param>
    public static InfluenceTable Of(RowInfluence found, int[] rows, Func<int, bool> observed, int parameters, int most)
    {
        InfluentialRow[] all = [.. Enumerable.Range(0, rows.Length).Where(observed).Select(i =>
            new InfluentialRow(rows[i], found.Leverages[i], found.Standardised[i], found.CooksDistances[i], found.Dffits[i]))];
        return new InfluenceTable
        {
            All = all,
            Top = [.. all.OrderByDescending(r => double.IsNaN(r.CooksDistance) ? double.PositiveInfinity : r.CooksDistance)
                .ThenBy(r => r.Row).Take(most)],
            Parameters = parameters,
        };
    }
}
