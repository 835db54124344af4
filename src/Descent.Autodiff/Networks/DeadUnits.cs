namespace Descent.Autodiff.Networks;

/// <summary>Finds hidden units that give the same answer to every row:
/// rectified units that never open, sigmoid and tanh units that never leave their ends. No gradient reaches their weights.</summary>
public static class DeadUnits
{
    /// <summary>Number of dead hidden units. Costs one forward pass over the rows; deterministic.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="w">Parameters, d numbers.</param>
    /// <param name="rows">Rows, <paramref name="count"/> × inputs.</param>
    /// <param name="count">Number of rows.</param>
    public static int Count<T>(Mlp network, ReadOnlySpan<T> w, ReadOnlySpan<T> rows, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ReadOnlySpan<int> sizes = network.Sizes;
        double[] h = new double[count * sizes[0]];
        Vectors.Convert(rows[..h.Length], h);
        int dead = 0, offset = 0;
        for (int k = 0; k + 2 < sizes.Length; k++)
        {
            int from = sizes[k], to = sizes[k + 1];
            double[] next = new double[count * to];
            bool[] alive = new bool[to];
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < to; j++)
                {
                    double z = double.CreateTruncating(w[offset + (from * to) + j]);
                    for (int a = 0; a < from; a++) z += h[(i * from) + a] * double.CreateTruncating(w[offset + (a * to) + j]);
                    (next[(i * to) + j], bool moves) = Answer(network.Activation, z);
                    alive[j] |= moves;
                }
            }
            dead += alive.Count(a => !a);
            offset += (from * to) + to;
            h = next;
        }
        return dead;
    }

    static (double Value, bool Moves) Answer(Activation activation, double z)
    {
        if (activation == Activation.Relu) return (Math.Max(0, z), z > 0);
        double t = activation == Activation.Tanh ? Math.Tanh(z) : 1 / (1 + Math.Exp(-z)), slope = activation == Activation.Tanh
            ? 1 - (t * t)
            : t * (1 - t);
        return (t, slope > 1e-3);
    }
}
