namespace Descent.Models.Certificates;

/// <summary>
/// Newton's method on smooth losses, with an active set for L1 penalties, in double-double arithmetic:
/// from a point of a run to one whose slopes are dual feasible to some thirty digits.
/// What it finds is judged by <see cref="ExactBound"/> alone, so that nothing here needs a proof.
/// </summary>
sealed class ExactSolver
{
    /// <summary>Hessians that take more multiplications are added up in double precision.</summary>
    public const double Coarse = 2e7;

    const int MostSteps = 400;
    readonly ExactRisk risk;
    readonly ExactPoint point;
    readonly int[] sign;
    readonly DoubleDouble[] kept, gradient;
    readonly bool coarse;
    int steps;
    DoubleDouble[]? slide;

    /// <summary>A solver that works on <paramref name="point"/>.</summary>
    public ExactSolver(ExactRisk risk, ExactPoint point)
    {
        (this.risk, this.point) = (risk, point);
        (sign, kept, gradient) = (new int[risk.Dimension], new DoubleDouble[risk.Dimension], new DoubleDouble[risk.Dimension]);
        coarse = risk.HessianWork > Coarse / 10;
    }

    /// <summary>Goes on from the point as it is; at the end it is evaluated.</summary>
    public void Solve(int most)
    {
        steps = Math.Min(most, MostSteps);
        for (int j = 0; j < sign.Length; j++) sign[j] = risk.Lasso[j] == 0 ? 1 : Math.Sign(point.W[j].Hi);
        point.Evaluate();
        do Descend();
        while (steps > 0 && double.IsFinite(point.Value.Hi) && Admit());
    }

    // Brings in the parameter at 0 whose |v| exceeds λ₁ most.
    bool Admit()
    {
        int worst = -1;
        double most = 1 + 1e-13;
        for (int j = 0; j < sign.Length; j++)
        {
            if (sign[j] != 0) continue;
            double ratio = Math.Abs(point.V[j].Hi) / risk.Lasso[j];
            if (ratio <= most) continue;
            (worst, most) = (j, ratio);
        }
        if (worst < 0) return false;
        sign[worst] = -Math.Sign(point.V[worst].Hi);
        return true;
    }

    void Descend()
    {
        double before = double.PositiveInfinity;
        int extra = 2, after = 3;
        while (steps-- > 0)
        {
            List<int> active = [];
            for (int j = 0; j < sign.Length; j++)
                if (sign[j] != 0) active.Add(j);
            if (active.Count == 0) return;
            double decrement = Direction(active, out DoubleDouble[] step, false);
            if (slide is { } way)
            {
                // F is linear along this way: down to where the first parameter with an L1 penalty meets 0.
                slide = null;
                if (Move(active, way, double.PositiveInfinity) is > 0) continue;
            }
            bool near = decrement <= 1e-13 * Math.Abs(point.Value.Hi);
            if (!(decrement > 0) || (decrement <= 1e-26 * Math.Abs(point.Value.Hi) && after-- == 0)) return;
            if (near && decrement >= before && extra-- <= 0) return;
            before = decrement;
            if (near ? Move(active, step, 1) is not null : Search(active, step)) continue;
            // Huber's loss may have no curvature where it is: its quadratic majorant always has.
            if (risk.Shape != LossShape.Huber) return;
            Direction(active, out step, true);
            if (!Search(active, step)) return;
        }
    }

    double Direction(List<int> active, out DoubleDouble[] step, bool majorant)
    {
        ExactGram gram = new ExactGram(risk, point, active, coarse).Fill(Curvature(majorant));
        DoubleDouble[] right = new DoubleDouble[active.Count];
        step = new DoubleDouble[active.Count];
        for (int a = 0; a < active.Count; a++)
        {
            int j = active[a];
            gram.Matrix[(a * gram.Size) + a] += risk.Ridge[j];
            gradient[j] = point.V[j] + (point.W[j] * risk.Ridge[j]) + ((DoubleDouble)risk.Lasso[j] * sign[j]);
            right[a] = -gradient[j];
        }
        Factorisation factor = Factorisation.Of(gram.Matrix, gram.Size, coarse ? 1e-13 : 1e-27 * active.Count);
        factor.Solve(right, step);
        Slide(active, gram, factor);
        DoubleDouble decrement = 0;
        for (int a = 0; a < step.Length; a++) decrement += step[a] * right[a];
        return (double)decrement;
    }

