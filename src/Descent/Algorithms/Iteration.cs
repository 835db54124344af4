using Descent.Oracles;
using Descent.Rules;

namespace Descent.Algorithms;

/// <summary>A method at work: the iterate, the buffers, and the next step. A step allocates nothing.</summary>
/// <typeparam name="T">Element type.</typeparam>
public abstract class Iteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The iterate of record, the one theory speaks about.</summary>
    public abstract ReadOnlySpan<T> Point { get; }

    /// <summary>Number of steps taken.</summary>
    public long Step { get; private set; }

    /// <summary>Last value the method has seen: of a sample, or of F. NaN before the first step.</summary>
    public double LastValue { get; protected set; } = double.NaN;

    /// <summary>Step size of the last step; NaN when the method has none.</summary>
    public double LastStepSize { get; protected set; } = double.NaN;

    /// <summary>∇F at <see cref="Point"/>, where the method has it and <see cref="LastValue"/> is F there; empty otherwise.
    /// Who looks on need not compute either again.</summary>
    public virtual ReadOnlySpan<T> KnownGradient => default;

    /// <summary>Dual variables, one an example, when the method keeps them; empty otherwise. They can prove a lower bound on F.</summary>
    public virtual ReadOnlySpan<double> Dual => default;

    /// <summary>Weight of the present point, before its step, in the average that the method's theory speaks of;
    /// 1 unless the theory weighs.</summary>
    public virtual double Weight => 1;

    /// <summary>How many of at most <paramref name="steps"/> steps are best taken; fewer only where the step sizes run in phases.</summary>
    public virtual long BestEnd(long steps) => steps;

    /// <summary>Sums over the gradients used so far, when the method keeps them; null otherwise.</summary>
    public virtual RunSums? Sums => null;

    /// <summary>Why the method has ended by itself; null while it can go on.</summary>
    public Ending? Ended { get; private set; }

    /// <summary>Takes up to <paramref name="atMost"/> steps; stops early when the method ends or a value is not finite.</summary>
    public void Advance(long atMost = 1)
    {
        long goal = Step + atMost;
        while (Step < goal && Ended is null)
        {
            Step += AdvanceCore(goal - Step);
            if (!double.IsNaN(LastStepSize) && !double.IsFinite(LastValue)) return;
        }
    }

    /// <summary>What the method can say of its last point beyond F, as a sentence; null when it has nothing to add.
    /// May cost as much as a step.</summary>
    public virtual string? Conclude() => null;

    /// <summary>Shows every buffer to a visitor, once.</summary>
    public virtual void Visit(IStateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        long step = Step;
        visitor.Number("step", ref step);
        Step = step;
        (double value, double size) = (LastValue, LastStepSize);
        visitor.Number("lastValue", ref value);
        visitor.Number("lastStepSize", ref size);
        (LastValue, LastStepSize) = (value, size);
    }

    /// <summary>Takes one step, or a block of at most <paramref name="atMost"/> steps; returns how many were taken.</summary>
    protected abstract long AdvanceCore(long atMost);

    /// <summary>Ends the iteration after the current step.</summary>
    protected void End(bool converged, string reason) => Ended = new Ending(converged, reason);
}
