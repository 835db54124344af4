using Descent.Models.Linear;

namespace Descent.Models.Inference;

/// <summary>Minima of a smooth objective subject to one linear equation aᵀw = t, by Newton's method with a line search.</summary>
/// <param name="risk">The objective.</param>
/// <param name="enough">A Newton decrement below which a point is a minimum: about twice what F is above it.</param>
sealed class ConstrainedMinimum(EmpiricalRisk<double> risk, double enough)
{
    const int MostSteps = 200;

    // A step that moves margins further has left the neighbourhood that its Hessian tells of.
    const double MostMoved = 10;

    readonly double[] moved = new double[(long)risk.Count * risk.Outputs];

    readonly double[] gradient = new double[risk.Dimension], hessian = new double[risk.Dimension * risk.Dimension],
        newton = new double[risk.Dimension], towards = new double[risk.Dimension], trial = new double[risk.Dimension];

    readonly Cholesky factor = new(risk.Dimension);

    /// <summary>aᵀ(∇²F)⁻¹a: the curvature of the profile at its least point, inverted; and how far t may go for margins to follow it along
    /// the tangent. NaN where the Hessian is singular.</summary>
    public (double Spread, double Far) Tangent(double[] w, double[] direction)
    {
        Look(w);
        if (!Factor()) return (double.NaN, double.NaN);
        factor.Solve(direction, towards);
        double bend = Vectors.Dot<double>(direction, towards);
        return (bend, MostMoved / (Moved(towards) / bend));
    }

    double Moved(double[] step)
    {
        risk.Products(step, moved);
        return Vectors.MaxAbs<double>(moved);
    }

    /// <summary>Moves w to the minimum, first onto the plane.</summary>
    /// <returns>F, and dF/dt of the minimum: minus the multiplier of the equation.</returns>
    public (double Value, double Slope) Descend(double[] w, double[]? direction, double target = 0)
    {
        double value = Look(w), slope = 0;
        for (int k = 0; k < MostSteps && double.IsFinite(value); k++)
        {
            // Along directions in which F has all but fallen to its infimum the curvature has gone: nothing is left to gain there.
            if (!Factor()) return (value, slope);
            factor.Solve(gradient, newton);
            double gap = 0;
            if (direction is not null)
            {
                factor.Solve(direction, towards);
                double bend = Vectors.Dot<double>(direction, towards);
                gap = target - Vectors.Dot<double>(direction, w);
                slope = (gap + Vectors.Dot<double>(direction, newton)) / bend;
                for (int j = 0; j < w.Length; j++) newton[j] -= slope * towards[j];
            }
            if (k == 0 && gap != 0)
            {
                for (int j = 0; j < w.Length; j++) w[j] += gap / Vectors.Dot<double>(direction!, towards) * towards[j];
                value = Look(w);
                continue;
            }
            double decrement = Vectors.Dot<double>(gradient, newton);
            if (!(decrement > enough)) return (value, slope);
            double before = value;
            if (!Search(w, ref value, decrement)) return (before, slope);
        }
        return (value, slope);
    }

    // Armijo's rule; false where no step lowers F by what can be seen of it.
    bool Search(double[] w, ref double value, double decrement)
    {
        for (double step = Math.Min(1, MostMoved / Moved(newton)); step > 1e-12; step /= 2)
        {
            for (int j = 0; j < w.Length; j++) trial[j] = w[j] - (step * newton[j]);
            double there = risk.Value(trial);
            if (!(there <= value - (1e-4 * step * decrement))) continue;
            trial.CopyTo(w, 0);
            value = Look(w);
            return true;
        }
        return false;
    }

    double Look(double[] w) => risk.Curvature(w, gradient, hessian);

    // Where the objective is not convex, or has flattened out, a shift makes it so.
    bool Factor()
    {
        for (double shift = 0; shift <= 1e-2; shift = shift == 0 ? 1e-10 : shift * 100)
            if (factor.Factor(hessian, shift)) return true;
        return false;
    }
}
