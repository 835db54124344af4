using Descent.Data;
using Descent.Mixtures;
using Descent.Mixtures.Chains;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>What hidden Markov chains share: rows in sequences, the law of the first state, transitions, decoding.</summary>
abstract class ChainFamily(string name, params string[] aliases) : MixtureFamily(name, aliases)
{
    public override bool HasSequences => true;

    public override bool HasWeights => false;

    internal override string Part => "state";

    internal override bool MayHaveEmptyShares => true;

    internal override string? Refusal(MixtureMethod method) => method switch
    {
        MixtureMethod.Online or MixtureMethod.Stochastic or MixtureMethod.Sgd => "it takes whole sequences and samples no rows. Take "
            + "`Method = em` or `Method = squarem`.",
        _ => base.Refusal(method),
    };

    internal override IMixture Model(MixtureData data, int components, MixtureSpec spec) =>
        new HiddenMarkovChain(Emission(data.Held, data.Columns.Count, 0), components, data.Lengths);

    internal override IReadOnlyList<MixtureBlock> Blocks(int columns, int components) =>
        [new("transitions", components), .. Outputs(columns)];

    internal override IReadOnlyList<MixtureQuantity> Quantities(
        IReadOnlyList<string> columns, int components, CovarianceShape shape, int count) =>
    [
        .. MixtureQuantity.Each(components, ["first"]),
        .. MixtureQuantity.Each(components, Enumerable.Range(1, components).Select(j => $"to state {j}")),
        .. OfOutputs(columns, components, (count / components) - 1 - components),
    ];

    internal override IMixtureLaw Law(ReadOnlySpan<double> theta, int components, int columns)
    {
        for (int r = 0; r < components * (components + 1); r += components)
        {
            double sum = 0;
            foreach (double p in theta.Slice(r, components)) sum += p >= 0 ? p : double.NaN;
            if (!(Math.Abs(sum - 1) < 1e-6))
                throw new ArgumentException($"The {(r == 0 ? "weights" : $"transitions of state {r / components}")} are no probabilities "
                    + "with sum 1.");
        }
        CheckOutputs(theta[(components * (components + 1))..]);
        return new ChainLaw(this, theta.ToArray(), components, columns);
    }

    /// <summary>Posteriors of the states given the whole sequence, the most probable path, and log p(row | rows before).</summary>
    internal override MixtureReading Read(SavedMixture model, double[] rows, int[] lengths)
    {
        ChainLaw law = (ChainLaw)model.Law;
        int d = model.RowLength, k = model.Components, n = rows.Length / d;
        HiddenMarkovChain chain = law.Chain(rows, lengths);
        double[] shares = new double[n * k], logs = new double[n];
        int[] states = new int[n], ends = lengths.Length > 0 ? lengths : [n];
        for (int s = 0, at = 0; s < ends.Length; at += ends[s], s++)
        {
            chain.Predictive(law.Theta, s, logs.AsSpan(at, ends[s]));
            chain.Posterior(law.Theta, s, shares.AsSpan(at * k, ends[s] * k));
            chain.Viterbi(law.Theta, s, states.AsSpan(at, ends[s]));
        }
        return new MixtureReading { Shares = shares, States = states, LogDensities = logs };
    }

    /// <summary>Blocks of the outputs.</summary>
    private protected abstract IReadOnlyList<MixtureBlock> Outputs(int columns);

    private protected abstract IEnumerable<MixtureQuantity> OfOutputs(
        IReadOnlyList<string> columns, int components, int each);

    /// <summary>The outputs; under a law that is known, with as many numbers a state as it has.</summary>
    internal abstract IEmission Emission(double[] rows, int columns, int known);

    private protected abstract void CheckOutputs(ReadOnlySpan<double> block);
}
