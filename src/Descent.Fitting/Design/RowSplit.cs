namespace Descent.Fitting.Design;

/// <summary>Rows that train and rows that are held out.</summary>
static class RowSplit
{
    /// <summary>Rows to train on and rows to hold out, by the seed, or the last ones where rows stand in the order of time.</summary>
    public static (int[] Train, int[] Held) Of(FitSpec spec, int n)
    {
        if (spec.HoldOut == 0) return ([.. Enumerable.Range(0, n)], []);
        if (n < 2)
            throw new FitException($"`HoldOut` holds rows out, but there is {(n == 1 ? "only one row" : "no row")}; expected at least "
                + $"two.");
        int take = Math.Clamp((int)Math.Round(spec.HoldOut * n), 1, n - 1);
        if (spec.InTime) return ([.. Enumerable.Range(0, n - take)], [.. Enumerable.Range(n - take, take)]);
        int[] order = new int[n];
        Permutation.Fill(new Draws(spec.Seed, 99).NextWord(), order);
        return ([.. order.AsSpan(take).ToArray().Order()], [.. order.AsSpan(0, take).ToArray().Order()]);
    }
}
