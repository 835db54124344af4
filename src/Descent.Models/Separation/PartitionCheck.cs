using Descent.Models.Inference;

namespace Descent.Models.Separation;

/// <summary>
/// Verifies a guess of the separated inequalities from both sides of Stiemke's lemma: a direction v with <c>a_r·v = 0</c> on the rest and
/// <c>&gt; 0</c> on the separated, and multipliers <c>u &gt; 0</c> on the rest with <c>Aᵀu = 0</c>.
/// </summary>
/// <remarks>
/// The multipliers need not vanish exactly: with <c>H = Aᵀdiag(u)A</c> and a remainder <c>ρ = Aᵀu</c>, <c>u∘(1 − AH⁻¹ρ)</c> does, and
/// because <c>H ⪰ u_r a_r a_rᵀ</c> it is positive as soon as <c>ρᵀH⁻¹ρ &lt; min u</c>. So the rounding of the sums and the factor's
/// smallest eigenvalue decide, and no threshold on the data.
/// </remarks>
sealed class PartitionCheck
{
    const double Unit = 2.220446049250313e-16;
    const double MostEntries = 2.5e7;
    readonly RecessionRows rows;
    readonly double[] product, sizes, multipliers, matrix;

    public PartitionCheck(RecessionRows rows)
    {
        this.rows = rows;
        (product, sizes, multipliers) = (new double[rows.Count], new double[rows.Count], new double[rows.Count]);
        matrix = new double[rows.Dimension * rows.Dimension];
    }

    /// <summary>The partition when both sides hold; null when not.</summary>
    public Partition? Verify(bool[] separated, ReadOnlySpan<double> v, ReadOnlySpan<double> u)
    {
        int[] rest = [.. Enumerable.Range(0, rows.Count).Where(r => !separated[r])];
        if (rest.Length == rows.Count)
        {
            int[] all = [.. Enumerable.Range(0, rows.Dimension)];
            return Multipliers(separated, all, u) ? new Partition(separated, new double[rows.Dimension], all, []) : null;
        }
        if ((double)rest.Length * rows.Dimension > MostEntries) return null;
        (int[] independent, List<double[]> directions, double[] direction) = Project(rest, v);
        // A direction within a subspace carries the rounding of the subspace; one that is free only that of its products.
        if (directions.Count == 0 || !IsStrict(separated, direction, rest.Length == 0 ? 8 * Unit * (rows.Design.Width + 2) : 1e-10))
            return null;
        return rest.Length == 0 || Multipliers(separated, independent, u)
            ? new Partition(separated, direction, independent, directions)
            : null;
    }

    // The part of v along which no row of the rest moves: dependent parameters keep their values and the independent ones follow.
    (int[] Independent, List<double[]> Directions, double[] Direction) Project(int[] rest, ReadOnlySpan<double> v)
    {
        int p = rows.Dimension;
        double[] direction = new double[p];
        List<double[]> basis = [];
        OrthogonalColumns columns = new(rows.ColumnsOf(rest), rest.Length, p);
        for (int j = 0; j < p; j++)
        {
            if (columns.Add(j, 1e-12) is null) continue;
            double[] c = columns.Combination(j), one = new double[p];
            one[j] = 1;
            // What is rounding beside the largest entry is 0: offsets of 10⁸ would make it an intercept's movement.
            double largest = 1;
            foreach (double entry in c) largest = Math.Max(largest, Math.Abs(entry));
            for (int k = 0; k < c.Length; k++) one[columns.Kept[k]] = Math.Abs(c[k]) > 1e-11 * largest ? -c[k] : 0;
            // The basis adds up to the direction, so that each part has the sense in which it is gone along.
            if (v[j] != 0) Vectors.Scale(v[j], one.AsSpan());
            basis.Add(one);
            if (v[j] != 0) Vectors.AddScaled(1, one, direction);
        }
        return ([.. columns.Kept], basis, direction);
    }

    bool IsStrict(bool[] separated, double[] v, double rounding)
    {
        rows.Product(v, product);
        rows.Sizes(v, sizes);
        for (int r = 0; r < separated.Length; r++)
            if (separated[r] && !(product[r] > rounding * sizes[r])) return false;
        return true;
    }

    bool Multipliers(bool[] separated, int[] independent, ReadOnlySpan<double> u)
    {
        int m = independent.Length, p = rows.Dimension, count = 0;
        double least = double.PositiveInfinity;
        for (int r = 0; r < multipliers.Length; r++)
        {
            multipliers[r] = separated[r] ? 0 : u[r];
            if (separated[r]) continue;
            if (!(u[r] > 0) || !double.IsFinite(u[r])) return false;
            count++;
        }
        rows.Gram(multipliers, matrix);
        double[] small = Narrow(matrix, p, independent);
        Cholesky factor = new(m);
        if (!factor.Factor(small)) return false;
        double inverse = ScaledTrace(factor, small, m);
        if (!(inverse * m * Unit * 64 < 1)) return false;
        double[] full = new double[p], g = new double[m], absolute = new double[p];
        for (int pass = 0; pass < 3; pass++)
        {
            rows.Adjoint(multipliers, full);
            for (int j = 0; j < m; j++) g[j] = full[independent[j]];
            factor.Solve(g, g);
            Array.Clear(full);
            for (int j = 0; j < m; j++) full[independent[j]] = g[j];
            rows.Product(full, product);
            for (int r = 0; r < multipliers.Length; r++)
            {
                if (separated[r]) continue;
                if (!(Math.Abs(product[r]) <= 0.5)) return false;
                multipliers[r] *= 1 - product[r];
            }
        }
        // What is left of Aᵀu, with all the rounding there can be, in the norm of H⁻¹.
        rows.Adjoint(multipliers, full);
        rows.Adjoint(multipliers, absolute, true);
        double remainder = 0;
        for (int j = 0; j < m; j++)
        {
            double rho = Math.Abs(full[independent[j]]) + ((count + 8) * Unit * absolute[independent[j]]);
            remainder += rho * rho / small[(j * m) + j];
        }
        for (int r = 0; r < multipliers.Length; r++)
            if (!separated[r]) least = Math.Min(least, multipliers[r]);
        // H moved by at most a factor e^{±1} while u was corrected.
        return 16 * remainder * inverse < least;
    }

    /// <summary>The rows and columns chosen of an upper triangle.</summary>
    public static double[] Narrow(double[] matrix, int p, int[] chosen)
    {
        int m = chosen.Length;
        double[] to = new double[m * m];
        for (int i = 0; i < m; i++)
            for (int j = i; j < m; j++)
                to[(i * m) + j] = matrix[(Math.Min(chosen[i], chosen[j]) * p) + Math.Max(chosen[i], chosen[j])];
        return to;
    }

    // Trace of the inverse of the matrix scaled to a unit diagonal: at least 1/λ_min.
    static double ScaledTrace(Cholesky factor, double[] matrix, int m)
    {
        double sum = 0;
        double[] unit = new double[m];
        for (int j = 0; j < m; j++)
        {
            Array.Clear(unit);
            unit[j] = Math.Sqrt(matrix[(j * m) + j]);
            double norm = factor.InverseNorm(unit);
            sum += norm * norm;
        }
        return sum;
    }
}
