namespace Descent.Fitting.Exact;

/// <summary>
/// The duality gap at a primal and a dual point, enclosed: <c>F(w) − inf F ≤ Σ ωᵢ(φ(zᵢ) + φ*(uᵢ) − uᵢzᵢ) + Σ (h(wⱼ) + h*(−vⱼ) + vⱼwⱼ)</c>
/// with <c>v = Xᵀωu</c>, whenever vⱼ = 0 for every parameter without penalty. Rounding leaves a rest there, which is taken away exactly:
/// <c>u ← u − D X c</c>, <c>(XᵀωDX)c = Xᵀωu</c> over the free parameters, D ≥ 0 vanishing where u is at the end of its domain. Cost: n·f²
/// and f³ products of 512 digits for f free parameters, and a few exponentials an example.
/// </summary>
sealed partial class ExactGap
{
    const int MostFree = 400;
    readonly ProofProblem p;
    readonly double[] w;
    readonly (int K, int J)[] free;
    readonly Ball[] u, v;
    readonly Ball total;

    /// <summary>Checks lengths, and makes the dual point feasible in the free directions.</summary>
    public ExactGap(ProofProblem problem, double[] primal, double[] dual)
    {
        (p, w) = (problem, primal);
        if (primal.Length != p.Dimension)
            throw new ProofException($"a primal point of {primal.Length} numbers where the problem has {p.Dimension}.");
        if (dual.Length != p.Count * p.DualWidth)
            throw new ProofException($"a dual point of {dual.Length} numbers where the problem has {p.Count * p.DualWidth}.");
        for (int i = 0; i < p.Count; i++) total += Ball.Of(p.WeightOf(i));
        int first = p.ByClass ? 1 : 0;
        // The slopes of an example add up to zero over the classes, so that class 0 follows from the others.
        free = [.. from k in Enumerable.Range(first, p.Classes - first) from j in Enumerable.Range(0,
            p.Columns + (p.Intercept ? 1 : 0)) where p.IsFree(j) select (k, j)];
        u = Unpack(dual);
        v = Adjoint();
        if (free.Any(f => !v[Cell(f.K, f.J)].IsZero)) Repair();
    }

    int Width => p.Columns + 1;

    int Cell(int k, int j) => (k * Width) + j;

    /// <summary>F(w) and the gap, the dual point shrunk by a factor in (0, 1].</summary>
    public (Ball Value, Ball Gap) At(double shrink)
    {
        if (!(shrink > 0 && shrink <= 1)) throw new ProofException($"the factor {shrink}; expected one above 0 and at most 1.");
        Ball value = default, gap = default;
        Ball[] z = new Ball[p.Classes], q = new Ball[p.Classes];
        for (int i = 0; i < p.Count; i++)
        {
            if (p.WeightOf(i) == 0) continue;
            for (int k = 0; k < p.Classes; k++)
            {
                z[k] = Margin(i, k);
                q[k] = Shrunk(u[(i * p.Classes) + k]);
                if (p.ByClass && k == (int)p.Labels[i]) q[k] += Ball.One;
            }
            RequireDomain(i, q);
            (Ball loss, Ball excess) = p.ByClass ? ClassesProof.Of((int)p.Labels[i], z, q) : p.Loss.At(p, i, z[0], q[0]);
            value += loss * p.WeightOf(i);
            gap += excess * p.WeightOf(i);
        }
        (value, gap) = (value / total, gap / total);
        for (int k = 0; k < p.Classes; k++)
        {
            for (int j = 0; j < Width; j++)
            {
                if (p.ParameterOf(k, j) is not (>= 0 and var index) || (j == p.Columns && !p.Intercept) || p.IsFree(j)) continue;
                (Ball own, Ball excess) = Penalty(j, Ball.Of(w[index]), Shrunk(v[Cell(k, j)] / total));
                (value, gap) = (value + own, gap + excess);
            }
        }
        return (value, gap);

        // Slopes at the end of their domain stay exact.
        Ball Shrunk(Ball x) => shrink == 1 ? x : x * shrink;
    }

