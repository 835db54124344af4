using Descent.Mixtures.Search;

namespace Descent.Mixtures.Chains;

// What a search over starts asks of the chain.
public sealed partial class HiddenMarkovChain : IMixture
{
    /// <summary>States, K.</summary>
    public int Components => states;

    /// <summary>K − 1 of the first state's law, K(K − 1) of the transitions, and those of the outputs.</summary>
    public int FreeParameters => states - 1 + (states * (states - 1)) + (states * emission.FreeParameters);

    /// <summary>Outputs of all sequences: the n of BIC.</summary>
    public double TotalWeight => emission.Count;

    /// <inheritdoc/>
    public string Collapse => emission.Collapse;

    /// <summary>Outputs of all sequences.</summary>
    public int RowCount => emission.Count;

    /// <summary>The law of the outputs.</summary>
    internal IEmission Emission => emission;

    /// <summary>Equal first states; a random share between 0.5 and 0.95 to stay in a state, equal shares to leave it; outputs as they
    /// start.</summary>
    public bool Start(Draws draws, Span<double> theta)
    {
        ArgumentNullException.ThrowIfNull(draws);
        theta[..states].Fill(1.0 / states);
        double stay = states == 1 ? 1 : 0.5 + (0.45 * draws.NextDouble()), leave = (1 - stay) / Math.Max(1, states - 1);
        for (int i = 0; i < states * states; i++) theta[states + i] = i / states == i % states ? stay : leave;
        return emission.Start(draws, states, theta[Head..]) && IsValid(theta);
    }

    /// <summary>Probabilities as they are, parameters of outputs in their units: the largest difference.</summary>
    public double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double most = 0;
        for (int i = 0; i < Parameters; i++)
        {
            double gap = Math.Abs(a[i] - b[i]) / (i < Head ? 1 : emission.Unit(i - Head, states));
            if (!(gap <= most)) most = gap;
        }
        return most;
    }

    /// <summary>Puts the states in order, that with the most expected outputs first.</summary>
    public void Order(Span<double> theta)
    {
        double[] old = theta.ToArray(), outputs = Expected(old);
        int[] order = [.. Enumerable.Range(0, states).OrderByDescending(k => outputs[k])];
        for (int k = 0; k < states; k++)
        {
            theta[k] = old[order[k]];
            for (int j = 0; j < states; j++) theta[states + (k * states) + j] = old[states + (order[k] * states) + order[j]];
        }
        int first = Head;
        foreach (int length in emission.Lengths)
        {
            for (int k = 0; k < states; k++)
                old.AsSpan(first + (order[k] * length), length).CopyTo(theta.Slice(first + (k * length), length));
            first += states * length;
        }
    }

    /// <summary>Writes P(z_t = k | y) of each output; the entropy is that of the states one by one, not of their path.</summary>
    public double Responsibilities(ReadOnlySpan<double> theta, Span<double> shares)
    {
        if (shares.Length != emission.Count * states)
            throw new ArgumentException($"The posteriors need length {emission.Count * states} (outputs × states); got {shares.Length}.");
        double entropy = 0;
        for (int s = 0; s < Count; s++)
            Posterior(theta, s, shares[(starts[s] * states)..(starts[s + 1] * states)]);
        foreach (double r in shares)
            if (r > 0) entropy -= r * Math.Log(r);
        return entropy;
    }

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> theta)
    {
        double[] outputs = Expected(theta);
        for (int k = 0; k < states; k++)
        {
            if (outputs[k] < 1e-6)
                return FormattableString.Invariant($"A state holds {outputs[k]:g3} outputs: it is empty. Take fewer states.");
            if (emission.Degeneracy(theta[Head..], k, states, outputs[k]) is { } why) return why;
        }
        return null;
    }

    /// <summary>
    /// In log-ratios of the probabilities and the coordinates of the outputs; a probability below 10⁻⁹ is held where it is, with an error
    /// of 0. Quantities are θ. Two passes for each free coordinate where there are at most 500.
    /// </summary>
    public LocalCertificate Certify(ReadOnlySpan<double> theta) => Curvature.Certify(new ChainScore(this, theta), t => t);

    /// <inheritdoc/>
    public LocalCertificate? Supplement(ReadOnlySpan<double> theta) =>
        Curvature.Supplement(this, new ChainScore(this, theta), t => t);

    double[] Expected(ReadOnlySpan<double> theta)
    {
        double[] shares = new double[emission.Count * states], sums = new double[states];
        Responsibilities(theta, shares);
        for (int i = 0; i < shares.Length; i++) sums[i % states] += shares[i];
        return sums;
    }
}
