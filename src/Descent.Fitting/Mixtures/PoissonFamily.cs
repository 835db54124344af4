using Descent.Data.Files;
using Descent.Mixtures;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>Counts, independent within a component: <see cref="PoissonLaw"/>.</summary>
sealed class PoissonFamily() : MixtureFamily("poisson")
{
    internal override string Density => "p(x) = Σ_j π_j Π_c e^(−λ_jc) λ_jc^x_c / x_c!";

    internal override bool ByComponent => true;

    internal override bool HoldsRows => false;

    internal override void Require(MixtureData data) => VariedColumns.RequireRows(data, this);

    internal override string? Wrong(ReadOnlySpan<double> row, int at, int columns) => row[at] >= 0 && row[at] == Math.Floor(row[at]) ? null
        : "a count, whole and at least 0";

    internal override IMixture Model(MixtureData data, int components, MixtureSpec spec) =>
        new FiniteMixture(new PoissonLaw(data.Values, data.Columns.Count, FileRoom.Instance), components, data.Weights, FileRoom.Instance);

    internal override IReadOnlyList<MixtureBlock> Blocks(int columns, int components) => [new("means", columns)];

    internal override IMixtureLaw Law(ReadOnlySpan<double> theta, int components, int columns) =>
        new PoissonMixtureLaw(theta, components, columns);

    internal override IReadOnlyList<MixtureQuantity> Quantities(
        IReadOnlyList<string> columns, int components, CovarianceShape shape, int count) =>
        [.. MixtureQuantity.Each(components, ["weight"]), .. MixtureQuantity.Each(components, columns.Select(c => "mean " + c))];
}
