namespace Descent.Models.Linear;

// What a risk tells of its rows. Margins are no linear functions of the parameters: what would rest on that is refused.
public sealed partial class FactorisationRisk<TRows, TLoss>
{
    /// <summary>Writes the margins without their offsets; not linear in w.</summary>
    public override void Products(ReadOnlySpan<double> w, Span<double> z)
    {
        for (int i = 0; i < Count; i++) z[i] = MarginOf(i, w);
    }

    /// <inheritdoc/>
    public override double LossAt(int example, ReadOnlySpan<double> z, Span<double> u)
    {
        u[0] = loss.Derivative(z[0], Labels.Span[example]);
        return loss.Value(z[0], Labels.Span[example]);
    }

    /// <inheritdoc/>
    public override void LossesAt(ReadOnlySpan<double> z, Span<double> u, Span<double> losses)
    {
        z.CopyTo(u);
        loss.Evaluate(u, Labels.Span, losses);
    }

    /// <inheritdoc/>
    public override void CurvatureAt(int example, ReadOnlySpan<double> z, ReadOnlySpan<double> dz, Span<double> result) =>
        result[0] = loss.Second(z[0], Labels.Span[example]) * dz[0];

    /// <inheritdoc/>
    public override double ConjugateAt(int example, ReadOnlySpan<double> u) => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double FeasibleScale(int example, ReadOnlySpan<double> u) => 0;

    /// <inheritdoc/>
    public override double LeastLoss(int example) => loss.Least(Labels.Span[example]);

    /// <inheritdoc/>
    public override double SlopeBound(int example) => double.PositiveInfinity;

    /// <summary>‖x‖² + 1: that of the linear part.</summary>
    public override double SquaredRowNorm(int example) => rows.SquaredNorm(example) + (HasIntercept ? 1 : 0);

    /// <summary>Refused, for the gradient is no linear function of the slopes of the losses alone.</summary>
    /// <exception cref="NotSupportedException">Always: the gradient depends on the point beside the derivatives of the losses.</exception>
    public override void Adjoint(ReadOnlySpan<double> u, Span<double> v) => throw NoLinearMap();

    internal override int ReadRow(int example, Span<int> columns, Span<double> values) =>
        RowReader.Read<double, TRows>(rows, example, columns, values);

    internal override void Magnitudes(ReadOnlySpan<double> a, Span<double> result) => throw NoLinearMap();

    internal override void AdjointMagnitudes(ReadOnlySpan<double> a, Span<double> result) => throw NoLinearMap();

    internal override int LongestRow => columns.Length;

    /// <inheritdoc/>
    public string WhyNoBound => "F is not convex: the factors enter as products, and turned among themselves they give the same F, so that "
        + "no minimum is alone";

    /// <inheritdoc/>
    public int TermsOfSlope => Count + (columns.Length * (2 + Rank)) + 32;

    /// <inheritdoc/>
    /// <remarks>Terms that are added, and margins, sums themselves, through the curvature of the loss.</remarks>
    public void SlopeSizes(ReadOnlySpan<double> w, Span<double> sizes)
    {
        sizes.Clear();
        for (int i = 0; i < Count; i++)
        {
            double omega = WeightOf(i);
            if (omega == 0) continue;
            double z = MarginOf(i, w, out int count) + OffsetOf(i), y = Labels.Span[i],
                margin = Math.Abs(OffsetOf(i)) + (HasIntercept ? Math.Abs(w[Columns]) : 0);
            for (int e = 0; e < count; e++) margin += Math.Abs(w[columns[e]] * row[e]);
            double[] reach = new double[Rank];
            for (int f = 0; f < Rank; f++)
            {
                for (int e = 0; e < count; e++) reach[f] += Math.Abs(w[first + (f * Columns) + columns[e]] * row[e]);
                margin += reach[f] * reach[f];
            }
            double slope = omega * (Math.Abs(loss.Derivative(z, y)) + loss.Sizes(z, y).Slope + (loss.Smoothness * margin));
            for (int e = 0; e < count; e++) sizes[columns[e]] += slope * Math.Abs(row[e]);
            if (HasIntercept) sizes[Columns] += slope;
            for (int f = 0; f < Rank; f++)
                for (int e = 0; e < count; e++)
                    sizes[first + (f * Columns) + columns[e]] += slope * Math.Abs(row[e]) * reach[f];
        }
        for (int j = 0; j < Dimension; j++) sizes[j] += ridge[j] * Math.Abs(w[j]);
    }

    static NotSupportedException NoLinearMap() => new("The margins of a factorisation machine are no linear functions of its parameters.");
}
