using Descent.Data;
using Descent.Mixtures;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>What mixtures of regressions share: a target, coefficients with the intercept first, predictions by component.</summary>
abstract class MixtureRegressions(string name, params string[] aliases) : MixtureFamily(name, aliases)
{
    public override bool HasTarget => true;

    internal override bool ByComponent => true;

    /// <summary>Names of a block's numbers after the coefficients.</summary>
    private protected abstract IEnumerable<string> Others { get; }

    internal override IReadOnlyList<MixtureQuantity> Quantities(
        IReadOnlyList<string> columns, int components, CovarianceShape shape, int count) =>
        [.. MixtureQuantity.Each(components, ["weight"]), .. MixtureQuantity.Each(components, ["(intercept)", .. columns, .. Others])];

    /// <summary>Responsibilities where the target is known, and each component's mean of it in any case.</summary>
    internal override MixtureReading Read(SavedMixture model, double[] rows, int[] lengths)
    {
        RegressionMixtureLaw law = (RegressionMixtureLaw)model.Law;
        int width = model.RowLength, k = model.Components, n = rows.Length / width;
        MixtureReading read = MixtureReading.ByRow(model, rows);
        double[][] means = [.. Enumerable.Range(0, k + 1).Select(_ => new double[n])];
        double[] parts = new double[k];
        for (int i = 0; i < n; i++)
        {
            means[0][i] = law.Means(rows.AsSpan(i * width, width), parts);
            for (int j = 0; j < k; j++) means[1 + j][i] = parts[j];
        }
        return read with { More = [.. means.Select((m, j) => (j == 0 ? "prediction" : $"prediction{j}", m))] };
    }

    private protected static void RequireColumns(MixtureData data)
    {
        VariedColumns.Require(data);
        int least = data.Columns.Count + 3;
        if (data.Count < least)
            throw new DataException($"{data.Source}: has {Text.Plural(data.Count, "row")}; regressions on "
                + $"{Text.Plural(data.Columns.Count, "column")} need at least {least}.");
    }
}
