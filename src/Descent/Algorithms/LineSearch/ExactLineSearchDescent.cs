using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// M2, gradient descent with the exact step on a quadratic: <c>η = ‖g‖²/(gᵀ∇²F g)</c>. On other functions it is the minimiser of the local
/// quadratic model along g. One gradient and one Hessian product a step; memory 3d. Source: R; Cauchy 1847.
/// </summary>
public sealed record ExactLineSearchDescent : IMethod<double, IHessianOracle<double>>, IMethod<float, IHessianOracle<float>>
{
    /// <inheritdoc/>
    public string Recursion => "w ← w − η ∇F(w),  η = ‖g‖²/(gᵀ∇²F g)";

    /// <inheritdoc/>
    public Iteration<double> Start(IHessianOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(oracle, start);

    /// <inheritdoc/>
    public Iteration<float> Start(IHessianOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) => new Run<float>(oracle, start);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly IHessianOracle<T> oracle;
        readonly T[] w, g, unit, hg;

        public Run(IHessianOracle<T> oracle, ReadOnlySpan<T> start)
        {
            Smooth.Require(oracle, "Exact line search");
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.oracle = oracle;
            w = start.ToArray();
            g = new T[w.Length];
            unit = new T[w.Length];
            hg = new T[w.Length];
        }

        public override ReadOnlySpan<T> Point => w;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<T>("w", w);
        }

        protected override long AdvanceCore(long atMost)
        {
            LastValue = oracle.Gradient(w, g);
            // Along u = g/‖g‖ the step is 1/(uᵀHu); ‖g‖² and gᵀHg may leave the range where these do not.
            double norm = Vectors.Norm<T>(g), curvature = 0;
            if (norm > 0 && double.IsFinite(norm))
            {
                for (int i = 0; i < g.Length; i++) unit[i] = g[i] / T.CreateTruncating(norm);
                oracle.HessianProduct(w, unit, hg);
                curvature = double.CreateTruncating(Vectors.Dot<T>(unit, hg));
            }
            if (!double.IsFinite(norm) || double.IsNaN(curvature))
            {
                (LastStepSize, LastValue) = (0, double.NaN);
                return 1;
            }
            if (norm == 0 || !(curvature > 0))
            {
                LastStepSize = 0;
                End(norm == 0,
                    norm == 0 ? "the gradient is zero" : "the curvature along the gradient is not positive, so the model has no minimum");
                return 1;
            }
            LastStepSize = 1 / curvature;
            Vectors.AddScaled(T.CreateTruncating(-LastStepSize), g, w.AsSpan());
            return 1;
        }
    }
}
