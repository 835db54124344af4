namespace Descent.Models.Certificates;

/// <summary>The factor of a large matrix, in double precision: columns of zeros are left out, no other dependence is found.</summary>
sealed class PlainFactor : Factorisation
{
    readonly int size;
    readonly int[] order;
    readonly double[] scaled, scale;
    readonly Cholesky cholesky;

    /// <summary>Factors the upper triangle, with the smallest of a few shifts that lets it run through.</summary>
    public PlainFactor(DoubleDouble[] matrix, int size)
    {
        this.size = size;
        scale = new double[size];
        List<int> kept = [], rest = [];
        for (int j = 0; j < size; j++)
        {
            double diagonal = matrix[(j * size) + j].Hi;
            scale[j] = diagonal > 0 && double.IsFinite(1 / Math.Sqrt(diagonal)) ? 1 / Math.Sqrt(diagonal) : 0;
            (scale[j] > 0 ? kept : rest).Add(j);
        }
        Rank = kept.Count;
        order = [.. kept, .. rest];
        scaled = new double[Rank * Rank];
        for (int a = 0; a < Rank; a++)
            for (int b = a; b < Rank; b++)
                scaled[(a * Rank) + b] = a == b ? 1 : matrix[(kept[a] * size) + kept[b]].Hi * scale[kept[a]] * scale[kept[b]];
        cholesky = new Cholesky(Rank);
        for (double shift = 0; !cholesky.Factor(scaled, shift) && shift < 1;) shift = shift == 0 ? 1e-13 : shift * 100;
    }

    /// <inheritdoc/>
    public override int Rank { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Order => order;

    /// <inheritdoc/>
    public override double ScaleOf(int j) => scale[j];

    /// <inheritdoc/>
    public override void Solve(ReadOnlySpan<DoubleDouble> right, Span<DoubleDouble> result)
    {
        double[] b = new double[Rank];
        for (int a = 0; a < Rank; a++) b[a] = (double)right[order[a]] * scale[order[a]];
        cholesky.Solve(b, b);
        result.Clear();
        for (int a = 0; a < Rank; a++) result[order[a]] = b[a] * scale[order[a]];
    }

    /// <inheritdoc/>
    public override double SmallestEigenvalue(double error)
    {
        if (Rank == 0) return 1;
        // The entries are rounded twice more by the scaling, and the factorisation rounds by γ of its size (Higham 2002, theorem 10.3).
        double shift = (error + Rounding.Gamma(Rank + 8)) * Rank;
        Cholesky trial = new(Rank);
        for (double lambda = 0.64; lambda > 1e-13; lambda /= 8)
            if (trial.Factor(scaled, -(lambda + shift))) return lambda;
        return 0;
    }
}
