using Descent.Oracles;

namespace Descent.Models.Linear;

// K slopes an example, for tables of gradients (SAG, SAGA).
public sealed partial class SoftmaxRisk<T, TRows>
{
    /// <inheritdoc/>
    public ReadOnlySpan<int> Examples(Sample sample) => sampler.Resolve(sample);

    /// <inheritdoc/>
    public double Slopes(ReadOnlySpan<T> w, ReadOnlySpan<int> examples, Span<double> slopes)
    {
        Meter.CountGradients(examples.Length);
        double value = 0;
        for (int e = 0; e < examples.Length; e++)
        {
            int i = examples[e];
            Span<double> z = slopes.Slice(e * outputs, outputs);
            for (int k = 0; k < outputs; k++)
                z[k] = rows.Dot(i, w.Slice(k * Columns, Columns))
                    + (HasIntercept ? double.CreateTruncating(w[(outputs * Columns) + k]) : 0);
            double weight = weights is null ? 1 : weights[i] * Count / totalWeight;
            value += weight * Softmax(z, y[i]);
            if (weights is not null) Vectors.Scale(weight, z);
        }
        return (value / examples.Length) + RidgeValue(w);
    }

    /// <inheritdoc/>
    public void AddRows(ReadOnlySpan<int> examples, ReadOnlySpan<double> u, Span<T> g)
    {
        for (int e = 0; e < examples.Length; e++)
        {
            for (int k = 0; k < outputs; k++)
            {
                T a = T.CreateTruncating(u[(e * outputs) + k]);
                rows.AddScaled(examples[e], a, g.Slice(k * Columns, Columns));
                if (HasIntercept) g[(outputs * Columns) + k] += a;
            }
        }
    }

    /// <inheritdoc/>
    public void AddPenalty(ReadOnlySpan<T> w, Span<T> g) => AddRidge(w, g);
}
