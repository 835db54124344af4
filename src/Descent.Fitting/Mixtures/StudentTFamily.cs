using Descent.Mixtures;
using Descent.Mixtures.Search;
using Descent.Mixtures.StudentT;

namespace Descent.Fitting.Mixtures;

/// <summary>Student-t laws with degrees of freedom of their own: <see cref="StudentTMixture"/>.</summary>
sealed class StudentTFamily() : MixtureFamily("t", "student-t", "student")
{
    internal override string Title => "Student-t";

    internal override string Density => "p(x) = Σ_j π_j t(x; μ_j, Σ_j, ν_j)";

    internal override string Map(MixtureMethod method) => "argmax Q(· | θ) over π, μ, Σ, then each ν_j "
        + (method is MixtureMethod.Ecm or MixtureMethod.Online ? "on Q" : "on the likelihood given the responsibilities");

    internal override string? Refusal(MixtureMethod method) => method switch
    {
        MixtureMethod.Stochastic => "its precisions are averaged over and not drawn. Take `Method = online`.",
        MixtureMethod.Sgd => "its scatters have no free coordinates for gradients. Take `Method = online`.",
        _ => null,
    };

    internal override string? NoSupplement => "its M-step maximises in two cycles, and the rate of EM alone does not give the information";

    internal override bool HasScatter => true;

    internal override void Require(MixtureData data) => VariedColumns.Require(data);

    internal override IMixture Model(MixtureData data, int components, MixtureSpec spec) =>
        new StudentTMixture(data.Held, data.Columns.Count, components, data.Weights,
            spec.Search.Method is MixtureMethod.Ecm or MixtureMethod.Online);

    internal override IReadOnlyList<MixtureBlock> Blocks(int columns, int components) =>
        [new("means", columns), new("scatters", columns * columns), new("degreesOfFreedom", 1)];

    internal override IMixtureLaw Law(ReadOnlySpan<double> theta, int components, int columns) => new StudentTLaw(theta, components,
        columns);

    internal override IReadOnlyList<MixtureQuantity> Quantities(
        IReadOnlyList<string> columns, int components, CovarianceShape shape, int count) =>
        [.. MixtureQuantity.OfScatter(columns, components, "scale", "scatter", full: true),
            .. MixtureQuantity.Each(components, ["degrees of freedom"])];

    internal override IEnumerable<MixtureRemark> Remarks(IMixture model, double[] theta)
    {
        (double ratio, int component) = ((StudentTMixture)model).SmallestEigenvalue(theta);
        yield return new MixtureRemark("Smallest", $"eigenvalue of the scatters {Text.Number(ratio, "G4")} of the data's covariance "
            + $"(component {component + 1}), that is λ_min(T⁻¹Σ_j), T the covariance of all rows", "smallestEigenvalue", ratio);
        for (int j = 0; j < model.Components; j++)
        {
            if (((StudentTMixture)model).IsNormal(theta, j))
                yield return new MixtureRemark("Tails",
                    $"component {j + 1} is normal: the likelihood still rises in its degrees of freedom at "
                    + "100000, where they are held", $"normal{j + 1}", j + 1);
        }
    }
}
