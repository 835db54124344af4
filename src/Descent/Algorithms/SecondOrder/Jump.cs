namespace Descent.Algorithms;

/// <summary>
/// The minimum of a quadratic model with an L1 penalty over the coordinates away from zero, their signs held: <c>H_AA δ_A = −(q_A + λ₁ ∘
/// sign(x_A))</c>. Where a sign would change the way there ends with that coordinate at zero. Either way the model falls, for up to there
/// it is the quadratic that is solved.
/// </summary>
sealed class Jump(int dimension)
{
    readonly Cholesky factor = new(dimension);
    readonly double[] matrix = new double[dimension * dimension], move = new double[dimension];

    /// <summary>
    /// Moves x, and q = g + H(x − w) with it; nothing where H_AA is singular to working precision. Cost: d³/3, and d for each coordinate
    /// moved.
    /// </summary>
    public void Take(ReadOnlySpan<double> hessian, CoordinatePenalty penalty, Span<double> x, Span<double> q)
    {
        Restrict(hessian, penalty, x, q);
        if (!factor.Factor(matrix) || factor.SmallestPivot < 1e-13) return;
        factor.Solve(move, move);
        double part = 1;
        int first = -1;
        for (int j = 0; j < x.Length; j++)
        {
            if (x[j] == 0 || penalty.L1[j] == 0 || !(x[j] * (x[j] + move[j]) < 0)) continue;
            double until = -x[j] / move[j];
            if (until < part) (part, first) = (until, j);
        }
        for (int j = 0; j < x.Length; j++)
        {
            double by = j == first ? -x[j] : part * move[j];
            if (by == 0 || !double.IsFinite(by)) continue;
            x[j] = j == first ? 0 : x[j] + by;
            Vectors.AddScaled(by, hessian.Slice(j * x.Length, x.Length), q);
        }
    }

    // H on the coordinates of the face, the unit matrix on the others, which stay.
    void Restrict(ReadOnlySpan<double> hessian, CoordinatePenalty penalty, ReadOnlySpan<double> x, ReadOnlySpan<double> q)
    {
        int d = x.Length;
        for (int i = 0; i < d; i++)
        {
            bool free = IsFree(penalty, x, i);
            move[i] = free ? -(q[i] + (penalty.L1[i] * Math.Sign(x[i]))) : 0;
            for (int j = 0; j < d; j++) matrix[(i * d) + j] = free && IsFree(penalty, x, j) ? hessian[(i * d) + j] : i == j ? 1 : 0;
        }
    }

    static bool IsFree(CoordinatePenalty penalty, ReadOnlySpan<double> x, int j) => x[j] != 0 || penalty.L1[j] == 0;
}
