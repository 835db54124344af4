namespace Descent.Fitting.Families;

/// <summary>
/// A sum of few terms that must not fall along a direction in which a likelihood recedes: <c>x₊·w − x₋·w + ζ₊ − ζ₋</c>, x rows and ζ
/// thresholds by number, −1 for none. Where it rises along one, the likelihood has no maximum.
/// </summary>
readonly record struct RecedingRow(int Plus, int Minus, int Up = -1, int Down = -1)
{
    /// <summary>Classes in order: P(y = k) falls along no direction that keeps a row's margin between the thresholds of its
    /// class.</summary>
    /// <param name="labels">Classes from 0.</param>
    /// <param name="classes">Their number.</param>
    public static IEnumerable<RecedingRow> OfOrder(double[] labels, int classes)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            int k = (int)labels[i];
            if (k < classes - 1) yield return new(-1, i, k);
            if (k > 0) yield return new(i, -1, -1, k - 1);
        }
    }

    /// <summary>
    /// Times to events: a partial likelihood falls along no direction that keeps the margin of every event the largest of those at risk.
    /// Sets of those at risk are nested, so that each event is compared with those that leave before the next, and with that one.
    /// </summary>
    /// <param name="labels">Times, negative where censored.</param>
    public static IEnumerable<RecedingRow> OfTimes(double[] labels)
    {
        int[] order = [.. Enumerable.Range(0, labels.Length).OrderByDescending(i => Math.Abs(labels[i]))];
        List<int> since = [];
        for (int from = 0, to; from < order.Length; from = to)
        {
            double time = Math.Abs(labels[order[from]]);
            for (to = from; to < order.Length && Math.Abs(labels[order[to]]) == time; to++) { }
            int[] events = [.. order[from..to].Where(i => labels[i] > 0)];
            since.AddRange(order[from..to].Where(i => labels[i] < 0));
            if (events.Length == 0) continue;
            int lead = events[0];
            foreach (int j in since) yield return new(lead, j);
            foreach (int e in events.Skip(1))
            {
                yield return new(lead, e);
                yield return new(e, lead);
            }
            since = [lead];
        }
    }
}
