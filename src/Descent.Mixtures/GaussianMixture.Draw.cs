using System.Buffers;
using Descent.Latent;

namespace Descent.Mixtures;

public sealed partial class GaussianMixture : IGibbsModel
{
    /// <inheritdoc/>
    public void Draw(ReadOnlySpan<double> theta, int first, int count, ulong key, Span<double> statistics)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(FactorLength + Components);
        Span<double> factors = rented.AsSpan(0, FactorLength), chances = rented.AsSpan(FactorLength, Components);
        if (Factors(theta, factors))
        {
            for (int i = first; i < first + count; i++) AddRow(i, Pick(factors, chances, key, i), statistics);
        }
        else
        {
            statistics.Fill(double.NaN);
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    int Pick(ReadOnlySpan<double> factors, Span<double> chances, ulong key, int row)
    {
        double top = double.NegativeInfinity, sum = 0;
        for (int j = 0; j < Components; j++)
        {
            chances[j] = LogJoint(factors.Slice(j * FactorOfComponent, FactorOfComponent), row);
            top = Math.Max(top, chances[j]);
        }
        for (int j = 0; j < Components; j++) sum += chances[j] = Math.Exp(chances[j] - top);
        double at = (Philox.Pair((ulong)row, key).A >> 11) * (1.0 / (1L << 53)) * sum;
        int pick = 0;
        while (pick < Components - 1 && (at -= chances[pick]) >= 0) pick++;
        return pick;
    }

    void AddRow(int row, int component, Span<double> statistics)
    {
        Span<double> s = statistics.Slice(component * StatisticsOfComponent, StatisticsOfComponent);
        s[0] += WeightOf(row);
        for (int a = 0, at = 1 + Dimension; a < Dimension; a++)
        {
            double wx = WeightOf(row) * data[(a * stride) + row];
            s[1 + a] += wx;
            for (int b = a; b < Dimension; b++, at++) s[at] += wx * data[(b * stride) + row];
        }
    }
}
