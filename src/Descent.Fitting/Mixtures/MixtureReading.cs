namespace Descent.Fitting.Mixtures;

/// <summary>What a saved law says of rows.</summary>
sealed record MixtureReading
{
    /// <summary>p(z = j | row), n × k, row-major; empty where rows are not allocated, or their target is not known.</summary>
    public required double[] Shares { get; init; }

    /// <summary>The component of each row, from 0; empty where there is none.</summary>
    public required int[] States { get; init; }

    /// <summary>log p(row), given the rows before in a sequence; empty where the target is not known.</summary>
    public required double[] LogDensities { get; init; }

    /// <summary>Other numbers of each row by their names: predictions, scores.</summary>
    public IReadOnlyList<(string Name, double[] Values)> More { get; init; } = [];

    /// <summary>Row by row, by Bayes' rule; nothing of rows whose target is NaN.</summary>
    public static MixtureReading ByRow(SavedMixture model, double[] rows)
    {
        int d = model.RowLength, k = model.Components, n = rows.Length / d;
        if (n > 0 && double.IsNaN(rows[model.Features])) return new MixtureReading { Shares = [], States = [], LogDensities = [] };
        double[] shares = new double[(long)n * k], logs = new double[n];
        int[] states = new int[n];
        for (int i = 0; i < n; i++)
        {
            logs[i] = model.Allocate(rows.AsSpan(i * d, d), shares.AsSpan(i * k, k));
            states[i] = SavedMixture.Top(shares.AsSpan(i * k, k));
        }
        return new MixtureReading { Shares = shares, States = states, LogDensities = logs };
    }
}
