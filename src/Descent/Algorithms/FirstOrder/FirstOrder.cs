using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>What the first-order compositions share: a rule, a step size and a set.
/// They differ in what their estimator needs to ask.</summary>
/// <param name="Rule">How the iterate moves.</param>
/// <param name="StepSize">η_t.</param>
/// <param name="Set">Projection or proximal map after each step; null for none beyond the objective's own.</param>
public abstract record FirstOrder(IRule Rule, IStepSize StepSize, IProximalMap? Set) : IDescribed
{
    /// <inheritdoc/>
    public string Recursion => $"{Rule.Recursion};  {StepSize}{(Set is null ? "" : "; then onto the " + Set.Description)}";
}
