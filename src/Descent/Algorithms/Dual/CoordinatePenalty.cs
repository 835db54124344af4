using Descent.Oracles;
using Descent.Sets;

namespace Descent.Algorithms;

/// <summary>A penalty that is a sum over coordinates, <c>h(w) = Σ λ₁ⱼ|wⱼ| + (λ₂/2)wⱼ²</c>, as coordinate descent needs it.</summary>
/// <param name="L1">λ₁ⱼ of every parameter.</param>
/// <param name="L2">λ₂ of all, beside what the smooth part holds.</param>
sealed record CoordinatePenalty(double[] L1, double L2)
{
    public static CoordinatePenalty Of(IOracle oracle)
    {
        double[] l1 = new double[oracle.Dimension];
        switch (oracle.NonSmooth)
        {
            case null:
                return new CoordinatePenalty(l1, 0);
            case L1Penalty penalty:
                penalty.Weights.CopyTo(l1);
                return new CoordinatePenalty(l1, 0);
            case ElasticNetPenalty net:
                Array.Fill(l1, net.L1);
                return new CoordinatePenalty(l1, net.L2);
            default:
                throw new ArgumentException($"Coordinate descent is not supported for {oracle.NonSmooth.Description}: "
                    + "its non-smooth part must be an L1 or elastic-net penalty. Use fista, gd or svrg.");
        }
    }

    /// <summary>h of one coordinate.</summary>
    public double Value(int j, double x) => (L1[j] * Math.Abs(x)) + (0.5 * L2 * x * x);

    /// <summary>h(w).</summary>
    public double Value<T>(ReadOnlySpan<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int j = 0; j < w.Length; j++) sum += Value(j, double.CreateTruncating(w[j]));
        return sum;
    }

    /// <summary>The minimum of <c>qx + (a/2)(x − from)² + λ₁ⱼ|x|</c> over x, a &gt; 0: <c>soft(from − q/a, λ₁ⱼ/a)</c>.</summary>
    public double Minimum(int j, double from, double q, double a)
    {
        double x = from - (q / a), size = Math.Abs(x) - (L1[j] / a);
        return size <= 0 ? 0 : Math.CopySign(size, x);
    }

    /// <summary>Size of the smallest subgradient along a coordinate, g that of the smooth part, λ₂ included.</summary>
    public double Violation(int j, double w, double g) => w != 0 ? Math.Abs(g + Math.CopySign(L1[j], w)) : Math.Max(0, Math.Abs(g) - L1[j]);
}
