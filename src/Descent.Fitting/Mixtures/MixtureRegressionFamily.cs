using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>Linear regressions: <see cref="LinearRegressionLaw"/>.</summary>
sealed class MixtureRegressionFamily() : MixtureRegressions("regression", "linear-regression")
{
    internal override string Title => "Linear regression";

    internal override string Density => "p(y | x) = Σ_j π_j N(y; β_j0 + β_jᵀx, σ_j²)";

    internal override IMixture Model(MixtureData data, int components, MixtureSpec spec) =>
        new FiniteMixture(new LinearRegressionLaw(data.Held, data.Columns.Count, data.Targets), components, data.Weights);

    internal override IReadOnlyList<MixtureBlock> Blocks(int columns, int components) =>
        [new("coefficients", columns + 1), new("variance", 1)];

    internal override IMixtureLaw Law(ReadOnlySpan<double> theta, int components, int columns) =>
        new LinearRegressionMixtureLaw(theta, components, columns);

    internal override void Require(MixtureData data)
    {
        RequireColumns(data);
        if (data.Targets.All(y => y == data.Targets[0]))
            throw new Data.DataException($"{data.Source}, column '{data.Target}': holds {Text.Exact(data.Targets[0])} in all "
                + $"{Text.Count(data.Count)} rows, so there is nothing to regress. Name another `Target`.");
    }

    private protected override IEnumerable<string> Others => ["variance"];
}
