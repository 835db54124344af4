using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// M27 and M28: <c>w ← w − s(∇²F)⁻¹∇F</c> with step halving (s = 1, ½, … 1/16, until F falls). For a generalised linear model with
/// canonical link this is iteratively reweighted least squares (Fisher scoring). One Hessian a step, d³/3 operations, memory 2d². When the
/// Hessian is singular to working precision, a multiple of its diagonal is added (Levenberg and Marquardt), likewise when no such step
/// decreases F, and removed again as steps succeed. Source: P 19.4, 19.5.
/// </summary>
public sealed record Newton : IMethod<double, IHessianMatrixOracle<double>>, IMethod<float, IHessianMatrixOracle<float>>
{
    /// <inheritdoc/>
    public string Recursion => "w ← w − s (∇²F(w))⁻¹ ∇F(w),  s = 1, ½, … until F falls";

    /// <inheritdoc/>
    public Iteration<double> Start(IHessianMatrixOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(oracle, start);

    /// <inheritdoc/>
    public Iteration<float> Start(IHessianMatrixOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Run<float>(oracle, start);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly IHessianMatrixOracle<T> oracle;
        readonly Cholesky factor;
        readonly T[] w, trial;
        readonly double[] g, hessian, direction;
        double damping, scale, lastDecrement = double.PositiveInfinity, lastGain = double.PositiveInfinity;
        long flat;
        bool strange;

        public Run(IHessianMatrixOracle<T> oracle, ReadOnlySpan<T> start)
        {
            Smooth.Require(oracle, "Newton's method");
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.oracle = oracle;
            w = start.ToArray();
            int d = w.Length;
            trial = new T[d];
            g = new double[d];
            direction = new double[d];
            hessian = new double[d * d];
            factor = new Cholesky(d);
        }

        public override ReadOnlySpan<T> Point => w;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<T>("w", w);
            visitor.Number("damping", ref damping);
            visitor.Number("flat", ref flat);
            visitor.Number("scale", ref scale);
            visitor.Number("lastDecrement", ref lastDecrement);
            visitor.Number("lastGain", ref lastGain);
        }

        protected override long AdvanceCore(long atMost)
        {
            Array.Clear(hessian);
            LastValue = oracle.Curvature(w, g, hessian);
            LastStepSize = 1;
            strange = false;
            if (!double.IsFinite(LastValue)) return 1;
            scale = Math.Max(scale, Math.Abs(LastValue));
            damping = damping < 1e-12 ? 0 : damping / 10;
            double left = double.NaN;
            for (int tries = 0; tries < 40; tries++)
            {
                if (!Factor())
                {
                    LastStepSize = 0;
                    End(false, "the curvature of F is not finite, or below what numbers of this precision can tell from zero; "
                        + "columns, targets or weights are of extreme size");
                    return 1;
                }
                factor.Solve(g, direction);
                double decrement = Vectors.Dot<double>(g, direction);
                // Damping shrinks the decrement; what the least damped step promises is what is left.
                if (tries == 0) left = decrement;
                if (!(decrement > 0))
                {
                    End(decrement == 0,
                        decrement == 0 ? "the Newton decrement is zero" : "the Newton decrement is no positive number in this precision");
                    return 1;
                }
                if (Stagnates(decrement))
                {
                    End(true, Resolved(decrement));
                    return 1;
                }
                if (Search(decrement)) return 1;
                if (decrement <= 1e-10 * scale) break;
                // The quadratic model is bad as far as its step goes: shorten and turn the step towards the gradient.
                damping = damping == 0 ? 1e-6 : damping * 10;
            }
            LastStepSize = 0;
            End(!strange && left <= 1e-10 * scale,
                strange ? "F is not finite near the iterate" : "no step along the Newton direction decreases F in this precision");
            return 1;
        }

        // The scaled matrix has a unit diagonal, so that a damping of its dimension makes it definite;
        // a matrix that resists longer holds ∞ or NaN, or nothing above the smallest number.
        bool Factor()
        {
            for (int tries = 0; tries < 40; tries++)
            {
                if (factor.Factor(hessian, damping)) return true;
                damping = damping == 0 ? 1e-10 : damping * 10;
                Lift();
            }
            return false;
        }

        void Lift()
        {
            // A coordinate without curvature (a saturated loss) gets a little, relative to the largest.
            double top = 0;
            int d = g.Length;
            for (int i = 0; i < d; i++) top = Math.Max(top, hessian[(i * d) + i]);
            for (int i = 0; i < d; i++)
                if (!(hessian[(i * d) + i] > 1e-14 * top)) hessian[(i * d) + i] = top > 0 ? 1e-8 * top : 1;
        }

        bool Search(double decrement)
        {
            for (double s = 1; s > 1.0 / 32; s /= 2)
            {
                for (int i = 0; i < w.Length; i++) trial[i] = T.CreateTruncating(double.CreateTruncating(w[i]) - (s * direction[i]));
                double value = oracle.Value(trial);
                strange |= !double.IsFinite(value);
                if (!(value <= LastValue - (1e-4 * s * decrement)) && !AtRoundingLevel(value, decrement)) continue;
                flat = value >= LastValue - (1e-15 * Math.Abs(LastValue)) ? flat + 1 : 0;
                trial.AsSpan().CopyTo(w);
                LastStepSize = s;
                (lastDecrement, lastGain) = (decrement, (LastValue - value) / (s * (1 - (s / 2)) * decrement));
                if (Math.Abs(value) <= 1e-28 * scale) End(true, "F fell to the rounding of its terms");
                else if (flat >= 2 || (s == 1 && damping == 0 && AtEnd(decrement, value))) End(true, Resolved(decrement));
                return true;
            }
            return false;
        }

        // A full step whose gain is below the rounding of F or (10⁻³¹ ≈ 2u²) of the terms it is made of: half the decrement is the gap
        // before the step, and Newton's method squares what is left of it.
        bool AtEnd(double decrement, double value) => decrement <= Math.Max(1e-15 * Math.Abs(value), 1e-31 * scale);

        // Exact arithmetic makes the decrement fall quadratically, or by 1/e along a direction of recession with F falling as predicted. A
        // small decrement that neither falls nor predicts what F gains is the rounding error of the gradient.
        bool Stagnates(double decrement) =>
            decrement <= 1e-10 * scale && decrement >= 0.1 * lastDecrement && lastGain is not (>= 0.25 and <= 4);

        static string Resolved(double decrement) =>
            FormattableString.Invariant($"the Newton decrement reached {decrement / 2:G3}, below what F can resolve");

        bool AtRoundingLevel(double value, double decrement) =>
            decrement <= 1e-12 * scale && value <= LastValue + (1e-14 * scale);
    }
}
