namespace Descent.Fitting.Formulas;

/// <summary>Knots of a spline: given, or at the quantiles of the training rows, between ends that are given or their range.</summary>
/// <param name="Inner">Knots within; null takes them from the rows.</param>
/// <param name="Count">How many to take from the rows.</param>
/// <param name="Ends">The two ends; null takes the range of the rows.</param>
sealed record SplineKnots(double[]? Inner, int Count, double[]? Ends)
{
    public Dictionary<string, double[]> Learn(double[] x, ref string? wrong)
    {
        double[] sorted = [.. x.Order()], ends = Ends ?? [sorted[0], sorted[^1]];
        if (!(ends[1] > ends[0])) wrong = "has no room for a spline: its column takes one value.";
        double[] within = Ends is null ? sorted : [.. sorted.Where(v => v >= ends[0] && v <= ends[1])];
        if (within.Length == 0)
        {
            wrong ??= "has no row between its ends.";
            return [];
        }
        double[] inner = Inner ?? [.. Enumerable.Range(1, Count).Select(k => Quantile(within, (double)k / (Count + 1)))];
        if (inner.Any(k => !(k > ends[0] && k < ends[1])))
            wrong ??= $"has a knot that is not between its ends {Text.Number(ends[0])} and {Text.Number(ends[1])}: "
                + $"{string.Join(", ", inner.Select(k => Text.Number(k)))}; "
                + (Inner is null ? "ask for fewer by 'df', or give 'knots'." : "give others.");
        return new(StringComparer.Ordinal) { ["knots"] = inner, ["ends"] = ends };
    }

    public string? Wrong(Dictionary<string, double[]> state)
    {
        bool good = state.Count == 2 && state.GetValueOrDefault("ends") is [var low, var high] && high > low && double.IsFinite(high - low)
            && state.GetValueOrDefault("knots") is { } inner && inner.Length == (Inner?.Length ?? Count)
            && inner.All(k => k > low && k < high) && inner.Zip(inner.Skip(1)).All(p => p.First <= p.Second);
        return good ? null : $"needs two finite \"ends\" and {Inner?.Length ?? Count} \"knots\" between them that do not fall";
    }

    // R's type 7: linear between order statistics.
    static double Quantile(double[] sorted, double p)
    {
        double at = (sorted.Length - 1) * p;
        int low = (int)Math.Floor(at);
        return low + 1 >= sorted.Length ? sorted[low] : sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low]));
    }
}
