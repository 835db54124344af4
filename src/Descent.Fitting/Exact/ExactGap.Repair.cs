using System.Numerics;

namespace Descent.Fitting.Exact;

// The dual point made feasible in the directions without penalty, exactly.
sealed partial class ExactGap
{
    void Repair()
    {
        if (free.Length > MostFree)
            throw new ProofException($"{free.Length} parameters without penalty; at most {MostFree} can be treated exactly. A penalty "
                + $"(`L2`) leaves only the intercepts free.");
        FreeDirections system = new(free.Length);
        int[] place = new int[p.Classes * Width];
        for (int a = 0; a < free.Length; a++) place[Cell(free[a].K, free[a].J)] = a;
        for (int i = 0; i < p.Count; i++) AddTo(system.Matrix, place, i);
        for (int a = 0; a < free.Length; a++)
        {
            for (int b = 0; b < a; b++) system.Matrix[a, b] = system.Matrix[b, a];
            system.Matrix[a, free.Length] = v[Cell(free[a].K, free[a].J)];
        }
        Ball[] c = system.Solve(x => HasNoEffect(x, place)), t = new Ball[p.Classes];
        for (int i = 0; i < p.Count; i++)
        {
            Along(i, place, (a, x) => c[a] * x, t);
            Span<Ball> slopes = u.AsSpan(i * p.Classes, p.Classes);
            if (!p.ByClass)
            {
                slopes[0] -= Steepness(i) * t[0];
                continue;
            }
            Ball mean = default;
            Ball[] q = Probabilities(i);
            for (int k = 0; k < q.Length; k++) mean += q[k] * t[k];
            for (int k = 0; k < q.Length; k++) slopes[k] -= q[k] * (t[k] - mean);
        }
        Adjoint().CopyTo(v, 0);
    }

    // D of one margin: how far u is inside its domain, on both sides.
    Ball Steepness(int i)
    {
        (Ball? low, Ball? high) = p.Loss.Slopes(p, i);
        return (low is { } l ? u[i] - l : Ball.One) * (high is { } h ? h - u[i] : Ball.One);
    }

    Ball[] Probabilities(int i)
    {
        Ball[] q = u.AsSpan(i * p.Classes, p.Classes).ToArray();
        q[(int)p.Labels[i]] += Ball.One;
        return q;
    }

    // a·(D ⊗ xxᵀ), upper triangle; D = diag q − qqᵀ by class.
    void AddTo(Ball[,] gram, int[] place, int i)
    {
        Ball[] q = p.ByClass ? Probabilities(i) : [];
        List<(int J, double X)> row = [.. FreeEntries(i)];
        int first = p.ByClass ? 1 : 0;
        for (int k = first; k < p.Classes; k++)
        {
            for (int l = first; l < p.Classes; l++)
            {
                Ball d = (!p.ByClass ? Steepness(i) : k == l ? q[k] - (q[k] * q[k]) : -(q[k] * q[l])) * p.WeightOf(i);
                if (d.IsZero) continue;
                foreach ((int j, double x) in row)
                {
                    Ball dx = d * x;
                    int a = place[Cell(k, j)];
                    foreach ((int m, double y) in row)
                        if (place[Cell(l, m)] is var b && b >= a) gram[a, b] += dx * y;
                }
            }
        }
    }

    IEnumerable<(int J, double X)> FreeEntries(int i)
    {
        (int[] index, double[] value) = p.Rows[i];
        for (int e = 0; e < index.Length; e++)
            if (value[e] != 0 && p.IsFree(index[e])) yield return (index[e], value[e]);
        if (p.Intercept && p.IsFree(p.Columns)) yield return (p.Columns, 1);
    }

    // t_k = Σⱼ c_kj xᵢⱼ; class 0 has no unknowns.
    void Along(int i, int[] place, Func<int, double, Ball> term, Ball[] t)
    {
        Array.Clear(t);
        foreach ((int j, double x) in FreeEntries(i))
            for (int k = p.ByClass ? 1 : 0; k < p.Classes; k++) t[k] += term(place[Cell(k, j)], x);
    }

    // Xc = 0 on every row that has slopes, or, by class, equal on all classes that may have some: their slopes add up to zero.
    bool HasNoEffect(BigInteger[] whole, int[] place)
    {
        Ball[] t = new Ball[p.Classes];
        for (int i = 0; i < p.Count; i++)
        {
            if (p.WeightOf(i) == 0) continue;
            Along(i, place, (a, x) => Times(whole[a], x), t);
            if (!p.ByClass)
            {
                if ((!u[i].IsZero || !Steepness(i).IsZero) && !t[0].IsZero) return false;
                continue;
            }
            Ball[] q = Probabilities(i);
            int own = (int)p.Labels[i];
            for (int k = 0; k < q.Length; k++)
                if (!q[k].IsZero && !(t[k] - t[own]).IsZero) return false;
        }
        return true;
    }

    static Ball Times(BigInteger whole, double x)
    {
        Ball b = Ball.Of(x);
        return new(b.Mid * whole, b.Rad * BigInteger.Abs(whole));
    }
}
