namespace Descent.Models.Linear;

/// <summary>
/// Cox's partial likelihood of times and events: <c>−Σ over times t with events: Σ wᵢzᵢ − (W_t/d_t) Σ_{l&lt;d_t} log(Σ_{j at risk} wⱼe^{zⱼ}
/// − (l/d_t)Σ_{j ends at t} wⱼe^{zⱼ})</c> by Efron; by Breslow without what is taken away. A label is a time, negative where it was
/// censored.
/// </summary>
/// <remarks>Rows at risk at t are those whose time is at least t. A pass goes from the last time to the first, with the largest margin so
/// far as the scale of its sums, so that nothing overflows. O(n log n) once, O(n) a pass; deterministic. Sources: Cox 1972; Breslow 1974;
/// Efron 1977; weights as R's coxph has them.</remarks>
public sealed class RiskSets
{
    readonly int[] order;

    /// <summary>Orders the rows from the last time to the first.</summary>
    /// <param name="labels">Times above 0, negative where censored.</param>
    /// <param name="efron">Efron's treatment of ties; Breslow's otherwise.</param>
    public RiskSets(ReadOnlySpan<double> labels, bool efron)
    {
        Efron = efron;
        double[] later = new double[labels.Length];
        order = new int[labels.Length];
        Events = new bool[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            (order[i], later[i], Events[i]) = (i, -Math.Abs(labels[i]), labels[i] > 0);
        // Stable by the rows' own order: sums have one order.
        order = [.. order.OrderBy(i => later[i])];
        Starts = [.. Enumerable.Range(0, order.Length).Where(k => k == 0 || later[order[k]] != later[order[k - 1]]), order.Length];
    }

    /// <summary>Whether ties are treated as Efron does.</summary>
    public bool Efron { get; }

    /// <summary>Which rows end with an event.</summary>
    public bool[] Events { get; }

    /// <summary>Rows from the last time to the first.</summary>
    public ReadOnlySpan<int> Order => order;

    /// <summary>Where each time begins in <see cref="Order"/>, and the number of rows.</summary>
    public int[] Starts { get; }

    /// <summary>−log of the partial likelihood.</summary>
    /// <param name="z">Margins.</param>
    /// <param name="weights">Weights; null for 1.</param>
    public double Value(ReadOnlySpan<double> z, double[]? weights)
    {
        double sum = 0, top = double.NegativeInfinity, at = 0;
        for (int t = 0; t + 1 < Starts.Length; t++)
        {
            double ending = 0, mass = 0, won = 0;
            int ties = 0;
            for (int k = Starts[t]; k < Starts[t + 1]; k++)
            {
                int i = order[k];
                double w = weights?[i] ?? 1;
                if (w == 0) continue;
                if (z[i] > top)
                {
                    double shrink = double.IsNegativeInfinity(top) ? 0 : Math.Exp(top - z[i]);
                    (at, ending, top) = (at * shrink, ending * shrink, z[i]);
                }
                double e = w * Math.Exp(z[i] - top);
                at += e;
                if (!Events[i]) continue;
                (ending, mass, won, ties) = (ending + e, mass + w, won + (w * z[i]), ties + 1);
            }
            for (int l = 0; l < ties; l++)
                sum += mass / ties * (top + Math.Log(at - (Efron ? (double)l / ties * ending : 0)));
            sum -= won;
        }
        return sum;
    }
}
