using Descent.Oracles;

namespace Descent.Rules;

/// <summary>M1, M3: <c>w ← w − η_t g</c>. No state. Source: all notes; C algorithm 2.</summary>
public sealed record Sgd : IRule
{
    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion => "w ← w − η g";

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new State<T>();

    sealed class State<T> : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step) =>
            ScaledStep.Apply(w, g, stepSize);

        public override void Visit(IStateVisitor visitor)
        {
        }
    }
}