    /// <summary>
    /// A factor that brings the dual point into its domain and under the L1 penalties: not larger than needed, 1 where it is inside.
    /// </summary>
    public double LargestShrink()
    {
        double shrink = 1;
        for (int i = 0; i < p.Count && !p.ByClass; i++)
        {
            (Ball? low, Ball? high) = p.Loss.Slopes(p, i);
            if (low is { } l && l.Mid.Sign < 0) shrink = Math.Min(shrink, Ratio(-l, -u[i]));
            if (high is { } h && h.Mid.Sign > 0) shrink = Math.Min(shrink, Ratio(h, u[i]));
        }
        for (int j = 0; j < Width; j++)
        {
            (Ball ridge, Ball lasso) = p.PenaltyOf(j);
            for (int k = 0; k < p.Classes && ridge.IsZero && !lasso.IsZero; k++)
                if (p.ParameterOf(k, j) >= 0) shrink = Math.Min(shrink, Ratio(lasso * total, v[Cell(k, j)].Abs));
        }
        return shrink;
    }

    static double Ratio(Ball bound, Ball size)
    {
        if (size.High <= bound.Low) return 1;
        double ratio = (double)((bound.Low << 60) / size.High) / (1L << 60);
        return ratio * (1 - 4e-16);
    }

    // Slopes u of every margin; by class they are q − e_y, q the probabilities, of which the own one is what the others leave.
    Ball[] Unpack(double[] dual)
    {
        if (!p.ByClass) return Array.ConvertAll(dual, x => Ball.Of(x));
        Ball[] all = new Ball[p.Count * p.Classes];
        for (int i = 0; i < p.Count; i++)
        {
            int own = (int)p.Labels[i], at = i * p.DualWidth;
            for (int k = 0; k < p.Classes; k++)
            {
                if (k == own) continue;
                Ball q = Ball.Of(dual[at++]);
                all[(i * p.Classes) + k] = q;
                all[(i * p.Classes) + own] -= q;
            }
        }
        return all;
    }

    Ball Margin(int i, int k)
    {
        Ball z = default;
        if (p.ParameterOf(k, 0) < 0) return z;
        (int[] index, double[] value) = p.Rows[i];
        for (int e = 0; e < index.Length; e++) z += Ball.Of(value[e], w[p.ParameterOf(k, index[e])]);
        return p.Intercept ? z + Ball.Of(w[p.ParameterOf(k, p.Columns)]) : z;
    }

    // Σ aᵢ uᵢ ⊗ (xᵢ, 1).
    Ball[] Adjoint()
    {
        Ball[] sum = new Ball[p.Classes * Width];
        for (int i = 0; i < p.Count; i++)
        {
            (int[] index, double[] value) = p.Rows[i];
            for (int k = 0; k < p.Classes; k++)
            {
                Ball a = u[(i * p.Classes) + k] * p.WeightOf(i);
                if (a.IsZero) continue;
                for (int e = 0; e < index.Length; e++) sum[Cell(k, index[e])] += a * value[e];
                if (p.Intercept) sum[Cell(k, p.Columns)] += a;
            }
        }
        return sum;
    }

    void RequireDomain(int i, Ball[] q)
    {
        (Ball? low, Ball? high) = p.Loss.Slopes(p, i);
        bool inside = p.ByClass ? q.All(x => x.Low.Sign >= 0)
            : (low is not { } l || (q[0] - l).Low.Sign >= 0) && (high is not { } h || (h - q[0]).Low.Sign >= 0);
        if (!inside) throw new ProofException($"dual variables of example {i + 1} outside the domain of the conjugate loss.");
    }

    // h + h*(−v) + vw; without a quadratic part |v| ≤ l is needed.
    (Ball Own, Ball Excess) Penalty(int j, Ball x, Ball slope)
    {
        (Ball ridge, Ball lasso) = p.PenaltyOf(j);
        Ball own = (ridge * x * x * 0.5) + (lasso * x.Abs), beyond = (slope.Abs - lasso).Positive;
        if (!ridge.IsZero) return (own, own + (slope * x) + (beyond * beyond * 0.5 / ridge));
        if (slope.Abs.High > lasso.Low)
            throw new ProofException($"a dual point whose slope along column {j + 1} is beyond the L1 penalty.");
        return (own, own + (slope * x));
    }
}
