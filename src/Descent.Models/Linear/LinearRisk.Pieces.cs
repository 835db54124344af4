using Descent.Models.Losses;

namespace Descent.Models.Linear;

// What the interior-point method asks of absolute, quantile and hinge losses.
public sealed partial class LinearRisk<T, TRows, TLoss>
{
    int[]? kinked;

    /// <inheritdoc/>
    public double LowerSlope => loss is HingeLoss ? 0 : -loss.Domain(0).High;

    /// <inheritdoc/>
    public double UpperSlope => loss is HingeLoss ? 1 : -loss.Domain(0).Low;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => loss.IsPiecewiseLinear;

    /// <inheritdoc/>
    public int Pieces => Count + (2 * Kinked.Length);

    /// <inheritdoc/>
    public double PieceWeight(int piece) => piece < Count ? WeightOf(piece) : Lasso[Kinked[(piece - Count) / 2]] / (UpperSlope - LowerSlope);

    // The parameters that carry an L1 penalty.
    int[] Kinked
    {
        get
        {
            if (kinked is not null) return kinked;
            List<int> found = [];
            for (int j = 0; j < Lasso.Length; j++)
                if (Lasso[j] > 0) found.Add(j);
            return kinked = [.. found];
        }
    }

    /// <inheritdoc/>
    public void PieceMargins(ReadOnlySpan<double> w, Span<double> result)
    {
        if (w.IsEmpty) result[..Count].Clear();
        else Margins(w, result);
        for (int i = 0; i < Count; i++)
        {
            // hinge: m = 1 − sz; absolute and pinball: m = y − z.
            if (loss is HingeLoss) result[i] = 1 - (((2 * y[i]) - 1) * result[i]);
            else result[i] = y[i] - result[i];
        }
        for (int a = 0; a < Kinked.Length; a++)
        {
            double wj = w.IsEmpty ? 0 : w[Kinked[a]];
            (result[Count + (2 * a)], result[Count + (2 * a) + 1]) = (-wj, wj);
        }
    }

    /// <inheritdoc/>
    public void PieceAdjoint(ReadOnlySpan<double> u, Span<double> result)
    {
        result.Clear();
        double bias = 0;
        for (int i = 0; i < Count; i++)
        {
            double a = loss is HingeLoss ? ((2 * y[i]) - 1) * u[i] : u[i];
            rows.AddScaledExact(i, a, result);
            bias += a;
        }
        if (HasIntercept) result[Columns] = bias;
        for (int a = 0; a < Kinked.Length; a++) result[Kinked[a]] += u[Count + (2 * a)] - u[Count + (2 * a) + 1];
    }

    /// <inheritdoc/>
    public void PieceGram(ReadOnlySpan<double> h, Span<double> gram)
    {
        for (int first = 0; first < Count; first += Chunk)
        {
            int take = Math.Min(Chunk, Count - first);
            AddGram(first, h.Slice(first, take), gram);
        }
        for (int a = 0; a < Kinked.Length; a++) gram[(Kinked[a] * Dimension) + Kinked[a]] += h[Count + (2 * a)] + h[Count + (2 * a) + 1];
    }
}
