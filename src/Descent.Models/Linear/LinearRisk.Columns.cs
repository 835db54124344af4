namespace Descent.Models.Linear;

// What coordinate descent asks: columns, and losses of given margins.
public abstract partial class LinearRisk<T, TRows, TLoss>
{
    /// <inheritdoc/>
    public bool IsQuadratic => loss.SelfConcordance == 0;

    /// <inheritdoc/>
    public CscColumns ByColumn() => CscColumns.Of<T, TRows>(rows);

    /// <inheritdoc/>
    public double MarginLoss(ReadOnlySpan<double> z, Span<double> slopes, Span<double> curvatures)
    {
        // Where φ″ jumps or vanishes, the model takes its supremum, which bounds φ from above.
        bool bound = double.IsNaN(loss.SelfConcordance);
        double value = 0;
        Span<double> part = batchMargins, values = batchValues;
        for (int first = 0; first < Count; first += Chunk)
        {
            int take = Math.Min(Chunk, Count - first);
            z.Slice(first, take).CopyTo(part);
            AddOffsets(first, part[..take]);
            for (int i = 0; !curvatures.IsEmpty && i < take; i++)
                curvatures[first + i] = Share(bound ? loss.Smoothness : loss.Second(part[i], y[first + i]), WeightOf(first + i));
            loss.Evaluate(part[..take], y.AsSpan(first, take), values[..take]);
            for (int i = 0; i < take; i++) values[i] = Share(values[i], WeightOf(first + i));
            for (int i = 0; !slopes.IsEmpty && i < take; i++) slopes[first + i] = Share(part[i], WeightOf(first + i));
            value += Vectors.Sum<double>(values[..take]);
        }
        return value;
    }

    /// <inheritdoc/>
    public double MarginConjugate(ReadOnlySpan<double> slopes, double scale)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            double omega = WeightOf(i);
            if (omega > 0) sum += (omega * loss.Conjugate(scale * slopes[i] / omega, y[i])) - (scale * slopes[i] * OffsetOf(i));
        }
        return sum;
    }

    /// <inheritdoc/>
    public void ExampleWeights(Span<double> weights)
    {
        for (int i = 0; i < Count; i++) weights[i] = WeightOf(i);
    }
}
