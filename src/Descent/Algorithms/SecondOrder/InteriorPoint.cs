using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// Primal–dual interior point (Mehrotra's predictor–corrector) for piecewise linear losses with or without quadratic and L1 penalties:
/// absolute, quantile and hinge fits to full precision.
/// One Hessian-like matrix and two solves a step; some 10 to 40 steps whatever the data. Memory d² + 8n.
/// </summary>
/// <remarks>
/// Optimality: <c>Λw = Aᵀωu</c>, <c>c − Aw = p − q</c>, <c>p(h − u) = 0</c>, <c>q(u − l) = 0</c>, <c>p, q ≥ 0</c>, <c>l ≤ u ≤ h</c>;
/// the right-hand zeros are replaced by a σμ that shrinks. Source: Mehrotra 1992; Portnoy and Koenker 1997 for quantile regression.
/// </remarks>
public sealed record InteriorPoint : IMethod<double, IPiecewiseLinearOracle<double>>, IMethod<float, IPiecewiseLinearOracle<float>>
{
    /// <inheritdoc/>
    public string Recursion => "primal–dual Newton steps on p(h − u) = q(u − l) = σμ, σ by Mehrotra's predictor";

    /// <inheritdoc/>
    public Iteration<double> Start(IPiecewiseLinearOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(oracle, start);

    /// <inheritdoc/>
    public Iteration<float> Start(IPiecewiseLinearOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Run<float>(oracle, start);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly IPiecewiseLinearOracle<T> oracle;
        readonly int n, d;
        readonly double low, high;
        readonly T[] point;
        readonly double[] w, dw, right, gram, omega, m, p, q, u, dp, dq, du, e, rho, scratch;
        readonly Cholesky factor;
        readonly double[] lastDual;
        double bestGap = double.PositiveInfinity;
        double best = double.PositiveInfinity;
        long stuck;

        public Run(IPiecewiseLinearOracle<T> oracle, ReadOnlySpan<T> start)
        {
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.oracle = oracle;
            (n, d) = (oracle.Pieces, oracle.Dimension);
            (low, high) = (oracle.LowerSlope, oracle.UpperSlope);
            point = start.ToArray();
            (w, dw, right, gram) = (new double[d], new double[d], new double[d], new double[d * d]);
            (omega, m, p, q, u) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
            (dp, dq, du, e, rho, scratch) = (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
            factor = new Cholesky(d);
            lastDual = new double[n];
            Begin();
        }

        public override ReadOnlySpan<T> Point => point;

        public override ReadOnlySpan<double> Dual => Ended is null ? u : lastDual;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<T>("point", point);
            visitor.Buffer<double>("w", w);
            visitor.Buffer<double>("p", p);
            visitor.Buffer<double>("q", q);
            visitor.Buffer<double>("u", u);
            visitor.Buffer<double>("margins", m);
            visitor.Buffer<double>("dual", lastDual);
            visitor.Number("best", ref best);
            visitor.Number("bestGap", ref bestGap);
            visitor.Number("stuck", ref stuck);
        }

        protected override long AdvanceCore(long atMost)
        {
            double mu = Complementarity(0);
            Matrix();
            Direction(0, false);
            double ahead = Complementarity(Longest());
            double ratio = ahead / mu, sigma = ratio * ratio * ratio;
            Direction(sigma * mu / 2, true);
            double step = Math.Min(1, 0.9995 * Longest());
            LastStepSize = step;
            Move(step);
            LastValue = Objective();
            Finish(mu);
            return 1;
        }

        void Begin()
        {
            Vectors.Convert<T, double>(point, w);
            for (int i = 0; i < n; i++) omega[i] = oracle.PieceWeight(i);
            oracle.PieceMargins(w, m);
            oracle.Meter.CountGradients(oracle.Count);
            double scale = 0;
            for (int i = 0; i < n; i++) scale += omega[i] * Math.Abs(m[i]);
            double floor = Math.Max(0.1 * scale, 1e-10);
            for (int i = 0; i < n; i++)
            {
                p[i] = Math.Max(m[i], 0) + floor;
                q[i] = Math.Max(-m[i], 0) + floor;
                u[i] = (low + high) / 2;
            }
            LastValue = Objective();
        }

        // Mean complementarity after a step of the given length along the current direction.
        double Complementarity(double step)
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                double ui = u[i] + (step * du[i]);
                sum += omega[i] * (((p[i] + (step * dp[i])) * (high - ui)) + ((q[i] + (step * dq[i])) * (ui - low)));
            }
            return sum;
        }

