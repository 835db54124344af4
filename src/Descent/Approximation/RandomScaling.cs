namespace Descent.Approximation;

/// <summary>
/// An interval for the average of a stochastic path from the path alone: <c>(θ̄ₙ − θ*)/√(V/n)</c> with <c>V = n⁻²Σₛ s²(θ̄ₛ − θ̄ₙ)²</c>
/// tends to <c>W(1)/√∫(W(r) − rW(1))²dr</c>, whatever the covariance of the path is, so none is estimated.
/// Five sums of memory, no Hessian. Source: Lee, Liao, Seo and Shin 2022; law: Abadir and Paruolo 1997.
/// </summary>
public sealed class RandomScaling
{
    double origin, sum, squares, cross, counts;

    /// <summary>n: the weight of all that was added.</summary>
    public double Weight { get; private set; }

    /// <summary>θ̄ₙ; NaN before the first point.</summary>
    public double Average => Weight > 0 ? origin + (sum / Weight) : double.NaN;

    /// <summary>√(V/n), the scale of the average's error; its quotient is not normal, see <see cref="CriticalValue"/>.
    /// 0 before the second point.</summary>
    public double Scale
    {
        get
        {
            if (Weight <= 0) return 0;
            double mean = sum / Weight, total = squares - (2 * mean * cross) + (mean * mean * counts);
            return Math.Sqrt(Math.Max(0, total) / Weight) / Weight;
        }
    }

    /// <summary>Adds a point of the path that counts <paramref name="weight"/> &gt; 0 times (a last,
    /// shorter batch counts less than one).</summary>
    public void Add(double point, double weight = 1)
    {
        // Sums about the first point: the path moves little, and squares of what it stands far from zero would swallow that.
        if (Weight == 0) origin = point;
        sum += weight * (point - origin);
        Weight += weight;
        squares += weight * sum * sum;
        cross += weight * sum * Weight;
        counts += weight * Weight * Weight;
    }

    /// <summary>The interval <c>θ̄ₙ ± c·√(V/n)</c> of a level in (0, 1).</summary>
    public (double Low, double High) Interval(double level)
    {
        double half = CriticalValue(level) * Scale;
        return (Average - half, Average + half);
    }

    /// <summary>c with <c>P(|t| ≤ c) = level</c>: 5.323 at 0.90, 6.747 at 0.95. Found by bisection on the law itself;
    /// about 10⁵ operations.</summary>
    public static double CriticalValue(double level)
    {
        if (level is not (> 0 and < 0.9999))
            throw new ArgumentOutOfRangeException(nameof(level),
                FormattableString.Invariant($"The level must lie in (0, 0.9999); got {level}."));
        double low = 0, high = 60;
        for (int i = 0; i < 48; i++)
        {
            double middle = (low + high) / 2;
            if (RandomScalingLaw.Tail(middle) > 1 - level) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
