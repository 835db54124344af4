using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// A line search for the strong Wolfe conditions <c>φ(s) ≤ φ(0) + c₁sφ′(0)</c> and <c>|φ′(s)| ≤ c₂|φ′(0)|</c>, with the point and the
/// gradient it moves. Source: Nocedal and Wright 2006, algorithms 3.5 and 3.6; near the rounding level of F, the approximate conditions of
/// Hager and Zhang 2005.
/// </summary>
sealed class WolfeSearch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const double C1 = 1e-4, C2 = 0.9;
    readonly IGradientOracle<T> oracle;
    readonly T[] w, g, trial, trialGradient, lastW, lastG;
    double value;
    bool fresh;

    public WolfeSearch(IGradientOracle<T> oracle, ReadOnlySpan<T> start)
    {
        this.oracle = oracle;
        w = start.ToArray();
        g = new T[w.Length];
        trial = new T[w.Length];
        trialGradient = new T[w.Length];
        lastW = new T[w.Length];
        lastG = new T[w.Length];
    }

    public ReadOnlySpan<T> Point => w;

    public ReadOnlySpan<T> Gradient => g;

    public double Value => value;

    /// <summary>The gradient, when it belongs to the point; empty before the first search.</summary>
    public ReadOnlySpan<T> Known => fresh ? g : default;

    /// <summary>Whether the last search met a value or slope that is not finite.</summary>
    public bool MetNonFinite { get; private set; }

    /// <summary>Why the last search failed.</summary>
    public string Failure => MetNonFinite ? "F is not finite along the direction" : "no step decreases F in this precision";

    public void Visit(IStateVisitor visitor)
    {
        visitor.Buffer<T>("w", w);
        visitor.Buffer<T>("g", g);
        visitor.Number("value", ref value);
        long flag = fresh ? 1 : 0;
        visitor.Number("fresh", ref flag);
        fresh = flag == 1;
    }

    /// <summary>Makes sure value and gradient belong to the point; returns ‖g‖.</summary>
    public double Begin()
    {
        if (!fresh) value = oracle.Gradient(w, g);
        fresh = true;
        return Vectors.Norm<T>(g);
    }

    /// <summary>Moves along the direction; false when no point satisfies the conditions and F cannot be decreased.</summary>
    /// <remarks>Where g·d or d leaves the range of the element type, the search runs along d in units of its largest entry;
    /// that may shorten d in place.</remarks>
    public bool Search(Span<T> direction, double first, out double taken)
    {
        double top = double.CreateTruncating(Vectors.MaxAbs<T>(direction));
        if (double.IsFinite(top) && top > 1 && !double.IsFinite(double.CreateTruncating(Vectors.Dot<T>(g, direction))))
        {
            for (int i = 0; i < direction.Length; i++) direction[i] /= T.CreateTruncating(top);
            bool found = Along(direction, first * top, out taken);
            taken /= top;
            return found;
        }
        return Along(direction, first, out taken);
    }

    bool Along(ReadOnlySpan<T> direction, double first, out double taken)
    {
        double slope0 = double.CreateTruncating(Vectors.Dot<T>(g, direction)), value0 = value;
        taken = 0;
        MetNonFinite = !double.IsFinite(slope0);
        if (!(slope0 < 0)) return false;
        double low = 0, lowValue = value0, lowSlope = slope0, high = double.PositiveInfinity, highValue = double.NaN,
            highSlope = double.NaN, s = first;
        for (int tries = 0; tries < 60; tries++)
        {
            double v = Ask(direction, s, out double slope);
            if (!double.IsFinite(v) || !double.IsFinite(slope))
            {
                MetNonFinite = true;
                high = s;
                highValue = double.NaN;
                s = low + (0.1 * (s - low));
                if (s - low < 1e-20 * (1 + low)) return false;
                continue;
            }
            if (Accept(v, slope, value0, slope0, s))
            {
                Commit(v);
                taken = s;
                return true;
            }
            bool tooHigh = v > value0 + (C1 * s * slope0) || (tries > 0 && v >= lowValue);
            if (tooHigh || slope >= 0) (high, highValue, highSlope) = (s, v, slope);
            else (low, lowValue, lowSlope) = (s, v, slope);
            s = NextTrial(low, lowValue, lowSlope, high, highValue, highSlope);
            if (double.IsFinite(high) && high - low <= 1e-16 * high) break;
        }
        if (low == 0) return false;
        // A decrease was seen though the slope condition was not met: keep it.
        double kept = Ask(direction, low, out _);
        if (!(kept < value0)) return false;
        Commit(kept);
        taken = low;
        return true;
    }

    /// <summary>Writes the last step and the change of the gradient along it.</summary>
    public void Difference(Span<T> step, Span<T> change)
    {
        for (int i = 0; i < w.Length; i++)
        {
            step[i] = w[i] - lastW[i];
            change[i] = g[i] - lastG[i];
        }
    }

    static bool Accept(double v, double slope, double value0, double slope0, double s)
    {
        if (Math.Abs(slope) > C2 * Math.Abs(slope0)) return false;
        if (v <= value0 + (C1 * s * slope0)) return true;
        // Values that differ by rounding only cannot show the decrease; the slope can (needs φ′(s) ≤ (2c₁ − 1)φ′(0)).
        return v <= value0 + (1e-15 * Math.Abs(value0)) && slope <= ((2 * C1) - 1) * slope0;
    }

    static double NextTrial(double low, double lowValue, double lowSlope, double high, double highValue, double highSlope)
    {
        if (double.IsPositiveInfinity(high)) return low == 0 ? 1 : 4 * low;
        double width = high - low, middle = low + (0.5 * width);
        if (double.IsNaN(highValue)) return middle;
        // Minimiser of the cubic through both ends; the middle when it falls near an end.
        double d1 = lowSlope + highSlope - (3 * (lowValue - highValue) / (low - high)), root = (d1 * d1) - (lowSlope * highSlope);
        if (!(root >= 0)) return middle;
        double d2 = Math.Sqrt(root), cubic = high - (width * (highSlope + d2 - d1) / (highSlope - lowSlope + (2 * d2)));
        return cubic > low + (0.1 * width) && cubic < high - (0.1 * width) ? cubic : middle;
    }

    double Ask(ReadOnlySpan<T> direction, double s, out double slope)
    {
        w.AsSpan().CopyTo(trial);
        Vectors.AddScaled(T.CreateTruncating(s), direction, trial.AsSpan());
        double v = oracle.Gradient(trial, trialGradient);
        slope = double.CreateTruncating(Vectors.Dot<T>(trialGradient, direction));
        return v;
    }

    void Commit(double v)
    {
        w.AsSpan().CopyTo(lastW);
        g.AsSpan().CopyTo(lastG);
        trial.AsSpan().CopyTo(w);
        trialGradient.AsSpan().CopyTo(g);
        value = v;
    }
}
