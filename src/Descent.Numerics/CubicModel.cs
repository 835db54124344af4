namespace Descent.Numerics;

/// <summary>
/// The global minimiser of <c>m(δ) = g·δ + ½δᵀHδ + (J/6)‖δ‖³</c>, exactly, from the eigenvectors of H: <c>(H + sI)δ = −g</c>, <c>‖δ‖ = 2s/J</c>,
/// <c>s ≥ max(0, −λ_min)</c>; in the hard case, where g has no part along the lowest eigenvectors, the rest of the length goes along one of them.
/// </summary>
/// <remarks>Memory 2d² + 4d; cost of the decomposition. No allocation after the constructor. Source: C 25; Nesterov and Polyak 2006; Cartis, Gould and Toint 2011.</remarks>
public sealed class CubicModel(int dimension)
{
    readonly SymmetricEigen eigen = new(dimension);
    readonly double[] turned = new double[dimension];

    /// <summary>Smallest eigenvalue of the last Hessian.</summary>
    public double LeastEigenvalue => dimension == 0 ? 0 : eigen.Values[0];

    /// <summary>A unit eigenvector of the smallest eigenvalue.</summary>
    public ReadOnlySpan<double> LeastVector => eigen.Vector(0);

    /// <summary>Reads a Hessian (upper triangle, row-major). False when it is not finite.</summary>
    public bool Decompose(ReadOnlySpan<double> hessian) => eigen.Decompose(hessian);

    /// <summary>Writes the minimiser δ for gradient g and Hessian-Lipschitz constant J &gt; 0; returns the decrease <c>−m(δ) ≥ J‖δ‖³/12</c>.</summary>
    public double Minimise(ReadOnlySpan<double> g, double j, Span<double> delta)
    {
        int d = dimension;
        delta.Clear();
        for (int i = 0; i < d; i++) turned[i] = Vectors.Dot(eigen.Vector(i), g);
        double least = Math.Max(0, -LeastEigenvalue), s = Solve(j, least), square = 0;
        for (int i = 0; i < d; i++)
        {
            double shifted = eigen.Values[i] + s;
            // In the hard case the lowest coordinates carry no gradient; what remains of the length is added below.
            double c = shifted > 0 ? -turned[i] / shifted : 0;
            if (turned[i] == 0) c = 0;
            square += c * c;
            turned[i] = c;
        }
        double length = 2 * s / j, missing = (length * length) - square;
        // The sign that g prefers; where it has none, the positive one. Never taken when the secular equation was met.
        if (d > 0 && LeastEigenvalue < 0 && missing > 1e-10 * length * length) turned[0] += turned[0] < 0 ? -Math.Sqrt(missing) : Math.Sqrt(missing);
        for (int i = 0; i < d; i++) Vectors.AddScaled(turned[i], eigen.Vector(i), delta);
        return Decrease(g, j, delta);
    }

    double Decrease(ReadOnlySpan<double> g, double j, ReadOnlySpan<double> delta)
    {
        double value = Vectors.Dot<double>(g, delta), norm = Vectors.Norm(delta);
        for (int i = 0; i < dimension; i++) value += 0.5 * eigen.Values[i] * turned[i] * turned[i];
        return -(value + (j / 6 * norm * norm * norm));
    }

    // φ(s) = ‖δ(s)‖ − 2s/J falls strictly on s > least; its root by halving, with Newton steps on 1/‖δ‖ − J/(2s) where they stay inside.
    double Solve(double j, double least)
    {
        double low = least, high = Math.Max(least, 1e-300);
        if (Length(low, out _) <= 2 * low / j) return low;
        double size = Vectors.Norm<double>(turned);
        // ‖δ‖ ≤ ‖g‖/(s − least): at s with (s − least)s = ‖g‖J/2 the length is short enough.
        high = Math.Max(high, (least + Math.Sqrt((least * least) + (2 * size * j))) / 2 * (1 + 1e-12));
        double s = high;
        for (int k = 0; k < 300 && high > low; k++)
        {
            double norm = Length(s, out double slope), h = (1 / norm) - (j / (2 * s));
            if (h == 0) return s;
            if (norm > 2 * s / j) low = s;
            else high = s;
            // d(1/‖δ‖)/ds = slope/‖δ‖³, d(J/2s)/ds = −J/(2s²).
            double next = s - (h / ((slope / (norm * norm * norm)) + (j / (2 * s * s))));
            if (!(next > low && next < high)) next = low + ((high - low) / 2);
            if (next == s || next <= low || next >= high) return next;
            s = next;
        }
        return s;
    }

    // ‖δ(s)‖ and Σ c²/(λ+s)³, the negative half of the derivative of its square.
    double Length(double s, out double slope)
    {
        double square = 0;
        slope = 0;
        for (int i = 0; i < dimension; i++)
        {
            if (turned[i] == 0) continue;
            double shifted = eigen.Values[i] + s;
            if (shifted <= 0) return double.PositiveInfinity;
            double c = turned[i] / shifted;
            square += c * c;
            slope += c * c / shifted;
        }
        return Math.Sqrt(square);
    }
}