        void Matrix()
        {
            for (int i = 0; i < n; i++)
            {
                e[i] = (p[i] / (high - u[i])) + (q[i] / (u[i] - low));
                scratch[i] = omega[i] / e[i];
            }
            Array.Clear(gram);
            oracle.PieceGram(scratch, gram);
            oracle.Meter.CountSecondOrder(oracle.Count);
            for (int j = 0; j < d; j++) gram[(j * d) + j] += oracle.Ridge[j];
            double shift = 0;
            while (!factor.Factor(gram, shift) && shift < 1)
            {
                shift = shift == 0 ? 1e-14 : shift * 100;
                for (int j = 0; j < d; j++)
                    if (!(gram[(j * d) + j] > 0)) gram[(j * d) + j] = 1e-12;
            }
        }

        void Direction(double target, bool corrected)
        {
            // Residuals: r₁ of stationarity, r₂ of the margins, r₃ and r₄ of complementarity
            // (with the second-order terms of the predictor).
            for (int i = 0; i < n; i++)
            {
                double r3 = target - (p[i] * (high - u[i])) + (corrected ? dp[i] * du[i] : 0);
                double r4 = target - (q[i] * (u[i] - low)) - (corrected ? dq[i] * du[i] : 0);
                double r2 = p[i] - q[i] - m[i];
                (dp[i], dq[i]) = (r3, r4);
                rho[i] = (-r3 / (high - u[i])) + (r4 / (u[i] - low)) - r2;
                scratch[i] = omega[i] * (u[i] + (rho[i] / e[i]));
            }
            oracle.PieceAdjoint(scratch, right);
            for (int j = 0; j < d; j++) right[j] -= oracle.Ridge[j] * w[j];
            factor.Solve(right, dw);
            oracle.PieceMargins(dw, scratch);
            oracle.PieceMargins(default, du);
            oracle.Meter.CountGradients(2 * oracle.Count);
            for (int i = 0; i < n; i++)
            {
                double a = du[i] - scratch[i];
                double r3 = dp[i], r4 = dq[i], step = (rho[i] - a) / e[i];
                du[i] = step;
                dp[i] = (r3 + (p[i] * step)) / (high - u[i]);
                dq[i] = (r4 - (q[i] * step)) / (u[i] - low);
            }
        }

        // The longest step that keeps p, q, h − u and u − l positive, at most 1/0.9995.
        double Longest()
        {
            double longest = 1 / 0.9995;
            for (int i = 0; i < n; i++)
            {
                if (dp[i] < 0) longest = Math.Min(longest, -p[i] / dp[i]);
                if (dq[i] < 0) longest = Math.Min(longest, -q[i] / dq[i]);
                if (du[i] > 0) longest = Math.Min(longest, (high - u[i]) / du[i]);
                else if (du[i] < 0) longest = Math.Min(longest, (low - u[i]) / du[i]);
            }
            return longest;
        }

        void Move(double step)
        {
            for (int i = 0; i < n; i++)
            {
                p[i] += step * dp[i];
                q[i] += step * dq[i];
                u[i] += step * du[i];
            }
            for (int j = 0; j < d; j++) w[j] += step * dw[j];
            oracle.PieceMargins(w, m);
            Array.Clear(du);
            Array.Clear(dp);
            Array.Clear(dq);
        }

        double Objective()
        {
            double sum = 0;
            for (int i = 0; i < n; i++) sum += omega[i] * Math.Max(high * m[i], low * m[i]);
            for (int j = 0; j < d; j++) sum += 0.5 * oracle.Ridge[j] * w[j] * w[j];
            return sum;
        }

        void Finish(double mu)
        {
            if (LastValue < best)
            {
                stuck = LastValue < best - (1e-15 * Math.Abs(best)) ? 0 : stuck + 1;
                best = LastValue;
                Vectors.Convert<double, T>(w, point);
            }
            else
            {
                stuck++;
            }
            double gap = Complementarity(0);
            if (!double.IsFinite(LastValue) || !double.IsFinite(gap))
            {
                // The last systems are singular to working precision; the best point and its dual stay.
                LastValue = best;
                lastDual.CopyTo(u, 0);
                End(bestGap <= 1e-7 * Math.Abs(best), "the equations became singular in this precision");
                return;
            }
            if (gap <= bestGap)
            {
                bestGap = gap;
                u.CopyTo(lastDual, 0);
            }
            if (gap <= 1e-15 * (Math.Abs(LastValue) + 1e-300)) End(true, "complementarity reached the rounding level of F");
            else if (stuck >= 4 && gap <= 1e-7 * Math.Abs(LastValue)) End(true, "F can no longer be decreased in this precision");
            else if (stuck >= 30 || (LastStepSize < 1e-10 && gap >= mu)) End(false, "the steps became too short to make progress");
        }
    }
}
