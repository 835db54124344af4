using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// M13, EMA-norm: <c>A_t = βA_{t−1} + ‖g‖²; w ← w − c·g/√(ε² + A_t)</c>. It need not converge:
/// where gradients stay away from zero, so do its steps. M14 with <c>Corrected</c>: <c>B_t = max(B_{t−1}, tA_t)</c>, <c>B₀ = ε²</c>,
/// <c>w ← w − c·g/√B_t</c>, which does (guarantee G9). Two scalars of state. The step size given is c. Source: C algorithms 8 and 9.
/// </summary>
/// <param name="Beta">β in [0, 1).</param>
/// <param name="Epsilon">ε &gt; 0.</param>
/// <param name="Corrected">Whether the corrected form is used.</param>
public sealed record EmaNorm(double Beta = 0.999, double Epsilon = 1e-4, bool Corrected = false) : IRule
{
    /// <summary>β.</summary>
    public double Beta { get; } = Guard.Within("β", Beta, 0, 1, nameof(EmaNorm));

    /// <summary>ε.</summary>
    public double Epsilon { get; } = Guard.Positive("ε", Epsilon, nameof(EmaNorm));

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant($"A ← {Beta:G6} A + ‖g‖²;  ")
        + (Corrected
            ? FormattableString.Invariant($"B ← max(B, tA), B₀ = {Epsilon:G6}²;  w ← w − η g/√B")
            : FormattableString.Invariant($"w ← w − η g/√({Epsilon:G6}² + A)"));

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new State<T>(this);

    sealed class State<T>(EmaNorm rule) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double average, largest = rule.Epsilon * rule.Epsilon;
        long applied;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            applied++;
            average = (rule.Beta * average) + double.CreateTruncating(Vectors.SquaredNorm(g));
            largest = Math.Max(largest, applied * average);
            ScaledStep.Apply(w, g, stepSize / Math.Sqrt(rule.Corrected ? largest : (rule.Epsilon * rule.Epsilon) + average));
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Number("average", ref average);
            visitor.Number("largest", ref largest);
            visitor.Number("applied", ref applied);
        }
    }
}
