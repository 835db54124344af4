using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// M30, cubic-regularised Newton: <c>w ← w + argmin_δ ⟨∇F,δ⟩ + ½δᵀ∇²F δ + (J/6)‖δ‖³</c>, the global minimiser,
/// found exactly from the secular equation (the hard case included). It leaves strict saddles.
/// One gradient and one Hessian a step, 9d³ operations, memory 4d². Source: C 25; Nesterov and Polyak 2006; guarantee G22.
/// </summary>
/// <remarks>
/// With J absent it is found by doubling until the step decreases F as the model promises, and halved after every step
/// (adaptive cubic regularisation, Cartis, Gould and Toint 2011). The decrease of the model is at least <c>J‖δ‖³/12</c>.
/// </remarks>
/// <param name="Lipschitz">Hessian-Lipschitz constant J &gt; 0; null to find it.</param>
public sealed record CubicNewton(double? Lipschitz = null)
    : IMethod<double, IHessianMatrixOracle<double>>, IMethod<float, IHessianMatrixOracle<float>>
{
    /// <summary>J, or null.</summary>
    public double? Lipschitz { get; } = Lipschitz is null ? null : Guard.Positive("J", Lipschitz.Value, nameof(CubicNewton));

    /// <inheritdoc/>
    public string Recursion => Lipschitz is { } j
        ? FormattableString.Invariant($"w ← w + argmin ⟨g,δ⟩ + ½δᵀ∇²F δ + (J/6)‖δ‖³,  J = {j:G6}")
        : "w ← w + argmin ⟨g,δ⟩ + ½δᵀ∇²F δ + (J/6)‖δ‖³, J doubled until F falls as the model says, then halved";

    /// <inheritdoc/>
    public Iteration<double> Start(IHessianMatrixOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(Lipschitz, oracle, start);

    /// <inheritdoc/>
    public Iteration<float> Start(IHessianMatrixOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Run<float>(Lipschitz, oracle, start);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly IHessianMatrixOracle<T> oracle;
        readonly CubicModel model;
        readonly T[] w, trial;
        readonly double[] g, hessian, delta;
        readonly bool adapts;
        double j;

        public Run(double? lipschitz, IHessianMatrixOracle<T> oracle, ReadOnlySpan<T> start)
        {
            Smooth.Require(oracle, "Cubic-regularised Newton");
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.oracle = oracle;
            adapts = lipschitz is null;
            j = lipschitz ?? 1;
            int d = start.Length;
            w = start.ToArray();
            (trial, g, hessian, delta, model) = (new T[d], new double[d], new double[d * d], new double[d], new CubicModel(d));
        }

        public override ReadOnlySpan<T> Point => w;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<T>("w", w);
            visitor.Number("J", ref j);
        }

        // λ_min as computed, less what rounding in the decomposition can hide.
        public override string? Conclude()
        {
            Array.Clear(hessian);
            if (w.Length == 0 || !double.IsFinite(oracle.Curvature(w, g, hessian)) || !model.Decompose(hessian)) return null;
            double rounding = 1e-15 * w.Length * Vectors.Norm<double>(hessian), negative = Math.Max(0, rounding - model.LeastEigenvalue);
            return FormattableString.Invariant(
                $"At this point ‖∇F‖ = {Vectors.Norm<double>(g):G4} and λ_min(∇²F) = {model.LeastEigenvalue:G4} ± {rounding:G2}: ")
                + FormattableString.Invariant($"an (ε, δ)-approximate local minimum for every ε ≥ ‖∇F‖ and δ ≥ {negative:G4}.");
        }

        protected override long AdvanceCore(long atMost)
        {
            Array.Clear(hessian);
            LastValue = oracle.Curvature(w, g, hessian);
            LastStepSize = 1;
            if (!double.IsFinite(LastValue) || !model.Decompose(hessian))
            {
                LastValue = double.NaN;
                return 1;
            }
            bool strange = false;
            for (int tries = 0; tries < 200; tries++, j *= 2)
            {
                double promised = model.Minimise(g, j, delta);
                if (!(promised > 0) || LastValue - (0.1 * promised) == LastValue)
                {
                    if (promised > 0 && tries == 0) Move(LastValue);
                    LastStepSize = 0;
                    End(!strange, strange ? "F is not finite near the iterate" : "the cubic model promises no decrease that F can resolve");
                    return 1;
                }
                double value = Propose();
                strange |= !double.IsFinite(value);
                if ((adapts || !double.IsFinite(value)) && !(value <= LastValue - (0.1 * promised))) continue;
                trial.AsSpan().CopyTo(w);
                LastStepSize = Vectors.Norm<double>(delta);
                if (adapts) j = Math.Max(j / 2, 1e-12);
                return 1;
            }
            LastStepSize = 0;
            End(false, "no cubic step decreases F in this precision");
            return 1;
        }

        // At the rounding level the last step is still worth taking when F does not rise.
        void Move(double before)
        {
            if (Propose() <= before) trial.AsSpan().CopyTo(w);
        }

        double Propose()
        {
            for (int i = 0; i < w.Length; i++) trial[i] = T.CreateTruncating(double.CreateTruncating(w[i]) + delta[i]);
            return oracle.Value(trial);
        }
    }
}
