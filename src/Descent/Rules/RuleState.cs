using Descent.Oracles;

namespace Descent.Rules;

/// <summary>The buffers of a rule during one run.</summary>
/// <typeparam name="T">Element type.</typeparam>
public abstract class RuleState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The point at which the gradient is wanted; the iterate itself unless the rule looks ahead.</summary>
    public abstract ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w);

    /// <summary>Moves <paramref name="w"/> by one step of the rule, in place and without allocation.</summary>
    /// <param name="w">Iterate, length d.</param>
    /// <param name="g">Gradient estimate at the query point.</param>
    /// <param name="stepSize">η_t.</param>
    /// <param name="step">Step number t, from 0.</param>
    public abstract void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step);

    /// <summary>Weight of the present point, before its step, in the average that the rule's theory speaks of;
    /// 1 unless the theory weighs.</summary>
    public virtual double Weight => 1;

    /// <summary>Sums over the gradients used so far; null when the rule keeps none.</summary>
    public virtual RunSums? Sums => null;

    /// <summary>Shows every buffer to a visitor.</summary>
    public abstract void Visit(IStateVisitor visitor);
}
