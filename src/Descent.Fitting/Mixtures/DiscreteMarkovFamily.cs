using Descent.Data;
using Descent.Mixtures.Chains;

namespace Descent.Fitting.Mixtures;

/// <summary>Hidden Markov chains whose outputs are the whole numbers 0 … M − 1: <see cref="DiscreteEmission"/>.</summary>
sealed class DiscreteMarkovFamily() : ChainFamily("hmm-discrete", "discrete-hmm")
{
    const int MostSymbols = 1_000;

    internal override string Starts => "with random probabilities";

    internal override string Title => "Discrete hidden Markov";

    internal override string Density => "p(x, z) = π(z_1) Π_t A(z_t, z_t+1) Π_t B(z_t, x_t)";

    internal override void Require(MixtureData data)
    {
        if (data.Columns.Count > 1)
            throw new DataException($"{data.Source}: has {data.Columns.Count} columns to fit; the symbols of a chain are one. Name it in "
                + "`Features`.");
        VariedColumns.RequireRows(data, this);
    }

    internal override string? Wrong(ReadOnlySpan<double> row, int at, int columns) =>
        row[at] >= 0 && row[at] < MostSymbols && row[at] == Math.Floor(row[at]) ? null
            : $"a symbol, a whole number from 0 to {MostSymbols - 1}";

    internal override IEmission Emission(double[] rows, int columns, int known) =>
        new DiscreteEmission([.. rows.Select(r => (int)r)], known > 0 ? known : (int)rows.Max() + 1);

    private protected override IReadOnlyList<MixtureBlock> Outputs(int columns) => [new("probabilities", 0)];

    private protected override IEnumerable<MixtureQuantity> OfOutputs(
        IReadOnlyList<string> columns, int components, int each) =>
        MixtureQuantity.Each(components, Enumerable.Range(0, each).Select(s => $"P({s})"));

    private protected override void CheckOutputs(ReadOnlySpan<double> block)
    {
    }
}
