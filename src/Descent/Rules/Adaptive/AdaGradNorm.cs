using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// M11, AdaGrad-norm: <c>w ← w − c·g_t/√(ε² + Σ_{i≤t}‖gᵢ‖²)</c>; M12 with <c>Delayed</c>:
/// the sum stops at t−1, so that the step size is independent of the sample.
/// One scalar of state. The step size given is c. Source: C algorithm 7 and 9.1; guarantee G8.
/// </summary>
/// <param name="Epsilon">ε &gt; 0.</param>
/// <param name="Delayed">Whether the newest gradient is left out of the sum.</param>
public sealed record AdaGradNorm(double Epsilon = 1e-4, bool Delayed = false) : IRule
{
    /// <summary>ε.</summary>
    public double Epsilon { get; } = Guard.Positive("ε", Epsilon, nameof(AdaGradNorm));

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant($"A ← A + ‖g‖²;  w ← w − η g/√({Epsilon:G6}² + A{(Delayed ? "₋" : "")})");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new State<T>(this);

    sealed class State<T>(AdaGradNorm rule) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            double before = sum;
            sum += double.CreateTruncating(Vectors.SquaredNorm(g));
            ScaledStep.Apply(w, g, stepSize / Math.Sqrt((rule.Epsilon * rule.Epsilon) + (rule.Delayed ? before : sum)));
        }

        public override void Visit(IStateVisitor visitor) => visitor.Number("sum", ref sum);
    }
}
