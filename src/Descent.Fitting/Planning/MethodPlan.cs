using Descent.Guarantees;
using Descent.Runs;

namespace Descent.Fitting.Planning;

/// <summary>What is planned for one method: the theorem's count, and the count that a short trial run leads to expect.</summary>
sealed record MethodPlan
{
    public required CatalogueEntry Entry { get; init; }

    public required Plan Plan { get; init; }

    /// <summary>
    /// The theorem with the smallest horizon for the accuracy; null when none speaks about the method or none can be computed.
    /// </summary>
    public TheoryChoice? Theory { get; init; }

    /// <summary>Single gradients by the theorem; NaN without one.</summary>
    public double BoundGradients { get; init; } = double.NaN;

    /// <summary>Single gradients by the trial; ∞ when the trial made no progress.</summary>
    public double ExpectedGradients { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the trial reached the accuracy itself.</summary>
    public bool Met { get; init; }

    /// <summary>Seconds a single gradient took in the trial, everything the method does included.</summary>
    public double SecondsPerGradient { get; init; } = double.NaN;

    public double Seconds => ExpectedGradients * SecondsPerGradient;

    public long Memory { get; init; }

    /// <summary>What a step costs, and what ranks would exchange in it; null where the trial took none.</summary>
    public StepCost? Step { get; init; }

    /// <summary>The trial run.</summary>
    public IReadOnlyList<TracePoint> Trace { get; init; } = [];

    /// <summary>Single gradients the trial took.</summary>
    public long TrialGradients { get; init; }
}
