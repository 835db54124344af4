using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// M31: while the Hessian has an eigenvalue <c>−λ &lt; −√(Jε)</c>, the step <c>δ = −(2λ/J)·sign⟨v,∇F⟩·v</c> along its eigenvector
/// (sign(0) = 1), which decreases F by at least <c>2λ³/(3J²)</c>; otherwise a gradient step with backtracking;
/// ends at a second-order stationary point, <c>‖∇F‖ ≤ ε</c> and <c>∇²F ⪰ −√(Jε)I</c>.
/// One Hessian and 9d³ operations a step, memory 3d². Source: C theorem 25.7; guarantee G23.
/// </summary>
/// <param name="Lipschitz">Hessian-Lipschitz constant J &gt; 0; null to find it by doubling until the decrease is as promised.</param>
/// <param name="Tolerance">ε &gt; 0.</param>
public sealed record NegativeCurvature(double? Lipschitz = null, double Tolerance = 1e-8)
    : IMethod<double, IHessianMatrixOracle<double>>, IMethod<float, IHessianMatrixOracle<float>>
{
    /// <summary>J, or null.</summary>
    public double? Lipschitz { get; } = Lipschitz is null ? null : Guard.Positive("J", Lipschitz.Value, nameof(NegativeCurvature));

    /// <summary>ε.</summary>
    public double Tolerance { get; } = Guard.Positive("ε", Tolerance, nameof(NegativeCurvature));

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"w ← w − (2λ/J) sign⟨v,g⟩ v where ∇²F v = −λv, λ > √(Jε);  else w ← w − η g by backtracking; ")
            + FormattableString.Invariant(
                $" ε = {Tolerance:G6}, J {(Lipschitz is { } j ? FormattableString.Invariant($"= {j:G6}") : "found by doubling")}");

    /// <inheritdoc/>
    public Iteration<double> Start(IHessianMatrixOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(this, oracle, start);

    /// <inheritdoc/>
    public Iteration<float> Start(IHessianMatrixOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Run<float>(this, oracle, start);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly NegativeCurvature method;
        readonly IHessianMatrixOracle<T> oracle;
        readonly SymmetricEigen eigen;
        readonly T[] w, trial;
        readonly double[] g, hessian;
        double j, eta = 1;
        bool strange;

        public Run(NegativeCurvature method, IHessianMatrixOracle<T> oracle, ReadOnlySpan<T> start)
        {
            Smooth.Require(oracle, "A negative-curvature step");
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.method = method;
            this.oracle = oracle;
            j = method.Lipschitz ?? 1;
            int d = start.Length;
            w = start.ToArray();
            (trial, g, hessian, eigen) = (new T[d], new double[d], new double[d * d], new SymmetricEigen(d));
        }

        public override ReadOnlySpan<T> Point => w;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<T>("w", w);
            visitor.Number("J", ref j);
            visitor.Number("eta", ref eta);
        }

        protected override long AdvanceCore(long atMost)
        {
            Array.Clear(hessian);
            LastValue = oracle.Curvature(w, g, hessian);
            LastStepSize = 1;
            strange = false;
            if (!double.IsFinite(LastValue) || !eigen.Decompose(hessian))
            {
                LastValue = double.NaN;
                return 1;
            }
            double lambda = w.Length == 0 ? 0 : -eigen.Values[0], norm = Vectors.Norm<double>(g);
            if (lambda > Math.Sqrt(j * method.Tolerance)) Curve(lambda);
            else if (norm > method.Tolerance) Descend(norm);
            else End(true,
                FormattableString.Invariant(
                    $"‖∇F‖ = {norm:G3} and the least eigenvalue of the Hessian is {-lambda:G3}: second-order stationary"));
            return 1;
        }

        void Curve(double lambda)
        {
            ReadOnlySpan<double> v = eigen.Vector(0);
            double sign = Vectors.Dot(v, g) < 0 ? -1 : 1;
            for (int tries = 0; tries < 200; tries++, j *= 2)
            {
                double length = 2 * lambda / j, value = Propose(v, -sign * length);
                if (method.Lipschitz is null
                    && !(value <= LastValue - (2 * lambda * lambda * lambda / (3 * j * j)) + (1e-14 * Math.Abs(LastValue)))) continue;
                Accept(length);
                return;
            }
            LastStepSize = 0;
            End(false, strange ? "F is not finite near the iterate" : "no step along the negative curvature decreases F in this precision");
        }

        void Descend(double norm)
        {
            if (LastValue - (0.5 * (eta * norm) * norm) == LastValue) eta = Math.Max(eta, 1);
            for (; eta > 0; eta /= 2)
            {
                double target = LastValue - (0.5 * (eta * norm) * norm);
                if (target == LastValue) break;
                if (!(Propose(g, -eta) <= target)) continue;
                Accept(eta);
                eta *= 2;
                return;
            }
            LastStepSize = 0;
            End(!strange, strange ? "F is not finite near the iterate" : "no step along the gradient decreases F in this precision");
        }

        double Propose(ReadOnlySpan<double> direction, double length)
        {
            for (int i = 0; i < w.Length; i++) trial[i] = T.CreateTruncating(double.CreateTruncating(w[i]) + (length * direction[i]));
            double value = oracle.Value(trial);
            strange |= !double.IsFinite(value);
            return value;
        }

        void Accept(double length)
        {
            trial.AsSpan().CopyTo(w);
            LastStepSize = length;
        }
    }
}
