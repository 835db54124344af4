namespace Descent.Models.Separation;

/// <summary>
/// Finds the inequalities <c>a_r·v ≥ 0</c> that some v makes strict: the linear programme of separation (Albert and Anderson 1984; Konis
/// 2007), as a self-dual system <c>s = Av ≥ 0, Aᵀu = 0, u ≥ 0</c>.
/// </summary>
/// <remarks>
/// An interior-point method follows <c>s = Av + θ1, Aᵀu = θAᵀ1, u∘s = θ1</c> from θ = 1 (v = 0, u = s = 1) towards 0. The path is bounded
/// (Σu + Σs = n(1 + θ)) and ends in a strictly complementary point (Goldman and Tucker 1956; Ye, Todd and Mizuno 1994): exactly one of s_r
/// and u_r stays positive, which is the partition. Each guess on the way is verified by <see cref="PartitionCheck"/>; nothing unverified is
/// returned. One matrix <c>AᵀDA</c> and one Cholesky factor an iteration, 10 to 40 iterations.
/// </remarks>
sealed class RecessionCone
{
    readonly RecessionRows rows;
    readonly PartitionCheck check;
    readonly int n, p;
    readonly double[] s, u, v, rp, rd, d, matrix, ds, du, dv, work, product;
    readonly Cholesky factor;

    public RecessionCone(RecessionRows rows)
    {
        this.rows = rows;
        (n, p) = (rows.Count, rows.Dimension);
        check = new PartitionCheck(rows);
        (s, u, rp, d, ds, du, work, product) = (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n],
         new double[n], new double[n]);
        (v, rd, dv, matrix) = (new double[p], new double[p], new double[p], new double[p * p]);
        factor = new Cholesky(p);
    }

    /// <summary>Whether positive multipliers prove that nothing is separated.</summary>
    public Partition? ProveFinite(ReadOnlySpan<double> multipliers) => check.Verify(new bool[n], v, multipliers);

    /// <summary>Whether v itself makes all inequalities strict.</summary>
    public Partition? ProveComplete(ReadOnlySpan<double> direction)
    {
        bool[] all = new bool[n];
        Array.Fill(all, true);
        return check.Verify(all, direction, u);
    }

    /// <summary>The verified partition; null when none could be verified.</summary>
    public Partition? Solve(int most = 80)
    {
        Array.Fill(s, 1);
        Array.Fill(u, 1);
        bool[] last = [];
        for (int step = 0; step < most; step++)
        {
            if (!Step()) return null;
            bool[] guess = Guess();
            bool still = guess.AsSpan().SequenceEqual(last);
            last = guess;
            if ((still || step % 8 == 7) && check.Verify(guess, v, u) is { } found) return found;
        }
        return null;
    }

    bool[] Guess()
    {
        bool[] separated = new bool[n];
        for (int r = 0; r < n; r++) separated[r] = s[r] > u[r];
        return separated;
    }

    bool Step()
    {
        double mu = Vectors.Dot<double>(u, s) / n;
        if (!(mu > 1e-30)) return false;
        rows.Product(v, product);
        for (int r = 0; r < n; r++) rp[r] = s[r] - product[r];
        rows.Adjoint(u, rd);
        for (int r = 0; r < n; r++) d[r] = u[r] / s[r];
        rows.Gram(d, matrix);
        Raise();
        double shift = 0;
        while (!factor.Factor(matrix, shift))
        {
            if (shift > 1e-4) return false;
            shift = shift == 0 ? 1e-15 : shift * 10;
        }
        // Predictor: straight to θ = 0.
        for (int r = 0; r < n; r++) work[r] = -u[r] * s[r];
        Directions(1);
        double along = Length();
        double ahead = 0;
        for (int r = 0; r < n; r++) ahead += (u[r] + (along * du[r])) * (s[r] + (along * ds[r]));
        double ratio = Math.Clamp(ahead / n / mu, 0, 1), sigma = ratio * ratio * ratio;
        // Corrector: back towards the path, with the second-order term of the predictor.
        for (int r = 0; r < n; r++) work[r] = -(u[r] * s[r]) + (sigma * mu) - (du[r] * ds[r]);
        Directions(1 - sigma);
        along = Math.Min(1, 0.99 * Length());
        Vectors.AddScaled(along, ds, s.AsSpan());
        Vectors.AddScaled(along, du, u.AsSpan());
        Vectors.AddScaled(along, dv, v.AsSpan());
        return double.IsFinite(Vectors.Sum<double>(v)) && along > 1e-8;
    }

    // A parameter that no row moves has no curvature; it stays where it is.
    void Raise()
    {
        double top = 0;
        for (int j = 0; j < p; j++) top = Math.Max(top, matrix[(j * p) + j]);
        for (int j = 0; j < p; j++)
            if (!(matrix[(j * p) + j] > 0)) matrix[(j * p) + j] = top;
    }

    // ds = A dv − c·rp,  s du + u ds = work,  Aᵀdu = −c·rd.
    void Directions(double c)
    {
        for (int r = 0; r < n; r++) ds[r] = (work[r] + (c * u[r] * rp[r])) / s[r];
        rows.Adjoint(ds, dv);
        for (int j = 0; j < p; j++) dv[j] += c * rd[j];
        factor.Solve(dv, dv);
        rows.Product(dv, ds);
        for (int r = 0; r < n; r++)
        {
            ds[r] -= c * rp[r];
            du[r] = (work[r] - (u[r] * ds[r])) / s[r];
        }
    }

    double Length()
    {
        double along = 1;
        for (int r = 0; r < n; r++)
        {
            if (ds[r] < 0) along = Math.Min(along, -s[r] / ds[r]);
            if (du[r] < 0) along = Math.Min(along, -u[r] / du[r]);
        }
        return along;
    }
}
