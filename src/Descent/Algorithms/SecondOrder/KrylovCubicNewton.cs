using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// M30 for large d: the cubic model is minimised over the Krylov space of the gradient, <c>span(g, Hg, H²g, …)</c>,
/// from Hessian products alone, until the model's gradient is small or the space is used up.
/// A thousandth of a random direction is mixed into the start vector of the space, so that strict saddles and the hard case are left.
/// Cost one gradient and up to <c>Most</c> products a step; memory (Most + 8)d.
/// Source: C 25; Carmon and Duchi 2018; guarantee G22 up to the accuracy of the inner solution.
/// </summary>
/// <param name="Lipschitz">Hessian-Lipschitz constant J &gt; 0; null to find it as in <see cref="CubicNewton"/>.</param>
/// <param name="Most">Largest dimension of the Krylov space, ≥ 2.</param>
public sealed record KrylovCubicNewton(double? Lipschitz = null, int Most = 30) : IMethod<double, IHessianOracle<double>>
{
    /// <summary>J, or null.</summary>
    public double? Lipschitz { get; } = Lipschitz is null ? null : Guard.Positive("J", Lipschitz.Value, nameof(KrylovCubicNewton));

    /// <summary>Largest dimension of the Krylov space.</summary>
    public int Most { get; } = Most >= 2
        ? Most
        : throw new ArgumentOutOfRangeException(null, $"The Krylov space needs at least 2 dimensions; got {Most} (KrylovCubicNewton).");

    /// <inheritdoc/>
    public string Recursion =>
        $"w ← w + argmin over span(g, Hg, …), at most {Most} dimensions, of ⟨g,δ⟩ + ½δᵀHδ + (J/6)‖δ‖³"
            + (Lipschitz is { } j
                ? FormattableString.Invariant($",  J = {j:G6}")
                : ", J doubled until F falls as the model says, then halved");

    /// <inheritdoc/>
    public Iteration<double> Start(IHessianOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run(this, oracle, start, draws);

    sealed class Run : Iteration<double>
    {
        readonly IHessianOracle<double> oracle;
        readonly Lanczos lanczos;
        readonly CubicModel[] models;
        readonly double[] w, trial, g, delta, begin, projected, small, tridiagonal;
        readonly ulong key;
        readonly bool adapts;
        double j;

        public Run(KrylovCubicNewton method, IHessianOracle<double> oracle, ReadOnlySpan<double> start, Draws draws)
        {
            Smooth.Require(oracle, "Cubic-regularised Newton");
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.oracle = oracle;
            adapts = method.Lipschitz is null;
            j = method.Lipschitz ?? 1;
            key = draws.NextWord();
            int d = start.Length, k = Math.Min(d, method.Most);
            w = start.ToArray();
            (trial, g, delta, begin) = (new double[d], new double[d], new double[d], new double[d]);
            (projected, small, tridiagonal) = (new double[k], new double[k], new double[k * k]);
            lanczos = new Lanczos(d, k);
            models = [.. Enumerable.Range(0, k + 1).Select(i => new CubicModel(i))];
        }

        public override ReadOnlySpan<double> Point => w;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<double>("w", w);
            visitor.Number("J", ref j);
        }

        protected override long AdvanceCore(long atMost)
        {
            LastValue = oracle.Gradient(w, g);
            LastStepSize = 1;
            if (!double.IsFinite(LastValue) || w.Length == 0)
            {
                if (w.Length == 0) End(true, "there are no parameters");
                return 1;
            }
            int k = Build();
            CubicModel model = models[k];
            Span<double> matrix = tridiagonal.AsSpan(0, k * k);
            lanczos.Tridiagonal(matrix, k);
            if (!model.Decompose(matrix))
            {
                LastValue = double.NaN;
                return 1;
            }
            bool strange = false;
            for (int tries = 0; tries < 200; tries++, j *= 2)
            {
                double promised = model.Minimise(projected.AsSpan(0, k), j, small.AsSpan(0, k));
                if (!(promised > 0) || LastValue - (0.1 * promised) == LastValue)
                {
                    LastStepSize = 0;
                    End(!strange, strange ? "F is not finite near the iterate" : "the cubic model promises no decrease that F can resolve");
                    return 1;
                }
                delta.AsSpan().Clear();
                for (int i = 0; i < k; i++) Vectors.AddScaled(small[i], lanczos.Vector(i), delta.AsSpan());
                for (int i = 0; i < w.Length; i++) trial[i] = w[i] + delta[i];
                double value = oracle.Value(trial);
                strange |= !double.IsFinite(value);
                if ((adapts || strange) && !(value <= LastValue - (0.1 * promised))) continue;
                trial.AsSpan().CopyTo(w);
                LastStepSize = Vectors.Norm<double>(delta);
                if (adapts) j = Math.Max(j / 2, 1e-12);
                return 1;
            }
            LastStepSize = 0;
            End(false, "no cubic step decreases F in this precision");
            return 1;
        }

        // The basis and g in it. A little noise in the first vector lets the space see directions that g has no part in.
        int Build()
        {
            double norm = Vectors.Norm<double>(g), size = norm > 0 ? 1e-3 : 1;
            ulong stream = Philox.Pair((ulong)Step, key).A;
            for (int i = 0; i < begin.Length; i++)
                begin[i] = (norm > 0 ? g[i] / norm : 0)
                    + (size * ((Philox.Pair((ulong)i, stream).A >> 11) * (2.0 / (1L << 53)) - 1) / Math.Sqrt(begin.Length));
            lanczos.Begin(begin);
            do oracle.HessianProduct(w, lanczos.Vector(lanczos.Count), lanczos.Product);
            // The space may be complete without g, which the noise has turned aside within the eigenspaces.
            while (lanczos.Step() || lanczos.Extend(g));
            for (int i = 0; i < lanczos.Count; i++) projected[i] = Vectors.Dot(lanczos.Vector(i), g);
            return lanczos.Count;
        }
    }
}
