using Descent.Algorithms;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Models.Certificates;

// Certificates in double-double arithmetic: the problem solved again from w, and the dual point proved feasible.
public sealed partial class RiskCertifier<T>
{
    // Entries up to which the exact form is made, and up to which it is used at every look.
    const double LargestCopy = 4e7, SmallEnough = 2e7, SmallInterior = 1e6;

    // Multiplications of a Hessian above which Newton's method in double-double arithmetic is tried only
    // where the point of the run proves too little.
    const double EnoughToWait = 1e6;

    // A probability below this along a direction in which F falls for ever is taken to be on its way to 0.
    static readonly double[] Vanishing = [1e-25, 1e-18, 1e-12, 1e-8, 1e-5, 1e-3];

    ExactRisk? exactRisk;
    ExactPoint? here;
    bool asked;
    int attempts;

    // With free columns beside the intercept a point proves nothing by itself.
    bool Exactly => !tight && attempts < 4 && canNewton && d <= 64 && (double)n * k * d * d < SmallEnough && FreeColumns;

    bool FreeColumns
    {
        get
        {
            for (int j = 0; j < risk.Columns * k; j++)
                if (IsFree(j)) return true;
            return false;
        }
    }

    ExactRisk? Exact()
    {
        if (asked) return exactRisk;
        asked = true;
        return exactRisk = ExactRisk.Of(risk, canNewton ? LargestCopy : 1e5);
    }

    // F(w) to the last bits, and what is left of rounding.
    (double Value, double Error) ValueAt(ExactRisk exact)
    {
        ExactPoint point = AtW(exact);
        double rest =
            8.0 * (risk.LongestRow + n + d + 16) * DoubleDouble.Epsilon * (point.MarginSize + point.Size + Math.Abs(point.Value.Hi));
        double logarithms = exact.Shape == LossShape.Multinomial ? 4 * Unit * point.LossSize : 0,
            error = rest + logarithms + (Unit * Math.Abs(point.Value.Hi)) + 1e-290;
        return ((double)point.Value, double.IsFinite(error) ? error : double.PositiveInfinity);
    }

    // The point of this look, evaluated once.
    ExactPoint AtW(ExactRisk exact)
    {
        if (here is not null) return here;
        here = new ExactPoint(exact);
        for (int j = 0; j < d; j++) here.W[j] = w[j] / exact.Unit[j];
        here.Evaluate();
        return here;
    }

    void Tighten(ReadOnlySpan<double> dual, double value)
    {
        if (!canNewton || Exact() is not { } exact) return;
        if (exact.HessianWork > 4e9) return;
        attempts++;
        ExactPoint point = AtW(exact);
        if (exact.Shape == LossShape.Kinked) Kinks(exact, point, dual, value);
        else Smooth(exact, point);
    }

    void Smooth(ExactRisk exact, ExactPoint point)
    {
        // Near the optimum the run's own point proves nearly all:
        // what is left is the square of a small gradient. On large data that is enough.
        if (exact.HessianWork > EnoughToWait && double.IsFinite(point.Value.Hi))
        {
            double value = (double)point.Value + (16.0 * (n + d + 16) * DoubleDouble.Epsilon * point.MarginSize);
            Take(exact, point, value, "the run");
            if (tight || value - best.Bound <= 1e-11 * Math.Abs(value)) return;
        }
        ExactSolver solver = new(exact, point);
        // Steps that take long are few: from the end of a run, two or three reach the optimum.
        int most = exact.HessianWork > 1e6 ? 60 : 200;
        solver.Solve(most);
        if (!double.IsFinite(point.Value.Hi)) return;
        // What the L1 charge may take for an upper bound on inf F: F itself, before anything is left out.
        double reached = (double)point.Value + (16.0 * (n + d + 16) * DoubleDouble.Epsilon * point.MarginSize);
        Take(exact, point, reached, "Newton's method in double-double arithmetic");
        Vanish(exact, solver, point, most, reached);
        if (tight || !DropLight(exact, point, reached)) return;
        solver.Solve(most);
        Take(exact, point, reached, "Newton's method in double-double arithmetic, examples of next to no weight left out");
        Vanish(exact, solver, point, most, reached);
    }

    void Vanish(ExactRisk exact, ExactSolver solver, ExactPoint point, int most, double reached)
    {
        if (tight || exact.Shape is not (LossShape.Multinomial or LossShape.Poisson)) return;
        foreach (double level in Vanishing)
        {
            if (!double.IsFinite(point.Value.Hi) || !Mask(exact, point, level)) continue;
            solver.Solve(most);
            Take(exact, point, reached, "Newton's method in double-double arithmetic, probabilities on their way to 0 left out");
            if (tight) return;
        }
    }

    // Examples so light that F does not show what they could lose are taken out, for their small numbers spoil the equations of the others.
    static bool DropLight(ExactRisk exact, ExactPoint point, double reached)
    {
        Array.Clear(point.Masked);
        point.Evaluate();
        bool[] light = Light(exact, point, reached);
        bool any = false;
        for (int i = 0; i < exact.Count; i++)
        {
            if (!light[i]) continue;
            any = true;
            point.Masked.AsSpan(exact.First[i], exact.First[i + 1] - exact.First[i]).Fill(true);
        }
        return any;
    }

