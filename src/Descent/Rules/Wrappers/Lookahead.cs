using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// Lookahead: after every k steps of another rule, <c>slow ← slow + α(w − slow); w ← slow</c>. One state vector besides the inner ones.
/// Source: Zhang, Lucas, Hinton and Ba 2019 (k = 5 or 6, α = ½).
/// </summary>
/// <param name="Inner">The rule that moves.</param>
/// <param name="Every">k ≥ 1.</param>
/// <param name="Alpha">α in (0, 1].</param>
public sealed record Lookahead(IRule Inner, int Every = 5, double Alpha = 0.5) : IRule
{
    /// <summary>k.</summary>
    public int Every { get; } = Every >= 1
        ? Every
        : throw new ArgumentOutOfRangeException(null, $"The period must be at least 1; got {Every} (Lookahead).");

    /// <summary>α.</summary>
    public double Alpha { get; } = Alpha is > 0 and <= 1
        ? Alpha
        : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"α must lie in (0, 1]; got {Alpha} (Lookahead)."));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"{Inner.Recursion};  every {Every} steps slow ← slow + {Alpha:G6}(w − slow), w ← slow");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, Inner.Start<T>(layout), layout.Length);
    }

    sealed class State<T>(Lookahead rule, RuleState<T> inner, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] slow = new T[dimension];
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w)
        {
            if (taken == 0) w.CopyTo(slow);
            return inner.QueryPoint(w);
        }

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            inner.Apply(w, g, stepSize, step);
            if (++taken % rule.Every != 0) return;
            T alpha = T.CreateTruncating(rule.Alpha);
            for (int i = 0; i < slow.Length; i++) slow[i] += alpha * (w[i] - slow[i]);
            slow.AsSpan().CopyTo(w);
        }

        public override void Visit(IStateVisitor visitor)
        {
            inner.Visit(visitor);
            visitor.Buffer<T>("slow", slow);
            visitor.Number("lookahead.taken", ref taken);
        }
    }
}
