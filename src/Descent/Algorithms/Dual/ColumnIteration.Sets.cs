using Descent.Oracles;

namespace Descent.Algorithms;

// The working set, and the proximal Newton steps on it.
sealed partial class ColumnIteration<T>
{
    const int Least = 64, MostPasses = 100, MostModels = 20;
    readonly int[] set;
    readonly double[] keys, goal, before, bends, model, shift, trial;
    int taken;

    // All coordinates away from zero, and of the others those nearest to leaving it, twice as many as there are:
    // (λ₁ − |v|)/‖X‖ is how far the dual point may move before they can.
    // False when no coordinate violates the optimality conditions at all.
    bool Choose()
    {
        int candidates = 0, support = 0;
        double worst = 0;
        for (int j = 0; j < w.Length; j++)
        {
            if (left[j] != 0) continue;
            double violation = penalty.Violation(j, w[j], v[j] + (ridge[j] * w[j]));
            worst = Math.Max(worst, violation);
            bool must = w[j] != 0 || penalty.L1[j] == 0;
            if (must) support++;
            set[candidates] = j;
            keys[candidates++] = must ? double.NegativeInfinity : (penalty.L1[j] - Math.Abs(v[j])) / Math.Max(norms[j], 1e-300);
        }
        taken = Math.Min(candidates, Math.Max(Least, 2 * support));
        if (taken < candidates) Array.Sort(keys, set, 0, candidates);
        // In the order of the data, whatever the keys were.
        Array.Sort(set, 0, taken);
        return worst > 0;
    }

    // Returns by how much F has fallen.
    double Solve(ref double value)
    {
        double begun = value, first = 0;
        for (int k = 0; k < MostModels; k++)
        {
            double promise = Model();
            if (k == 0) first = promise;
            if (!(promise < 0) || !Search(promise, ref value)) break;
            if (oracle.IsQuadratic || promise > 1e-3 * first) break;
            value = Value(z, slopes, curvatures);
        }
        return begun - value;
    }

    // Coordinate passes over the quadratic model of the working set: model = slopes + curvatures ∘ Xδ.
    // Returns what a step along δ promises to first order.
    double Model()
    {
        long touched = 0;
        for (int k = 0; k < taken; k++)
            (bends[k], goal[k], before[k]) = (Squares(set[k], curvatures) + ridge[set[k]], w[set[k]], w[set[k]]);
        slopes.AsSpan().CopyTo(model);
        double first = 0, enough = oracle.IsQuadratic ? 1e-12 : 1e-6;
        for (int pass = 0; pass < MostPasses; pass++)
        {
            double gained = 0;
            for (int k = 0; k < taken; k++)
            {
                gained += Move(k);
                touched += set[k] == intercept ? z.Length : x.EntriesOf(set[k]);
            }
            if (pass == 0) first = gained;
            if (!(gained > enough * first)) break;
        }
        Count(2 * touched);
        return Promise();
    }

    double Move(int k)
    {
        int j = set[k];
        double at = goal[k], a = bends[k];
        if (!(a > 0)) return 0;
        double next = penalty.Minimum(j, at, Product(j, model) + (ridge[j] * at), a), move = next - at;
        if (move == 0 || !double.IsFinite(move)) return 0;
        goal[k] = next;
        if (j == intercept) Vectors.AddScaled(move, curvatures, model.AsSpan());
        else x.AddScaled(j, move, curvatures, model);
        return a * move * move;
    }

    double Promise()
    {
        Array.Clear(shift);
        double sum = 0;
        for (int k = 0; k < taken; k++)
        {
            int j = set[k];
            double moved = goal[k] - before[k];
            if (moved == 0) continue;
            if (j != intercept) x.AddScaled(j, moved, shift);
            else
                for (int i = 0; i < shift.Length; i++) shift[i] += moved;
            sum += (ridge[j] * before[k] * moved) + (penalty.L1[j] * (Math.Abs(goal[k]) - Math.Abs(before[k])));
        }
        return sum + Vectors.Dot<double>(slopes, shift);
    }

    bool Search(double promise, ref double value)
    {
        bool small = -promise <= 1e-14 * Math.Abs(value);
        for (double s = 1; s > 1e-9; s /= 2)
        {
            for (int k = 0; k < taken; k++) w[set[k]] = s == 1 ? goal[k] : before[k] + (s * (goal[k] - before[k]));
            for (int i = 0; i < z.Length; i++) trial[i] = z[i] + (s * shift[i]);
            double found = Value(trial, default, default);
            // Below the rounding of F the model knows better than F does.
            if (!(found <= value + (1e-4 * s * promise)) && !(small && found <= value + (1e-14 * Math.Abs(value)))) continue;
            trial.AsSpan().CopyTo(z);
            (value, LastStepSize) = (found, s);
            return true;
        }
        for (int k = 0; k < taken; k++) w[set[k]] = before[k];
        return false;
    }
}
