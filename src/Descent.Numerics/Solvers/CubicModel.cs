namespace Descent.Numerics;

/// <summary>
/// The global minimiser of <c>m(δ) = g·δ + ½δᵀHδ + (J/6)‖δ‖³</c>, exactly, from the eigenvectors of H: <c>(H + sI)δ = −g</c>, <c>‖δ‖ =
/// 2s/J</c>, <c>s ≥ max(0, −λ_min)</c>; in the hard case, where g has no part along the lowest eigenvectors, the rest of the length goes
/// along one of them.
/// </summary>
/// <remarks>
/// The secular equation is solved for <c>t = s − max(0, −λ_min)</c> over the gaps <c>λ_i − λ_min</c>, so that a nearly hard case,
/// where t is many orders below s, keeps all its digits. Memory 2d² + 5d; cost of the decomposition.
/// No allocation after the constructor. Source: C 25; Nesterov and Polyak 2006; Cartis, Gould and Toint 2011.
/// </remarks>
public sealed class CubicModel(int dimension)
{
    readonly SymmetricEigen eigen = new(dimension);
    readonly double[] turned = new double[dimension], gaps = new double[dimension];
    double unit = 1;

    /// <summary>Smallest eigenvalue of the last Hessian.</summary>
    public double LeastEigenvalue => dimension == 0 ? 0 : eigen.Values[0];

    /// <summary>A unit eigenvector of the smallest eigenvalue.</summary>
    public ReadOnlySpan<double> LeastVector => eigen.Vector(0);

    /// <summary>Reads a Hessian (upper triangle, row-major). False when it is not finite.</summary>
    public bool Decompose(ReadOnlySpan<double> hessian) => eigen.Decompose(hessian);

    /// <summary>Writes the minimiser δ for gradient g and Hessian-Lipschitz
    /// constant J &gt; 0; returns the decrease <c>−m(δ) ≥ J‖δ‖³/12</c>.</summary>
    public double Minimise(ReadOnlySpan<double> g, double j, Span<double> delta)
    {
        delta.Clear();
        if (dimension == 0) return 0;
        double least = Math.Max(0, -LeastEigenvalue);
        for (int i = 0; i < dimension; i++)
        {
            turned[i] = Vectors.Dot(eigen.Vector(i), g);
            gaps[i] = least > 0 ? eigen.Values[i] - LeastEigenvalue : eigen.Values[i];
        }
        double t = Solve(j, least);
        Place(t, 2 * (least + t) / j, least > 0);
        for (int i = 0; i < dimension; i++) Vectors.AddScaled(turned[i], eigen.Vector(i), delta);
        return Decrease(t, j);
    }

    // The coordinates of δ, in place of those of g. What the length still
    // misses goes along the lowest eigenvector, to the side that g prefers.
    void Place(double t, double length, bool negative)
    {
        double first = turned[0], square = 0;
        for (int i = 0; i < dimension; i++)
        {
            double shifted = gaps[i] + t;
            turned[i] = turned[i] != 0 && shifted > 0 ? -turned[i] / shifted : 0;
            square += turned[i] / length * (turned[i] / length);
        }
        double missing = 1 - square;
        if (!negative || !(missing > 1e-10)) return;
        double own = turned[0] / length, along = length * Math.Sqrt((own * own) + missing);
        turned[0] = first > 0 ? -along : along;
    }

    // At the minimiser g·δ = −δᵀ(H + sI)δ and s = J‖δ‖/2, so −m = ½δᵀ(H + sI)δ + J‖δ‖³/12: a sum of parts that are not negative.
    double Decrease(double t, double j)
    {
        double sum = 0, norm = Vectors.Norm<double>(turned);
        for (int i = 0; i < dimension; i++) sum += 0.5 * (gaps[i] + t) * turned[i] * turned[i];
        return sum + (j / 12 * norm * norm * norm);
    }

    // h(t) = 1/‖δ(t)‖ − J/(2(least + t)) rises and is concave on t > 0: Newton's steps from below stay below the root;
    // halving where rounding says otherwise.
    double Solve(double j, double least)
    {
        double size = Vectors.Norm<double>(turned);
        if (size == 0) return 0;
        // ‖δ‖ ≤ ‖g‖/t gives t(least + t) ≤ ‖g‖J/2; one coordinate alone gives the same from below.
        double high = Quadratic(least, size, j) * (1 + 1e-12), low = Below(least, size, j);
        unit = 2 * (least + high) / j;
        if (low == 0 && unit * Length(0, out _) <= 2 * least / j) return 0;
        double t = low;
        for (int k = 0; k < 400 && low < high; k++)
        {
            double norm = Length(t, out double slope), target = 2 * (least + t) / j / unit;
            if (norm > target) low = t;
            else high = t;
            double h = (1 / norm) - (1 / target), rise = (slope / norm / norm / norm) + (1 / target / (least + t)), next = t - (h / rise);
            if (!(next > low && next < high))
                next = low > 0 && high > 4 * low ? Math.Sqrt(low) * Math.Sqrt(high) : low + ((high - low) / 2);
            if (next == t || next <= low || next >= high || Math.Abs(next - t) <= 1e-16 * t) return next;
            t = next;
        }
        return t;
    }

    // The positive root of t(least + t) = part·J/2, without cancellation and without overflow of the product.
    static double Quadratic(double least, double part, double j)
    {
        double root = Math.Sqrt(2 * j) * Math.Sqrt(part);
        return 0.5 * root / (least + double.Hypot(least, root)) * root;
    }

    // The lowest coordinate alone has the length |c|/(gap + t), all together at least ‖g‖/(largest gap + t).
    double Below(double least, double size, double j)
    {
        double all = least + gaps[^1] == 0 ? Quadratic(0, size, j) : Root(least + gaps[^1], least * gaps[^1], size, j);
        return Math.Max(all, gaps[0] == 0 && turned[0] != 0 ? Quadratic(least, Math.Abs(turned[0]), j) : 0) * (1 - 1e-12);
    }

    // The positive root of t² + bt + c = part·J/2, 0 when there is none.
    static double Root(double b, double c, double part, double j)
    {
        double right = (0.5 * j * part) - c;
        return right > 0 && double.IsFinite(right) ? 2 * right / (b + double.Hypot(b, 2 * Math.Sqrt(right))) : 0;
    }

    // ‖δ(t)‖ in units of the longest that it can be, and Σ c²/(gap + t)³, the negative half of the derivative of its square.
    double Length(double t, out double slope)
    {
        double square = 0;
        slope = 0;
        for (int i = 0; i < dimension; i++)
        {
            if (turned[i] == 0) continue;
            double shifted = gaps[i] + t;
            if (shifted <= 0) return double.PositiveInfinity;
            double c = turned[i] / shifted / unit;
            square += c * c;
            slope += c * c / shifted;
        }
        return Math.Sqrt(square);
    }
}
