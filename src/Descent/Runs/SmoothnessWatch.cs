using Descent.Oracles;

namespace Descent.Runs;

/// <summary>
/// Checks a smoothness constant while a run goes on: between any two looks the descent lemma
/// <c>F(v) ≤ F(w) + ⟨∇F(w), v − w⟩ + (H/2)‖v − w‖²</c> holds both ways if F is H-smooth, and at every look <c>‖∇F‖² ≤ 2H(F − F*)</c>.
/// Each gives a number that no true H is below. Cost: a full gradient a look, outside meter and clock. Source: C 5, 13.2.
/// </summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
/// <param name="oracle">The objective.</param>
public sealed class SmoothnessWatch<T>(IGradientOracle<T> oracle) : IMonitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Differences of F below this part of the largest F met are rounding:
    // F is a sum of parts that were as large as that, however small it has become.
    const double Rounding = 1e-11;
    readonly T[] previous = new T[oracle.Dimension], gradient = new T[oracle.Dimension], before = new T[oracle.Dimension];
    double value, largest;
    long step = -1;

    /// <summary>The largest number that no true H is below; 0 before two looks.</summary>
    public double Least { get; private set; }

    /// <summary>Where it was met, in words.</summary>
    public string Where { get; private set; } = "";

    /// <summary>Number of looks.</summary>
    public long Looks { get; private set; }

    /// <inheritdoc/>
    public string? Look(in TracePoint point, ReadOnlySpan<T> w)
    {
        double now = oracle.Gradient(w, gradient);
        if (!double.IsFinite(now)) return null;
        Looks++;
        largest = Math.Max(largest, Math.Abs(now));
        if (step >= 0 && step != point.Step) Compare(now, w, point.Step);
        double norm = double.CreateTruncating(Vectors.SquaredNorm<T>(gradient)), gap = now - point.LowerBound;
        // The gap is an upper bound on the true one, so that the quotient is a lower bound on H.
        if (double.IsFinite(gap) && gap > Rounding * largest)
            Note(norm / (2 * (gap + (Rounding * largest))), FormattableString.Invariant($"‖∇F‖² ≤ 2H(F − F*) at step {point.Step}"));
        w.CopyTo(previous);
        gradient.AsSpan().CopyTo(before);
        (value, step) = (now, point.Step);
        return null;
    }

    /// <inheritdoc/>
    public void Visit(IStateVisitor visitor)
    {
        visitor.Buffer<T>("previous", previous);
        visitor.Buffer<T>("before", before);
        visitor.Number("value", ref value);
        visitor.Number("largest", ref largest);
        visitor.Number("step", ref step);
        (double least, long looks, string where) = (Least, Looks, Where);
        visitor.Number("least", ref least);
        visitor.Number("looks", ref looks);
        visitor.Words("where", ref where);
        (Least, Looks, Where) = (least, looks, where);
    }

    void Compare(double now, ReadOnlySpan<T> w, long at)
    {
        double square = 0, forward = 0, backward = 0;
        for (int j = 0; j < w.Length; j++)
        {
            double move = double.CreateTruncating(w[j]) - double.CreateTruncating(previous[j]);
            square += move * move;
            forward += double.CreateTruncating(before[j]) * move;
            backward -= double.CreateTruncating(gradient[j]) * move;
        }
        double slack = Rounding * (largest + Math.Abs(forward) + Math.Abs(backward));
        if (!(square > 0)) return;
        string between = FormattableString.Invariant($"the descent lemma between steps {step} and {at}");
        Note(2 * (now - value - forward - slack) / square, between);
        Note(2 * (value - now - backward - slack) / square, between);
    }

    void Note(double least, string where)
    {
        if (!(least > Least)) return;
        (Least, Where) = (least, where);
    }
}
