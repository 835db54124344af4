namespace Descent.Sets;

/// <summary>The simplex <c>wᵢ ≥ 0, Σwᵢ = s</c>; projection <c>max(w − τ, 0)</c> with the τ that makes the sum s.</summary>
/// <remarks>τ is found by leaving out, again and again, the coordinates that fall below it:
/// at most d passes, a few in practice, no allocation. Source: Michelot 1986; Duchi et al. 2008.</remarks>
public sealed class Simplex(double total = 1) : IProximalMap
{
    /// <summary>s &gt; 0.</summary>
    public double Total { get; } = Guard.Positive("The sum", total, nameof(Simplex));

    /// <inheritdoc/>
    public bool IsProjection => true;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"simplex of sum {Total:G6}");

    /// <inheritdoc/>
    public void Apply<T>(Span<T> w, double stepSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double tau = double.NegativeInfinity;
        int kept = -1;
        while (true)
        {
            double sum = 0;
            int active = 0;
            foreach (T x in w)
            {
                double v = double.CreateTruncating(x);
                if (!(v <= tau))
                {
                    sum += v;
                    active++;
                }
            }
            if (active == kept || active == 0) break;
            kept = active;
            tau = (sum - Total) / active;
        }
        for (int i = 0; i < w.Length; i++)
        {
            double v = double.CreateTruncating(w[i]) - tau;
            w[i] = T.CreateTruncating(v <= 0 ? 0 : v);
        }
    }

    /// <inheritdoc/>
    public double Value<T>(ReadOnlySpan<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => 0;
}
