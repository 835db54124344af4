namespace Descent.Models.Linear;

// Second derivatives: Σ ω(φ″ ∇z∇zᵀ + φ′ ∇²z), and ∂²z/∂v_fⱼ∂v_fₗ = xⱼxₗ for j ≠ l is all that ∇²z holds.
public sealed partial class FactorisationRisk<TRows, TLoss>
{
    private protected override void HessianProductCore(ReadOnlySpan<double> w, ReadOnlySpan<double> v, Span<double> hv)
    {
        hv.Clear();
        for (int i = 0; i < Count; i++)
        {
            double omega = WeightOf(i);
            if (omega == 0) continue;
            double z = MarginOf(i, w, out int count) + OffsetOf(i), y = Labels.Span[i], along = HasIntercept ? v[Columns] : 0;
            for (int e = 0; e < count; e++) along += v[columns[e]] * row[e];
            for (int f = 0; f < Rank; f++)
            {
                int at = first + (f * Columns);
                for (int e = 0; e < count; e++)
                    along += v[at + columns[e]] * row[e] * (sums[f] - (w[at + columns[e]] * row[e]));
            }
            AddSlopes(count, omega * loss.Second(z, y) * along, w, hv);
            double slope = omega * loss.Derivative(z, y);
            for (int f = 0; f < Rank; f++)
            {
                int at = first + (f * Columns);
                double moved = 0;
                for (int e = 0; e < count; e++) moved += v[at + columns[e]] * row[e];
                for (int e = 0; e < count; e++) hv[at + columns[e]] += slope * row[e] * (moved - (v[at + columns[e]] * row[e]));
            }
        }
        for (int j = 0; j < Dimension; j++) hv[j] += ridge[j] * v[j];
    }

    private protected override double CurvatureCore(ReadOnlySpan<double> w, Span<double> gradient, Span<double> hessian)
    {
        double sum = 0;
        int most = (columns.Length * (1 + Rank)) + 1;
        int[] place = new int[most];
        double[] slope = new double[most];
        for (int i = 0; i < Count; i++)
        {
            double omega = WeightOf(i);
            if (omega == 0) continue;
            double z = MarginOf(i, w, out int count) + OffsetOf(i), y = Labels.Span[i];
            sum += omega * loss.Value(z, y);
            AddSlopes(count, omega * loss.Derivative(z, y), w, gradient);
            int filled = Slopes(count, w, place, slope);
            AddOuter(omega * loss.Second(z, y), place.AsSpan(0, filled), slope, hessian);
            AddPairs(count, omega * loss.Derivative(z, y), hessian);
        }
        return sum;
    }

    // The entries of ∇z, in ascending order of their parameters.
    int Slopes(int count, ReadOnlySpan<double> w, int[] place, double[] slope)
    {
        int filled = 0;
        for (int e = 0; e < count; e++) (place[filled], slope[filled++]) = (columns[e], row[e]);
        if (HasIntercept) (place[filled], slope[filled++]) = (Columns, 1);
        for (int f = 0; f < Rank; f++)
        {
            int at = first + (f * Columns);
            for (int e = 0; e < count; e++)
                (place[filled], slope[filled++]) = (at + columns[e], row[e] * (sums[f] - (w[at + columns[e]] * row[e])));
        }
        return filled;
    }

    void AddOuter(double h, ReadOnlySpan<int> place, double[] slope, Span<double> hessian)
    {
        for (int a = 0; a < place.Length; a++)
        {
            Span<double> line = hessian.Slice(place[a] * Dimension, Dimension);
            double own = h * slope[a];
            for (int b = a; b < place.Length; b++) line[place[b]] += own * slope[b];
        }
    }

    void AddPairs(int count, double u, Span<double> hessian)
    {
        for (int f = 0; f < Rank; f++)
        {
            int at = first + (f * Columns);
            for (int a = 0; a < count; a++)
                for (int b = a + 1; b < count; b++)
                    hessian[((at + columns[a]) * Dimension) + at + columns[b]] += u * row[a] * row[b];
        }
    }
}