    static bool[] Light(ExactRisk exact, ExactPoint point, double reached)
    {
        double heaviest = 0;
        foreach (DoubleDouble a in exact.Weight) heaviest = Math.Max(heaviest, a.Hi);
        bool[] light = new bool[exact.Count];
        for (int i = 0; i < light.Length; i++)
        {
            double weight = exact.Weight[i].Hi / heaviest;
            light[i] = weight <= 1e-60 || (weight <= 1e-12 && point.Excess[i] <= 1e-14 * Math.Abs(reached) / light.Length);
        }
        return light;
    }

    // Classes of small probability, and counts of 0 with a small mean, are taken out: what is left is below F.
    static bool Mask(ExactRisk exact, ExactPoint point, double level)
    {
        bool any = false;
        for (int i = 0; i < exact.Count; i++)
        {
            if (exact.Shape == LossShape.Poisson && exact.Centre[i] != 0) continue;
            for (int r = exact.First[i]; r < exact.First[i + 1]; r++)
            {
                if (point.Masked[r] || point.U[r].Hi > level) continue;
                any = point.Masked[r] = true;
            }
        }
        return any;
    }

    void Take(ExactRisk exact, ExactPoint point, double reached, string how)
    {
        if (!double.IsFinite(point.Value.Hi)) return;
        ExactBound bound = new ExactBound(exact, point, reached + (1e-9 * Math.Abs(reached)) + 1e-300 - Trivial().Bound).Work();
        if (double.IsNegativeInfinity(bound.Lower)) return;
        attained |= bound.IsInterior;
        CertificateKind kind = exact.Shape == LossShape.Squared && risk.Lasso.IsEmpty ? CertificateKind.Quadratic : CertificateKind.Duality;
        Consider(new Offer(bound.Lower, bound.Allowance, kind,
            $"Fenchel dual at a point found by {how}, proved feasible by a verified Cholesky factor{Within(bound.Restricted)}"));
        // Once F at the end of the steps cannot be told from the bound, no later point can improve it.
        tight |= reached - bound.Lower <= (1e-13 * Math.Abs(reached)) + (2 * bound.Allowance)
            && reached - bound.Lower <= 1e-9 * Math.Abs(reached);
    }

    static string Within(IReadOnlyList<int> held)
    {
        if (held.Count == 0) return "";
        string which = string.Join(", ", held.Take(5).Select(j => j + 1)) + (held.Count > 5 ? ", …" : "");
        string who = held.Count == 1 ? $"parameter {which}, whose column differs" : $"parameters {which}, whose columns differ";
        return $"; for all w with {who} from a combination of others by no more than rounding, within 10⁶ of the largest parameter";
    }

    void Kinks(ExactRisk exact, ExactPoint point, ReadOnlySpan<double> dual, double value)
    {
        if (risk is not IPiecewiseLinearOracle<T> piece || (double)n * d * d > 4e9) return;
        if (exact.HessianWork <= SmallInterior && d <= 64)
        {
            Interior(exact, point);
            return;
        }
        double[] found = new double[exact.Count];
        double reached = value;
        if (dual.Length >= n)
        {
            for (int i = 0; i < found.Length; i++) found[i] = -dual[exact.Origin[i]];
            Vertex(exact, point, found, reached);
            if (tight) return;
        }
        T[] start = new T[d];
        Vectors.Convert<double, T>(w, start);
        IMethod<T, IPiecewiseLinearOracle<T>> method = (IMethod<T, IPiecewiseLinearOracle<T>>)(object)new InteriorPoint();
        Iteration<T> run = method.Start(piece, start, new Draws(1));
        run.Advance(100);
        if (run.Dual.Length < n) return;
        for (int i = 0; i < found.Length; i++) found[i] = -run.Dual[exact.Origin[i]];
        Vectors.Convert(run.Point, work);
        for (int j = 0; j < d; j++) point.W[j] = work[j] / exact.Unit[j];
        point.Evaluate();
        Vertex(exact, point, found, Math.Min(reached, (double)point.Value));
    }

    void Interior(ExactRisk exact, ExactPoint point)
    {
        point.Evaluate();
        ExactInterior interior = new(exact, Light(exact, point, (double)point.Value));
        ExactKinks kinks = new(exact, point);
        double reached = double.PositiveInfinity;
        // Early dual variables have more room to their bounds, late ones are nearer to the optimum.
        foreach (double part in (double[])[1e-13, 1e-15, 1e-17, 1e-19, 1e-21, 1e-23, 1e-25])
        {
            bool more = interior.Run(part);
            interior.Point.CopyTo(point.W);
            point.Evaluate();
            if (!double.IsFinite(point.Value.Hi)) return;
            reached = Math.Min(reached, (double)point.Value);
            kinks.Balance(interior.Dual);
            Take(exact, point, reached, "the interior-point method in double-double arithmetic");
            if (tight || !more) break;
        }
        // Variables on their way to a bound, at different speeds, spoil the equations of the others: at a vertex they are on it.
        if (tight) return;
        double[] found = new double[exact.Count];
        for (int i = 0; i < found.Length; i++) found[i] = (double)interior.Dual[i];
        interior.Point.CopyTo(point.W);
        Vertex(exact, point, found, reached);
    }

    void Vertex(ExactRisk exact, ExactPoint point, double[] found, double reached)
    {
        foreach (double u in found)
            if (!double.IsFinite(u)) return;
        ExactKinks kinks = new(exact, point);
        foreach (double near in (double[])[1e-6, 1e-4, 1e-9, 0])
        {
            kinks.Refine(found, near);
            Take(exact, point, reached, "the interior-point method, refined in double-double arithmetic");
            if (tight) return;
        }
    }
}