    // A direction without curvature along which the gradient, that is the L1 penalty, has a slope.
    void Slide(List<int> active, ExactGram gram, Factorisation factor)
    {
        slide = null;
        for (int a = factor.Rank; a < active.Count && slide is null; a++)
        {
            int column = factor.Order[a];
            DoubleDouble[] right = new DoubleDouble[active.Count], way = new DoubleDouble[active.Count];
            for (int b = 0; b < right.Length; b++)
                right[b] = -gram.Matrix[column < b ? (column * gram.Size) + b : (b * gram.Size) + column];
            factor.Solve(right, way);
            way[column] = 1;
            DoubleDouble slope = 0;
            double penalty = 0, size = 0, longest = way.Max(x => Math.Abs(x.Hi));
            for (int b = 0; b < way.Length; b++)
            {
                // What rounding leaves of a penalised parameter that is not on the way at all.
                if (risk.Lasso[active[b]] > 0 && Math.Abs(way[b].Hi) <= 1e-15 * longest) way[b] = 0;
                slope += way[b] * gradient[active[b]];
                penalty += Math.Abs(way[b].Hi) * risk.Lasso[active[b]];
                size += Math.Abs(way[b].Hi) * Math.Abs(point.V[active[b]].Hi);
            }
            // Without a penalty on the way F does not change along it at all; what shows is rounding.
            if (!(penalty > 1e-9 * size) || !(Math.Abs(slope.Hi) > 1e-12 * (penalty + size))) continue;
            slide = [.. way.Select(x => slope.Hi > 0 ? -x : x)];
        }
    }

    DoubleDouble[] Curvature(bool majorant)
    {
        if (risk.Shape == LossShape.Multinomial) return [];
        DoubleDouble[] d = new DoubleDouble[risk.Count];
        for (int i = 0; i < d.Length; i++)
        {
            int r = risk.First[i];
            double beyond = Math.Abs((point.Z[r] - risk.Centre[i]).Hi);
            d[i] = risk.Shape switch
            {
                LossShape.Poisson => point.Own[i],
                LossShape.Huber => beyond <= risk.Delta ? 1 : majorant ? risk.Delta / beyond : 0,
                _ => 1,
            };
        }
        return d;
    }

    bool Search(List<int> active, DoubleDouble[] step)
    {
        DoubleDouble value = point.Value;
        point.W.CopyTo(kept, 0);
        int[] signs = (int[])sign.Clone();
        double noise = 1e-28 * (Math.Abs(value.Hi) + point.MarginSize);
        for (double s = 1; s > 1e-9; s /= 2)
        {
            // One that leaves the active set is progress even where F does not show it.
            if (Move(active, step, s) is not null && (point.Value - value).Hi is var change
                && (change < 0 || (change <= noise && Left(signs)))) return true;
            kept.CopyTo(point.W, 0);
            signs.CopyTo(sign, 0);
        }
        point.Evaluate();
        return false;
    }

    bool Left(int[] before)
    {
        for (int j = 0; j < sign.Length; j++)
            if (sign[j] != before[j]) return true;
        return false;
    }

    // A step stops where the first parameter with an L1 penalty would change its sign; that one leaves the active set.
    // The length gone is returned: 0 when one at 0 is drawn the wrong way and only leaves, null when F overflows.
    double? Move(List<int> active, DoubleDouble[] step, double length)
    {
        double longest = length;
        int stopped = -1;
        for (int a = 0; a < active.Count; a++)
        {
            int j = active[a];
            if (risk.Lasso[j] == 0 || step[a].Hi == 0) continue;
            double w = point.W[j].Hi, to = w + (length * step[a].Hi);
            if (to * sign[j] > 0) continue;
            double part = w == 0 ? 0 : -w / step[a].Hi;
            if (part > longest || (part == longest && stopped >= 0)) continue;
            (longest, stopped) = (part, j);
        }
        if (!double.IsFinite(longest)) return null;
        for (int a = 0; a < active.Count; a++) point.W[active[a]] += step[a] * longest;
        if (stopped >= 0)
        {
            point.W[stopped] = 0;
            sign[stopped] = 0;
        }
        point.Evaluate();
        return double.IsFinite(point.Value.Hi) ? longest : null;
    }
}
