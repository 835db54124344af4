using Descent.Data.Files;
using Descent.Mixtures;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>Columns of 0 and 1, independent within a component (latent classes): <see cref="BernoulliLaw"/>.</summary>
sealed class BernoulliFamily() : MixtureFamily("bernoulli", "latent-class")
{
    internal override string Density => "p(x) = Σ_j π_j Π_c p_jc^x_c (1 − p_jc)^(1 − x_c)";

    internal override bool ByComponent => true;

    internal override bool HoldsRows => false;

    internal override void Require(MixtureData data) => VariedColumns.RequireRows(data, this);

    internal override string? Wrong(ReadOnlySpan<double> row, int at, int columns) => row[at] is 0 or 1 ? null : "0 or 1";

    internal override IMixture Model(MixtureData data, int components, MixtureSpec spec) =>
        new FiniteMixture(BernoulliLaw.Over(data.Values, data.Columns.Count), components, data.Weights, FileRoom.Instance);

    internal override IReadOnlyList<MixtureBlock> Blocks(int columns, int components) => [new("probabilities", columns)];

    internal override IMixtureLaw Law(ReadOnlySpan<double> theta, int components, int columns) =>
        new BernoulliMixtureLaw(theta, components, columns);

    internal override IReadOnlyList<MixtureQuantity> Quantities(
        IReadOnlyList<string> columns, int components, CovarianceShape shape, int count) =>
        [.. MixtureQuantity.Each(components, ["weight"]), .. MixtureQuantity.Each(components, columns.Select(c => "P(1) " + c))];
}
