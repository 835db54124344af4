namespace Descent.Mixtures.Chains;

public sealed partial class HiddenMarkovChain
{
    /// <summary>Writes the most probable path of states given the outputs and returns its <c>log p(y, z)</c>;
    /// of equal paths the one with the lower state last. O(T·K²) time, O(T·K) memory.</summary>
    public double Viterbi(ReadOnlySpan<double> theta, int sequence, Span<int> path)
    {
        int first = starts[sequence], length = starts[sequence + 1] - first;
        if (path.Length != length)
            throw new ArgumentException($"The path needs length {length} (the outputs of the sequence); got {path.Length}.");
        if (!IsValid(theta)) return double.NaN;
        int[] from = new int[length * states];
        double[] best = new double[states], before = new double[states], densities = new double[states], logs = Logs(theta[..Head]);
        for (int t = 0; t < length; t++)
        {
            emission.LogDensities(theta[Head..], first + t, densities);
            for (int k = 0; k < states; k++)
            {
                int j = t == 0 ? 0 : Before(before, logs, k);
                from[(t * states) + k] = j;
                best[k] = densities[k] + (t == 0 ? logs[k] : before[j] + logs[states + (j * states) + k]);
            }
            best.CopyTo(before, 0);
        }
        int last = best.AsSpan().IndexOf(best.Max());
        for (int t = length - 1, k = last; t >= 0; k = from[(t * states) + k], t--) path[t] = k;
        return best[last];
    }

    int Before(ReadOnlySpan<double> before, ReadOnlySpan<double> logs, int k)
    {
        int best = 0;
        for (int j = 1; j < states; j++)
        {
            if (before[j] + logs[states + (j * states) + k] > before[best] + logs[states + (best * states) + k]) best = j;
        }
        return best;
    }

    static double[] Logs(ReadOnlySpan<double> probabilities)
    {
        double[] logs = new double[probabilities.Length];
        for (int i = 0; i < logs.Length; i++) logs[i] = Math.Log(probabilities[i]);
        return logs;
    }
}
