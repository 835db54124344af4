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

    sealed class State<T> : RuleState<T>, ISupportState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step) =>
            ScaledStep.Apply(w, g, stepSize);

        public void Touch(Span<T> w, ReadOnlySpan<int> indices, ReadOnlySpan<T> g, double stepSize)
        {
            T eta = T.CreateTruncating(stepSize);
            for (int k = 0; k < indices.Length; k++) w[indices[k]] -= eta * g[k];
        }

        public override void Visit(IStateVisitor visitor)
        {
        }
    }
}
