namespace Descent.Models.Linear;

/// <summary>
/// Soft thresholding put off until a coordinate is needed: thresholds add up, <c>soft(soft(p, a), b) = soft(p, a + b)</c>,
/// so a coordinate that has waited takes the sum of what it missed, exactly (Langford, Li and Zhang 2009; Duchi and Singer 2009).
/// </summary>
sealed class LazyTruncation<T>(double[] lambda)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly double[] settled = new double[lambda.Length];
    double total;

    /// <summary>A step has passed whose threshold is λⱼ times this.</summary>
    public void Add(double threshold) => total += threshold;

    /// <summary>Brings some coordinates up to date.</summary>
    public void Settle(ReadOnlySpan<int> indices, Span<T> p)
    {
        foreach (int j in indices) Settle(j, p);
    }

    /// <summary>Brings all up to date and begins counting anew.</summary>
    public void SettleAll(Span<T> p)
    {
        for (int j = 0; j < settled.Length; j++) Settle(j, p);
        Array.Clear(settled);
        total = 0;
    }

    void Settle(int j, Span<T> p)
    {
        double missed = total - settled[j];
        settled[j] = total;
        if (missed == 0) return;
        T size = T.Abs(p[j]) - T.CreateTruncating(missed * lambda[j]);
        p[j] = size <= T.Zero ? T.Zero : T.CopySign(size, p[j]);
    }
}
