using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// M2, gradient descent with Armijo backtracking: the largest η in <c>η₀, η₀s, η₀s², …</c> with <c>F(w − ηg) ≤ F(w) − cη‖g‖²</c>,
/// where η₀ is twice the last accepted step. One gradient and a few values a step; memory 3d. Source: R; Armijo 1966.
/// </summary>
/// <param name="Initial">First step size tried, η &gt; 0.</param>
/// <param name="Shrink">Factor s in (0, 1).</param>
/// <param name="Decrease">Constant c in (0, 1).</param>
public sealed record LineSearchDescent(double Initial = 1, double Shrink = 0.5, double Decrease = 1e-4)
    : IMethod<double, IGradientOracle<double>>, IMethod<float, IGradientOracle<float>>
{
    /// <summary>η₀.</summary>
    public double Initial { get; } = Guard.Positive("The first step size", Initial, nameof(LineSearchDescent));

    /// <summary>s.</summary>
    public double Shrink { get; } = Guard.Inside("s", Shrink, nameof(LineSearchDescent));

    /// <summary>c.</summary>
    public double Decrease { get; } = Guard.Inside("c", Decrease, nameof(LineSearchDescent));

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"w ← w − η ∇F(w), η by backtracking (×{Shrink:G4}) until F falls by {Decrease:G4} η‖g‖²");

    /// <inheritdoc/>
    public Iteration<double> Start(IGradientOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(this, oracle, start);

    /// <inheritdoc/>
    public Iteration<float> Start(IGradientOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Run<float>(this, oracle, start);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly LineSearchDescent method;
        readonly IGradientOracle<T> oracle;
        readonly T[] w, g, trial;
        double eta;

        public Run(LineSearchDescent method, IGradientOracle<T> oracle, ReadOnlySpan<T> start)
        {
            Smooth.Require(oracle, "Line-search descent");
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.method = method;
            this.oracle = oracle;
            w = start.ToArray();
            g = new T[w.Length];
            trial = new T[w.Length];
            eta = method.Initial;
        }

        public override ReadOnlySpan<T> Point => w;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<T>("w", w);
            visitor.Number("eta", ref eta);
        }

        protected override long AdvanceCore(long atMost)
        {
            LastValue = oracle.Gradient(w, g);
            double norm = Vectors.Norm<T>(g);
            if (Step > 0) eta /= method.Shrink;
            // After a fall from where the gradient was huge, the last step can be too short to show in F: the search begins anew.
            if (LastValue - (method.Decrease * (eta * norm) * norm) == LastValue) eta = Math.Max(eta, method.Initial);
            bool strange = false;
            // η‖g‖² as (η‖g‖)‖g‖: the square alone may leave the range.
            // From η₀ down to the smallest number there are some thousand halvings, so the search ends.
            for (; eta > 0; eta *= method.Shrink)
            {
                w.AsSpan().CopyTo(trial);
                Vectors.AddScaled(T.CreateTruncating(-eta), g, trial);
                double value = oracle.Value(trial), target = LastValue - (method.Decrease * (eta * norm) * norm);
                // A decrease that F cannot resolve is no decrease.
                if (target == LastValue) break;
                if (!(value <= target))
                {
                    strange |= !double.IsFinite(value);
                    continue;
                }
                trial.AsSpan().CopyTo(w);
                LastStepSize = eta;
                return 1;
            }
            LastStepSize = 0;
            End(norm == 0,
                norm == 0 ? "the gradient is zero"
                    : strange ? "F is not finite along the gradient" : "no step along the gradient decreases F in this precision");
            return 1;
        }
    }
}
