namespace Descent.Fitting.Fits;

/// <summary>Held-out losses along a path, and the λ that they choose.</summary>
static class PathLosses
{
    /// <summary>
    /// Mean and standard error over folds, <c>m = Σ W_f m_f / ΣW_f</c>, <c>s² = Σ W_f (m_f − m)² / (ΣW_f (K − 1))</c>, W_f the weight of
    /// the rows of fold f: those of glmnet's cv.glmnet.
    /// </summary>
    /// <param name="losses">Mean loss of each of K folds.</param>
    /// <param name="weights">W_f.</param>
    public static (double Mean, double Error) Over(ReadOnlySpan<double> losses, ReadOnlySpan<double> weights)
    {
        double mean = 0, squares = 0, total = 0;
        for (int f = 0; f < losses.Length; f++)
        {
            mean += weights[f] * losses[f];
            total += weights[f];
        }
        mean /= total;
        for (int f = 0; f < losses.Length; f++) squares += weights[f] * (losses[f] - mean) * (losses[f] - mean);
        return (mean, Math.Sqrt(squares / total / (losses.Length - 1)));
    }

    /// <summary>The place of the least loss, the largest λ where several have it; −1 where no loss is finite.</summary>
    public static int Least(IReadOnlyList<PathPoint> points)
    {
        int best = -1;
        for (int k = 0; k < points.Count; k++)
            if (double.IsFinite(points[k].Unseen.Loss) && (best < 0 || points[k].Unseen.Loss < points[best].Unseen.Loss)) best = k;
        return best;
    }

    /// <summary>The place of the largest λ whose loss is within one standard error of the least; −1 where no loss is finite.</summary>
    public static int WithinOneError(IReadOnlyList<PathPoint> points)
    {
        int least = Least(points);
        if (least < 0) return -1;
        double limit = points[least].Unseen.Loss + (double.IsNaN(points[least].Unseen.Error) ? 0 : points[least].Unseen.Error);
        for (int k = 0; k < least; k++)
            if (points[k].Unseen.Loss <= limit) return k;
        return least;
    }
}
