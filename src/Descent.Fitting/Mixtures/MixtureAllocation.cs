namespace Descent.Fitting.Mixtures;

/// <summary>The most probable component of every row of a fit.</summary>
/// <param name="Components">Component of each row, from 0.</param>
/// <param name="Probabilities">Its responsibility.</param>
sealed record MixtureAllocation(IReadOnlyList<int> Components, IReadOnlyList<double> Probabilities)
{
    /// <summary>From this responsibility on a row counts as told apart, in pictures.</summary>
    public const double Sure = 0.9;

    public static MixtureAllocation Of(FittedMixture m)
    {
        int k = m.Components, n = m.Data.Count;
        int[] components = new int[n];
        double[] probabilities = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < k; j++)
            {
                double share = m.Allocation[(i * k) + j];
                if (share > probabilities[i]) (components[i], probabilities[i]) = (j, share);
            }
        }
        return new MixtureAllocation(components, probabilities);
    }
}
