using System.Buffers;

namespace Descent.Mixtures.Laws;

/// <summary>
/// A linear regression in each component: <c>y | x ~ N(β₀ + βᵀx, σ²)</c>. A block is β (the intercept first), σ²; statistics are Σr, Σrzzᵀ
/// (packed), Σrzy, Σry² in standardised columns; coordinates are the standardised coefficients and log σ.
/// </summary>
/// <remarks>
/// A component whose line goes through its rows has σ = 0 and a likelihood without bound: a residual variance below a thousandth of the
/// target's, on fewer than ten rows a coefficient, is called a spike. M-step: one Cholesky factor of p columns. Source: DeSarbo and Cron
/// (1988).
/// </remarks>
public sealed class LinearRegressionLaw : IComponentLaw
{
    const double Spike = 1e-3;
    const int FewRows = 10;
    readonly Design design;
    readonly double[] targets, frame;
    readonly double mean, scale;
    readonly int width;

    /// <summary>Takes a copy of rows and targets.</summary>
    /// <param name="rows">n × d, row-major, finite; no column constant.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="targets">n, finite, not all equal.</param>
    /// <param name="intercept">Whether each component has an intercept.</param>
    /// <exception cref="ArgumentException">
    /// Lengths that do not fit, numbers that are not finite, a constant column or target, too few rows.
    /// </exception>
    public LinearRegressionLaw(ReadOnlySpan<double> rows, int dimension, ReadOnlySpan<double> targets, bool intercept = true)
    {
        design = new Design(rows, dimension, intercept);
        if (targets.Length != design.Count)
            throw new ArgumentException($"{design.Count} rows need {design.Count} targets; got {targets.Length}.");
        width = design.Width;
        this.targets = targets.ToArray();
        foreach (ref double y in this.targets.AsSpan()) mean += y / targets.Length;
        for (int i = 0; i < targets.Length; i++)
        {
            if (!double.IsFinite(targets[i]))
                throw new ArgumentException(FormattableString.Invariant($"Target {i + 1} is {targets[i]}; targets must be finite."));
            scale += (targets[i] - mean) * (targets[i] - mean) / targets.Length;
        }
        scale = Math.Sqrt(scale);
        if (!(scale > 1e-12 * Math.Abs(mean)))
            throw new ArgumentException($"All {targets.Length} targets are equal; there is nothing to regress.");
        if (!intercept) mean = 0;
        for (int i = 0; i < targets.Length; i++) this.targets[i] = (targets[i] - mean) / scale;
        frame = [mean, scale, .. design.Frame];
    }

    /// <inheritdoc/>
    public int Count => design.Count;

    /// <inheritdoc/>
    public int Parameters => width + 1;

    /// <inheritdoc/>
    public int Statistics => 2 + width + NormalEquations.Length(width);

    /// <summary>Means and scales of target and columns.</summary>
    public ReadOnlySpan<double> Frame => frame;

    /// <inheritdoc/>
    public int Factors => width + 2;

    /// <inheritdoc/>
    public int StartRows => width + 1;

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> block)
    {
        foreach (double b in block)
        {
            if (!double.IsFinite(b)) return false;
        }
        return block[width] > 0;
    }

    /// <inheritdoc/>
    public void Prepare(ReadOnlySpan<double> block, Span<double> factors)
    {
        Standardise(block, factors);
        factors[width] = block[width] / (scale * scale);
        factors[width + 1] = -0.5 * Math.Log(2 * Math.PI * block[width]);
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> factors, int row)
    {
        double e = targets[row] - design.Predict(factors[..width], row);
        return factors[width + 1] - (0.5 * e * e / factors[width]);
    }

    /// <inheritdoc/>
    public void Add(int row, double weight, Span<double> statistics)
    {
        ReadOnlySpan<double> z = design.Row(row);
        double wy = weight * targets[row];
        statistics[0] += weight;
        statistics[1] += wy * targets[row];
        for (int c = 0; c < width; c++) statistics[2 + c] += wy * z[c];
        NormalEquations.Add(z, weight, statistics[(2 + width)..]);
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> block)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(Statistics);
        Span<double> own = rented.AsSpan(0, Statistics), b = own.Slice(2, width);
        statistics.CopyTo(own);
        double left = own[1] - NormalEquations.Solve(own[(2 + width)..], b);
        // Below a few last places of Σry² nothing is left of the difference.
        bool good = left > 1e-13 * own[1];
        if (good)
        {
            design.ToGiven(b, block);
            for (int c = 0; c < width; c++) block[c] *= scale;
            if (mean != 0) block[0] += mean;
            block[width] = left / own[0] * scale * scale;
        }
        ArrayPool<double>.Shared.Return(rented);
        return good;
    }

    /// <inheritdoc/>
    public string Collapse =>
        "A component's line goes through its rows, where the likelihood has no upper bound. Take fewer components or fewer columns.";

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> block, double rows)
    {
        double ratio = block[width] / (scale * scale);
        return rows >= FewRows * (width + 1) || ratio >= Spike ? null : FormattableString.Invariant(
            $"A component of {rows:0.#} rows has a residual variance of {ratio:g3} of the target's: it is a spike, ")
            + "where the likelihood has no upper bound. Take fewer components or fewer columns.";
    }

    /// <inheritdoc/>
    public double Unit(int parameter) => parameter == width ? scale * scale : scale * design.Unit(parameter);

    /// <inheritdoc/>
    public void ToCoordinates(ReadOnlySpan<double> block, Span<double> coordinates)
    {
        Standardise(block, coordinates);
        coordinates[width] = 0.5 * Math.Log(block[width] / (scale * scale));
    }

    /// <inheritdoc/>
    public void FromCoordinates(ReadOnlySpan<double> coordinates, Span<double> block)
    {
        design.ToGiven(coordinates[..width], block);
        for (int c = 0; c < width; c++) block[c] *= scale;
        if (mean != 0) block[0] += mean;
        block[width] = Math.Exp(2 * coordinates[width]) * scale * scale;
    }

    /// <inheritdoc/>
    public void AddScore(ReadOnlySpan<double> factors, int row, double weight, Span<double> score)
    {
        ReadOnlySpan<double> z = design.Row(row);
        double e = targets[row] - design.Predict(factors[..width], row), pull = weight * e / factors[width];
        for (int c = 0; c < width; c++) score[c] += pull * z[c];
        score[width] += (pull * e) - weight;
    }

    void Standardise(ReadOnlySpan<double> block, Span<double> standard)
    {
        design.ToStandard(block[..width], standard);
        if (mean != 0) standard[0] -= mean;
        for (int c = 0; c < width; c++) standard[c] /= scale;
    }
}
