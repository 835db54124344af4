namespace Descent.Models.Linear;

// What certificates ask, in double precision.
public abstract partial class LinearRisk<T, TRows, TLoss>
{
    internal override (double Least, double Most) CurvaturesNear(int example, double z, double t) => loss.Curvatures(z, y[example], t);

    internal override (double Value, double Slope) RoundingSizes(int example, double z) => loss.Sizes(z, y[example]);

    internal override double ConjugateSizeAt(int example, double u) => loss.ConjugateSize(u, y[example]);

    /// <inheritdoc/>
    public override double SlopeBound(int example) =>
        loss.Domain(y[example]) is var (low, high) ? Math.Max(-low, high) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override void Products(ReadOnlySpan<double> w, Span<double> z)
    {
        double b = HasIntercept ? w[Columns] : 0;
        if (typeof(T) == typeof(double)) rows.Dots(0, System.Runtime.InteropServices.MemoryMarshal.Cast<double, T>(w), z[..Count]);
        else
            for (int i = 0; i < Count; i++) z[i] = rows.DotExact(i, w);
        for (int i = 0; i < Count; i++) z[i] += b;
    }

    /// <inheritdoc/>
    public override void Adjoint(ReadOnlySpan<double> u, Span<double> v)
    {
        v.Clear();
        double bias = 0;
        Span<double> a = batchValues;
        for (int first = 0; first < Count; first += Chunk)
        {
            int take = Math.Min(Chunk, Count - first);
            for (int i = 0; i < take; i++)
            {
                a[i] = Share(u[first + i], WeightOf(first + i));
                bias += a[i];
            }
            AddExact(first, a[..take], v);
        }
        if (HasIntercept) v[Columns] = bias;
    }

    /// <inheritdoc/>
    public override double LossAt(int example, ReadOnlySpan<double> z, Span<double> u)
    {
        u[0] = loss.Derivative(z[0], y[example]);
        return loss.Value(z[0], y[example]);
    }

    /// <inheritdoc/>
    public override void LossesAt(ReadOnlySpan<double> z, Span<double> u, Span<double> losses)
    {
        z.CopyTo(u);
        loss.Evaluate(u, y, losses);
    }

    /// <inheritdoc/>
    public override void CurvatureAt(int example, ReadOnlySpan<double> z, ReadOnlySpan<double> dz, Span<double> result) =>
        result[0] = loss.Second(z[0], y[example]) * dz[0];

    /// <inheritdoc/>
    public override double ConjugateAt(int example, ReadOnlySpan<double> u) => loss.Conjugate(u[0], y[example]);

    /// <inheritdoc/>
    public override double FeasibleScale(int example, ReadOnlySpan<double> u)
    {
        var (low, high) = loss.Domain(y[example]);
        if (u[0] > high) return Math.Max(0, high / u[0]);
        if (u[0] < low) return Math.Max(0, low / u[0]);
        return double.IsNaN(u[0]) ? double.NaN : 1;
    }

    /// <inheritdoc/>
    public override double LeastLoss(int example) => loss.Least(y[example]);

    /// <inheritdoc/>
    public override double SquaredRowNorm(int example) => rows.SquaredNorm(example) + (HasIntercept ? 1 : 0);

    void IRowSource.AddRow(int i, double a, Span<double> target)
    {
        rows.AddScaledExact(i, a, target);
        if (HasIntercept) target[Columns] += a;
    }

    internal override int ReadRow(int example, Span<int> columns, Span<double> values) =>
        RowReader.Read<T, TRows>(rows, example, columns, values);

    internal override void Magnitudes(ReadOnlySpan<double> a, Span<double> result)
    {
        for (int i = 0; i < Count; i++) result[i] = RowReader.Magnitude<T, TRows>(rows, i, a)
            + (HasIntercept ? a[Columns] : 0) + Math.Abs(OffsetOf(i));
    }

    internal override void AdjointMagnitudes(ReadOnlySpan<double> a, Span<double> result)
    {
        result.Clear();
        for (int i = 0; i < Count; i++)
        {
            RowReader.AddMagnitude<T, TRows>(rows, i, a[i], result);
            if (HasIntercept) result[Columns] += a[i];
        }
    }

    internal override bool AddWeightedGram(ReadOnlySpan<double> h, Span<double> gram)
    {
        for (int first = 0; first < Count; first += Chunk) AddGram(first, h.Slice(first, Math.Min(Chunk, Count - first)), gram);
        return true;
    }

    internal override int LongestRow => RowReader.Longest<T, TRows>(rows);

    // Σ a[k]·x_(first+k) in double precision; four rows at a time where the rows are doubles themselves.
    void AddExact(int first, ReadOnlySpan<double> a, Span<double> target)
    {
        if (typeof(T) == typeof(double)) rows.AddScaled(first, a, System.Runtime.InteropServices.MemoryMarshal.Cast<double, T>(target));
        else
            for (int i = 0; i < a.Length; i++) rows.AddScaledExact(first + i, a[i], target);
    }
}
