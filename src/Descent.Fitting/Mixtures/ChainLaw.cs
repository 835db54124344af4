using Descent.Mixtures.Chains;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>A hidden Markov chain at θ; one row alone is a sequence of one.</summary>
sealed class ChainLaw(ChainFamily family, double[] theta, int states, int columns) : IMixtureLaw
{
    public int Components => states;

    public double[] Theta => theta;

    public void LogJoints(ReadOnlySpan<double> row, Span<double> joints)
    {
        int head = states * (states + 1);
        family.Emission(row.ToArray(), columns, (theta.Length - head) / states).LogDensities(theta.AsSpan(head), 0, joints);
        for (int k = 0; k < states; k++) joints[k] += Math.Log(theta[k]);
    }

    /// <summary>The chain over new rows.</summary>
    public HiddenMarkovChain Chain(double[] rows, int[] lengths)
    {
        IEmission emission = family.Emission(rows, columns, (theta.Length / states) - 1 - states);
        return HiddenMarkovChain.Of(emission, states, lengths);
    }
}
