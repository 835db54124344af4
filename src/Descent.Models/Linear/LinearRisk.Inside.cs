namespace Descent.Models.Linear;

// Losses that are +∞ at and below a margin: F is finite on an open convex set, and methods have to start in it.
public abstract partial class LinearRisk<T, TRows, TLoss>
{
    // Passes that look for coefficients that keep every margin inside, where no intercept does.
    const int MostPasses = 2000;

    double[]? inside;

    /// <inheritdoc/>
    public override double LowestMargin => lowest;

    /// <summary>0; for losses that are +∞ there the fit of the intercept alone, or without one coefficients that keep every margin
    /// inside.</summary>
    /// <exception cref="ArgumentException">There is no intercept, and no such coefficients were found.</exception>
    public override ReadOnlySpan<double> NeutralPoint =>
        double.IsFinite(lowest) ? inside ??= HasIntercept ? InterceptAlone() : Relaxed() : base.NeutralPoint;

    void RequireWhole()
    {
        if (double.IsFinite(lowest))
            throw new ArgumentException(FormattableString.Invariant($"Steps on samples do not keep the margins of the {Name} loss above ")
                + FormattableString.Invariant($"{lowest}: use newton, lbfgs, bfgs or another method of full gradients with a ")
                + "line search.");
    }

    // Σ ωφ′(b + o) rises from −∞ at the edge: b is doubled away from it until the slope is not negative, then halved in.
    double[] InterceptAlone()
    {
        double edge = double.NegativeInfinity;
        for (int i = 0; i < Count; i++)
            if (WeightOf(i) > 0) edge = Math.Max(edge, lowest - OffsetOf(i));
        double low = edge, step = 1;
        while (step < 1e300 && SlopeAt(edge + step) < 0) (low, step) = (edge + step, 2 * step);
        while (step > 1e-300 && SlopeAt(edge + step) > 0 && SlopeAt(edge + (step / 2)) >= 0) step /= 2;
        double high = edge + step;
        low = Math.Max(low, edge + (step / 2));
        for (int k = 0; k < 60; k++)
        {
            double middle = low + ((high - low) / 2);
            if (SlopeAt(middle) < 0) low = middle;
            else high = middle;
        }
        double[] start = new double[Dimension];
        start[Columns] = high;
        return start;
    }

    double SlopeAt(double b)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            if (WeightOf(i) is > 0 and var omega) sum += omega * loss.Derivative(b + OffsetOf(i), y[i]);
        return sum;
    }

    // The relaxation method for linear inequalities (Agmon, Motzkin and Schoenberg 1954): row after row that is not inside by a distance is
    // reflected to the other side of it. Ends where there is an interior; the distance is 1, for without offsets any will do.
    double[] Relaxed()
    {
        double[] w = new double[Dimension];
        double goal = lowest + 1;
        for (int pass = 0; pass < MostPasses; pass++)
        {
            bool moved = false;
            for (int i = 0; i < Count; i++)
            {
                double norm = rows.SquaredNorm(i), z = rows.DotExact(i, w) + OffsetOf(i);
                if (WeightOf(i) == 0 || z >= goal) continue;
                if (!(norm > 0)) continue;
                rows.AddScaledExact(i, 1.5 * (goal - z) / norm, w);
                moved = true;
            }
            if (!moved) break;
        }
        for (int i = 0; i < Count; i++)
            if (WeightOf(i) > 0 && !(rows.DotExact(i, w) + OffsetOf(i) > lowest))
                throw new ArgumentException(FormattableString.Invariant($"Without an intercept no coefficients were found that keep the ")
                    + FormattableString.Invariant($"margin of every row above {lowest}; row {i + 1} is one that does not stay. ")
                    + "Fit with an intercept, or with another link.");
        return w;
    }
}
