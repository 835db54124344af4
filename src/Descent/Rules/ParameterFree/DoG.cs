using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// DoG, distance over gradients: <c>w ← w − η·r̄_t/√(Σ_{i≤t}‖gᵢ‖² + ε)·g</c> with <c>r̄_t = max(r_ε, max_{i≤t}‖wᵢ − w₀‖)</c>,
/// <c>r_ε = r(1 + ‖w₀‖)</c>. It is AdaGrad-norm (M11) with the constant c learnt;
/// η = 1 is meant, and the average of the iterates should be read. One state vector. Source: Ivgi, Hinder and Carmon 2023.
/// </summary>
/// <param name="Relative">r &gt; 0, first distance relative to 1 + ‖w₀‖.</param>
/// <param name="Epsilon">ε ≥ 0, under the root.</param>
public sealed record DoG(double Relative = 1e-6, double Epsilon = 1e-8) : IRule
{
    /// <summary>r &gt; 0, first distance relative to 1 + ‖w₀‖.</summary>
    public double Relative { get; } = Guard.Positive("r", Relative, nameof(DoG));

    /// <summary>ε ≥ 0, under the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(DoG));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant(
            $"r̄ ← max(r̄, ‖w − w₀‖);  A ← A + ‖g‖²;  w ← w − η r̄ g/√(A + {Epsilon:G6}),  r̄₀ = {Relative:G6}(1 + ‖w₀‖)");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(DoG rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] first = new T[dimension];
        double distance = 0;
        double sum = 0;
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            if (taken++ == 0)
            {
                w.CopyTo(first);
                distance = rule.Relative * (1 + Vectors.Norm<T>(w));
            }
            distance = Math.Max(distance, Distance.Between<T>(w, first));
            sum += double.CreateTruncating(Vectors.SquaredNorm(g));
            if (sum > 0) ScaledStep.Apply(w, g, stepSize * distance / Math.Sqrt(sum + rule.Epsilon));
            else if (double.IsNaN(sum)) ScaledStep.Apply(w, g, double.NaN);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("first", first);
            visitor.Number("distance", ref distance);
            visitor.Number("sum", ref sum);
            visitor.Number("taken", ref taken);
        }
    }
}
