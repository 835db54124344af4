using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Linear;

/// <summary>The empirical risk of a loss with straight pieces (absolute, quantile, hinge): what the interior-point method asks.
/// Made by <see cref="Risk"/>.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="TRows">Kind of rows.</typeparam>
/// <typeparam name="TLoss">Loss; an <see cref="IPiecewiseLinearLoss"/>.</typeparam>
public abstract class PiecewiseLinearRisk<T, TRows, TLoss> : LinearRisk<T, TRows, TLoss>, IPiecewiseLinearOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRows : struct, IRows<T>
    where TLoss : struct, IMarginLoss
{
    readonly IPiecewiseLinearLoss pieces;
    int[]? kinked;

    private protected PiecewiseLinearRisk(TRows rows, double[] labels, TLoss loss, IPiecewiseLinearLoss pieces, RiskOptions options)
        : base(rows, labels, loss, options) => this.pieces = pieces;

    /// <inheritdoc/>
    public double LowerSlope => pieces.LowerSlope;

    /// <inheritdoc/>
    public double UpperSlope => pieces.UpperSlope;

    /// <inheritdoc/>
    public int Pieces => Count + (2 * Kinked.Length);

    /// <inheritdoc/>
    public double PieceWeight(int piece) =>
        piece < Count ? WeightOf(piece) : Lasso[Kinked[(piece - Count) / 2]] / (UpperSlope - LowerSlope);

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
        else Products(w, result);
        AddOffsets(0, result[..Count]);
        for (int i = 0; i < Count; i++)
        {
            var (offset, turn) = pieces.Margin(y[i]);
            result[i] = offset - (turn * result[i]);
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
            double a = pieces.Margin(y[i]).Turn * u[i];
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
