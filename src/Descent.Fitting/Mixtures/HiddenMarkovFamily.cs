using Descent.Mixtures.Chains;

namespace Descent.Fitting.Mixtures;

/// <summary>Hidden Markov chains whose outputs are normal, their columns independent in a state: <see cref="GaussianEmission"/>.</summary>
sealed class HiddenMarkovFamily() : ChainFamily("hmm", "hidden-markov")
{
    internal override string Title => "Hidden Markov";

    internal override string Density => "p(x, z) = π(z_1) Π_t A(z_t, z_t+1) Π_t,c N(x_tc; μ, σ² of state z_t)";

    internal override void Require(MixtureData data)
    {
        VariedColumns.Require(data);
        if (data.Count <= data.Columns.Count)
            throw new Data.DataException($"{data.Source}: has {Text.Plural(data.Count, "row")} of "
                + $"{Text.Plural(data.Columns.Count, "column")}; a chain needs more rows than columns.");
    }

    internal override IEmission Emission(double[] rows, int columns, int known) =>
        known == 0 ? new GaussianEmission(rows, columns) : GaussianEmission.Of(rows, columns);

    private protected override IReadOnlyList<MixtureBlock> Outputs(int columns) => [new("means", columns), new("variances", columns)];

    private protected override IEnumerable<MixtureQuantity> OfOutputs(
        IReadOnlyList<string> columns, int components, int each) =>
        [.. MixtureQuantity.Each(components, columns.Select(c => "mean " + c)),
            .. MixtureQuantity.Each(components, columns.Select(c => "variance " + c))];

    private protected override void CheckOutputs(ReadOnlySpan<double> block)
    {
        foreach (double v in block[(block.Length / 2)..])
            if (!(v > 0)) throw new ArgumentException(FormattableString.Invariant($"A variance is {v}; expected a positive number."));
    }
}
