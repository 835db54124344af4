using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// Gradient clipping before another rule: by value, <c>gᵢ ← clip(gᵢ, ±c)</c>, then by norm, <c>g ← g·min(1, C/‖g‖)</c>.
/// One vector of scratch. Source: Pascanu, Mikolov and Bengio 2013; Zhang et al. 2020 for its theory.
/// </summary>
/// <param name="Inner">The rule that moves.</param>
/// <param name="Norm">C &gt; 0; ∞ for none.</param>
/// <param name="Value">c &gt; 0; ∞ for none.</param>
public sealed record Clipped(IRule Inner, double Norm = double.PositiveInfinity, double Value = double.PositiveInfinity) : IRule
{
    /// <summary>C.</summary>
    public double Norm { get; } = Norm > 0
        ? Norm
        : throw new ArgumentOutOfRangeException(null,
            FormattableString.Invariant($"The norm to clip at must be positive; got {Norm} (Clipped)."));

    /// <summary>c.</summary>
    public double Value { get; } = Value > 0
        ? Value
        : throw new ArgumentOutOfRangeException(null,
            FormattableString.Invariant($"The value to clip at must be positive; got {Value} (Clipped)."));

    /// <inheritdoc/>
    public bool IsEuclidean => Inner.IsEuclidean;

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant($"g ← clip(g, ±{Value:G6}) min(1, {Norm:G6}/‖g‖);  {Inner.Recursion}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, Inner.Start<T>(layout), layout.Length);
    }

    sealed class State<T>(Clipped rule, RuleState<T> inner, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] clipped = new T[dimension];

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => inner.QueryPoint(w);

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            g.CopyTo(clipped);
            if (double.IsFinite(rule.Value))
            {
                T limit = T.CreateTruncating(rule.Value);
                for (int i = 0; i < clipped.Length; i++)
                    clipped[i] = clipped[i] > limit ? limit : clipped[i] < -limit ? -limit : clipped[i];
            }
            double norm = double.IsFinite(rule.Norm) ? Vectors.Norm<T>(clipped) : 0;
            if (norm > rule.Norm) Vectors.Scale(T.CreateTruncating(rule.Norm / norm), clipped.AsSpan());
            inner.Apply(w, clipped, stepSize, step);
        }

        public override void Visit(IStateVisitor visitor) => inner.Visit(visitor);
    }
}
