namespace Descent.Models.Linear;

// What certificates ask, in double precision.
public sealed partial class SoftmaxRisk<T, TRows>
{
    /// <inheritdoc/>
    public override void Products(ReadOnlySpan<double> w, Span<double> z)
    {
        for (int i = 0; i < Count; i++)
            for (int k = 0; k < outputs; k++)
                z[(i * outputs) + k] = rows.DotExact(i, w.Slice(k * Columns, Columns)) + (HasIntercept ? w[(outputs * Columns) + k] : 0);
    }

    /// <inheritdoc/>
    public override void Adjoint(ReadOnlySpan<double> u, Span<double> v)
    {
        v.Clear();
        for (int i = 0; i < Count; i++)
        {
            double omega = WeightOf(i);
            for (int k = 0; k < outputs; k++)
            {
                double a = omega * u[(i * outputs) + k];
                rows.AddScaledExact(i, a, v.Slice(k * Columns, Columns));
                if (HasIntercept) v[(outputs * Columns) + k] += a;
            }
        }
    }

    /// <inheritdoc/>
    public override double LossAt(int example, ReadOnlySpan<double> z, Span<double> u)
    {
        z.CopyTo(u);
        return Softmax(u, y[example]);
    }

    /// <inheritdoc/>
    public override void LossesAt(ReadOnlySpan<double> z, Span<double> u, Span<double> losses)
    {
        for (int i = 0; i < Count; i++) losses[i] = LossAt(i, z.Slice(i * outputs, outputs), u.Slice(i * outputs, outputs));
    }

    /// <inheritdoc/>
    public override void CurvatureAt(int example, ReadOnlySpan<double> z, ReadOnlySpan<double> dz, Span<double> result)
    {
        z.CopyTo(result);
        Probabilities(result);
        double mean = 0;
        for (int k = 0; k < outputs; k++) mean += result[k] * dz[k];
        for (int k = 0; k < outputs; k++) result[k] *= dz[k] - mean;
    }

    /// <inheritdoc/>
    public override double ConjugateAt(int example, ReadOnlySpan<double> u)
    {
        double sum = 0, total = 0;
        for (int k = 0; k < outputs; k++)
        {
            double s = u[k] + (y[example] == k + Shift ? 1 : 0);
            if (s < 0) return double.PositiveInfinity;
            if (s > 0) sum += s * (y[example] == k + Shift ? ElementaryFunctions.LogOnePlus(u[k]) : Math.Log(s));
            total += s;
        }
        if (!HasReference) return Math.Abs(total - 1) < 1e-9 ? sum : double.PositiveInfinity;
        double rest = 1 - total;
        if (rest < 0) return rest > -1e-15 ? sum : double.PositiveInfinity;
        return rest > 0 ? sum + (rest * Math.Log(rest)) : sum;
    }

    /// <inheritdoc/>
    public override double FeasibleScale(int example, ReadOnlySpan<double> u)
    {
        // s·u + e_y must stay in the simplex: every entry but y's needs s·u_k ≥ 0, y's needs 1 + s·u_y ≥ 0.
        double scale = 1, rest = 0;
        for (int k = 0; k < outputs; k++)
        {
            rest -= u[k];
            if (y[example] == k + Shift)
            {
                if (u[k] < -1) scale = Math.Min(scale, -1 / u[k]);
            }
            else if (u[k] < 0)
            {
                return 0;
            }
        }
        if (HasReference)
        {
            if (y[example] == 0)
            {
                if (rest < -1) scale = Math.Min(scale, -1 / rest);
            }
            else if (rest < 0)
            {
                return 0;
            }
        }
        return scale;
    }

    /// <inheritdoc/>
    public override double LeastLoss(int example) => 0;

    /// <inheritdoc/>
    public override double SquaredRowNorm(int example) => rows.SquaredNorm(example) + (HasIntercept ? 1 : 0);

    internal override int ReadRow(int example, Span<int> columns, Span<double> values) =>
        RowReader.Read<T, TRows>(rows, example, columns, values);

    internal override void Magnitudes(ReadOnlySpan<double> a, Span<double> result)
    {
        for (int i = 0; i < Count; i++)
            for (int k = 0; k < outputs; k++)
                result[(i * outputs) + k] = RowReader.Magnitude<T, TRows>(rows, i, a.Slice(k * Columns, Columns))
                    + (HasIntercept ? a[(outputs * Columns) + k] : 0);
    }

    internal override void AdjointMagnitudes(ReadOnlySpan<double> a, Span<double> result)
    {
        result.Clear();
        for (int i = 0; i < Count; i++)
        {
            for (int k = 0; k < outputs; k++)
            {
                double t = a[(i * outputs) + k];
                RowReader.AddMagnitude<T, TRows>(rows, i, t, result.Slice(k * Columns, Columns));
                if (HasIntercept) result[(outputs * Columns) + k] += t;
            }
        }
    }

    internal override int LongestRow => RowReader.Longest<T, TRows>(rows);
}
