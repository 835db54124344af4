using Descent.Models.Linear;

namespace Descent.Models.Inference;

/// <summary>
/// Ends of profile-likelihood intervals: for a linear function θ = aᵀw of the parameters the values t at which
/// <c>min F(w) subject to aᵀw = t</c> has risen by a given amount above inf F. Such an interval follows the shape of the likelihood, where
/// Wald's takes it for a parabola. Source: Venzon and Moolgavkar 1988; as R's confint of glm.
/// </summary>
/// <remarks>
/// Newton's method on the square root of the rise, which is linear where F is quadratic, between bounds that close in; its slope is the
/// multiplier of the constraint. The constrained minima are found by Newton's method from the one before. About 30 Hessians and factors an
/// end, O(n p² + p³) each; memory 2p² + 6p. For a convex objective ends are found to 10⁻⁹ of the width; the same bits always.
/// </remarks>
public sealed class ProfileLikelihood
{
    const int MostSteps = 200;

    readonly EmpiricalRisk<double> risk;
    readonly ConstrainedMinimum inner;
    readonly double[] start;
    readonly double least, rise;

    /// <summary>Prepares for ends at one rise.</summary>
    /// <param name="risk">The objective, without a penalty.</param>
    /// <param name="point">Its optimum, or a point near the infimum where none attains it; length p.</param>
    /// <param name="rise">By how much F rises, above 0: half of the quantile of χ², times the dispersion, over the sum of the
    /// weights.</param>
    /// <param name="infimum">inf F where it is not attained; null otherwise.</param>
    public ProfileLikelihood(EmpiricalRisk<double> risk, double[] point, double rise, double? infimum = null)
    {
        ArgumentNullException.ThrowIfNull(risk);
        ArgumentNullException.ThrowIfNull(point);
        (this.risk, this.rise) = (risk, rise);
        inner = new ConstrainedMinimum(risk, 1e-11 * rise);
        start = (double[])point.Clone();
        double reached = infimum is null ? inner.Descend(start, null).Value : risk.Value(start);
        least = infimum ?? reached;
    }

    /// <summary>The end of the interval of aᵀw on one side.</summary>
    /// <param name="direction">a, length p.</param>
    /// <param name="side">+1 for the upper end, −1 for the lower one.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <returns>NaN where it was not found.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public double End(double[] direction, int side, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(direction);
        double[] inside = (double[])start.Clone(), w = new double[start.Length];
        double at = Vectors.Dot<double>(direction, inside), root = 0, slope = 0, below = at, above = double.NaN,
            next = at + (side * First(inside, direction));
        for (int k = 0; k < MostSteps && double.IsFinite(next); k++)
        {
            cancel.ThrowIfCancellationRequested();
            inside.CopyTo(w, 0);
            (double value, double multiplier) = inner.Descend(w, direction, next);
            double lack = (value - least) / rise;
            if (Math.Abs(lack - 1) <= 1e-9) return next;
            bool usable = double.IsFinite(lack) && lack < 1e4;
            if (!(lack >= 1) && usable)
            {
                below = next;
                w.CopyTo(inside, 0);
            }
            else above = next;
            (root, slope) = (Math.Sqrt(Math.Max(0, lack)), side * multiplier);
            // d√lack/dt = F′/(2·rise·√lack); towards the side the profile rises.
            double newton = usable && root > 0 && slope > 0 ? next + (side * (1 - root) * 2 * rise * root / slope) : double.NaN;
            double far = double.IsNaN(above) ? below + (2 * side * Math.Max(Math.Abs(below - at), Math.Abs(next - at))) : above;
            bool between = (newton - below) * side > 0 && (far - newton) * side > 0;
            double then = between ? newton : double.IsNaN(above) ? far : 0.5 * (below + above);
            // Closer bounds than the digits of t: both are the end.
            if (Math.Abs(then - next) <= 1e-14 * Math.Abs(next)) return Math.Abs(lack - 1) <= 1e-6 ? next : double.NaN;
            next = then;
        }
        return double.NaN;
    }

    // Wald's half width, as far as margins can follow: near an infimum that is not attained it says nothing.
    double First(double[] w, double[] direction)
    {
        (double spread, double far) = inner.Tangent(w, direction);
        double wald = Math.Sqrt(2 * rise * spread);
        return double.IsNaN(wald) || wald == 0 ? 1 : far > 0 ? Math.Min(wald, far) : wald;
    }
}
