using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>Coordinate descent on a Hessian that is formed once a step.</summary>
sealed class ModelIteration<T> : Iteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Passes end when one gains less than this part of what the first has gained.
    const double Enough = 1e-10;
    const int MostPasses = 1000;
    readonly IHessianMatrixOracle<T> oracle;
    readonly CoordinatePenalty penalty;
    readonly T[] w, trial;
    readonly double[] g, q, goal, hessian;
    readonly PathMemory? memory;
    readonly Jump? jump;
    double scale;

    public ModelIteration(IHessianMatrixOracle<T> oracle, CoordinatePenalty penalty, ReadOnlySpan<T> start, PathMemory? memory = null)
    {
        (this.oracle, this.penalty) = (oracle, penalty);
        // What is worth keeping is a Hessian that does not depend on the point.
        this.memory = oracle is IColumnOracle<T> { IsQuadratic: true } ? memory : null;
        if (memory is not null) jump = new Jump(start.Length);
        int d = start.Length;
        w = start.ToArray();
        trial = new T[d];
        (g, q, goal, hessian) = (new double[d], new double[d], new double[d], new double[d * d]);
    }

    public override ReadOnlySpan<T> Point => w;

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Buffer<T>("w", w);
        visitor.Number("scale", ref scale);
    }

    protected override long AdvanceCore(long atMost)
    {
        Array.Clear(hessian);
        LastValue = Curvature() + penalty.Value<T>(w);
        LastStepSize = 1;
        if (!double.IsFinite(LastValue)) return 1;
        scale = Math.Max(scale, Math.Abs(LastValue));
        Complete();
        if (!Descend())
        {
            LastStepSize = 0;
            End(true, "no coordinate can lower F: its optimality conditions hold to rounding");
            return 1;
        }
        Search(Promise());
        return 1;
    }

    // F without h, g and H; of a quadratic loss along a path H is formed once, and the penalty's own λⱼ put on its diagonal anew.
    double Curvature()
    {
        if (memory?.Hessian is not { } kept)
        {
            double found = oracle.Curvature(w, g, hessian);
            if (memory is null) return found;
            memory.Hessian = (double[])hessian.Clone();
            AddRidge(memory.Hessian, -1);
            return found;
        }
        double value = oracle.Gradient(w, trial);
        Vectors.Convert<T, double>(trial, g);
        kept.AsSpan().CopyTo(hessian);
        AddRidge(hessian, 1);
        return value;
    }

    void AddRidge(double[] matrix, double sign)
    {
        ReadOnlySpan<double> ridge = ((IColumnOracle<T>)oracle).Ridge;
        for (int j = 0; j < w.Length; j++) matrix[(j * w.Length) + j] += sign * ridge[j];
    }

    // The lower triangle, the penalty's own curvature, and a little where there is none (a saturated loss), relative to the largest.
    void Complete()
    {
        int d = w.Length;
        double top = 0;
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < i; j++) hessian[(i * d) + j] = hessian[(j * d) + i];
            hessian[(i * d) + i] += penalty.L2;
            g[i] += penalty.L2 * double.CreateTruncating(w[i]);
            top = Math.Max(top, hessian[(i * d) + i]);
        }
        for (int i = 0; i < d; i++)
            if (!(hessian[(i * d) + i] > 1e-14 * top)) hessian[(i * d) + i] = top > 0 ? 1e-8 * top : 1;
    }

    // Passes over the model's coordinates; false when the first moves nothing.
    bool Descend()
    {
        int d = w.Length;
        // Where δ leads is kept, not δ: a coordinate that is to be zero is so exactly.
        Vectors.Convert<T, double>(w, goal);
        g.AsSpan().CopyTo(q);
        double first = 0;
        for (int pass = 0; pass < MostPasses; pass++)
        {
            double gained = 0;
            for (int j = 0; j < d; j++)
            {
                double a = hessian[(j * d) + j], next = penalty.Minimum(j, goal[j], q[j], a), move = next - goal[j];
                if (move == 0 || !double.IsFinite(move)) continue;
                goal[j] = next;
                Vectors.AddScaled(move, hessian.AsSpan(j * d, d), q.AsSpan());
                gained += a * move * move;
            }
            if (pass == 0) first = gained;
            if (!(gained > Enough * first)) break;
            // Where columns are nearly dependent passes creep; the face that they have settled on has its minimum in closed form.
            if (jump is not null && pass >= 8 && BitOperations.IsPow2(pass)) jump.Take(hessian, penalty, goal, q);
        }
        return first > 0;
    }

    // Δ = gᵀδ + h(w + δ) − h(w) ≤ 0: F falls at least in proportion to it for small steps. λ₂ is in g.
    double Promise()
    {
        double sum = 0;
        for (int j = 0; j < w.Length; j++)
        {
            double at = double.CreateTruncating(w[j]);
            sum += (g[j] * (goal[j] - at)) + (penalty.L1[j] * (Math.Abs(goal[j]) - Math.Abs(at)));
        }
        return sum;
    }

    void Search(double promise)
    {
        bool strange = false, small = -promise <= 1e-14 * scale;
        for (double s = 1; s > 1e-9; s /= 2)
        {
            for (int j = 0; j < w.Length; j++)
            {
                double at = double.CreateTruncating(w[j]);
                trial[j] = T.CreateTruncating(s == 1 ? goal[j] : at + (s * (goal[j] - at)));
            }
            double value = oracle.Value(trial) + penalty.Value<T>(trial);
            strange |= !double.IsFinite(value);
            // Below the rounding of F the model knows better than F does; one such step is the last.
            bool lower = value <= LastValue + (1e-4 * s * promise), level = small && value <= LastValue + (1e-14 * scale);
            if (!lower && !level) continue;
            trial.AsSpan().CopyTo(w);
            LastStepSize = s;
            if (small) End(true,
                FormattableString.Invariant($"the decrease that the model promises, {-promise:G3}, is below the rounding of F"));
            return;
        }
        LastStepSize = 0;
        End(!strange && -promise <= 1e-10 * scale,
            strange ? "F is not finite near the iterate" : "no step along the coordinates' direction decreases F in this precision");
    }
}
