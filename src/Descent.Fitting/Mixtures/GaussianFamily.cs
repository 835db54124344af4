using Descent.Data.Files;
using Descent.Mixtures;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>Normal laws: <see cref="GaussianMixture"/>.</summary>
sealed class GaussianFamily() : MixtureFamily("gaussian", "normal")
{
    public override bool HasShapes => true;

    internal override string Density => "p(x) = Σ_j π_j N(x; μ_j, Σ_j)";

    internal override bool HasScatter => true;

    internal override bool HoldsRows => false;

    internal override string? Refusal(MixtureMethod method) => method == MixtureMethod.Sgd
        ? "its covariances have no free coordinates for gradients. Take `Method = em` or `Method = online`." : base.Refusal(method);

    internal override void Require(MixtureData data) => VariedColumns.Require(data);

    internal override IMixture Model(MixtureData data, int components, MixtureSpec spec) =>
        new GaussianMixture(data.Values, data.Columns.Count, components, FileRoom.Instance, spec.Covariance, data.Weights);

    internal override IReadOnlyList<MixtureBlock> Blocks(int columns, int components) => [new("means", columns), new("covariances",
        columns * columns)];

    internal override IMixtureLaw Law(ReadOnlySpan<double> theta, int components, int columns) => new GaussianLaw(theta, components,
        columns);

    internal override IReadOnlyList<MixtureQuantity> Quantities(
        IReadOnlyList<string> columns, int components, CovarianceShape shape, int count) =>
        MixtureQuantity.OfScatter(columns, components, "s.d.", "cov.", shape is CovarianceShape.Full or CovarianceShape.Tied);

    internal override IEnumerable<MixtureRemark> Remarks(IMixture model, double[] theta)
    {
        (double ratio, int component) = ((GaussianMixture)model).SmallestEigenvalue(theta);
        yield return new MixtureRemark("Smallest",
            $"eigenvalue of the covariances {Text.Number(ratio, "G4")} of the data's (component {component + 1}), "
            + "that is λ_min(T⁻¹Σ_j), T the covariance of all rows", "smallestEigenvalue", ratio);
    }
}
