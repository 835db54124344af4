using Descent.Guarantees;

namespace Descent.Fitting.Planning;

/// <summary>What will be run and why: everything that follows from the request and the data before the first step.</summary>
sealed record Plan
{
    public required string Method { get; init; }

    /// <summary>The method's entry in the catalogue.</summary>
    public required CatalogueEntry Entry { get; init; }

    /// <summary>Whether an average of the iterates is reported.</summary>
    public bool Averaged { get; init; }

    /// <summary>Why this method; null when the user named it.</summary>
    public string? Why { get; init; }

    public required string Recursion { get; init; }

    public required IReadOnlyList<string> Values { get; init; }

    public required ProblemConstants Constants { get; init; }

    public required double StepSize { get; init; }

    public required int Batch { get; init; }

    public required long MaxSteps { get; init; }

    public required long MaxGradients { get; init; }

    public required long TraceEvery { get; init; }

    public long TraceFrom { get; init; } = 1;

    /// <summary>Trace points before their spacing doubles.</summary>
    public int TracePoints { get; init; } = 128;

    public required double GapTolerance { get; init; }

    public required bool IsStochastic { get; init; }

    public required object Algorithm { get; init; }

    /// <summary>Smoothness of what is sampled.</summary>
    public double SampledSmoothness { get; init; } = double.NaN;

    /// <summary>Largest stable step size on a quadratic of that smoothness; NaN for methods whose step sizes do not follow it.</summary>
    public double StableStep { get; init; } = double.NaN;

    /// <summary>The step size the method would take by itself; NaN for methods without one.</summary>
    public double DefaultStep { get; init; } = double.NaN;

    /// <summary>Whether the method draws samples, so that seeds matter.</summary>
    public bool Draws { get; init; } = true;

    /// <summary>
    /// Whether each step is <c>w − ηg</c> with no projection behind it and its gradients are summed, so that the regret bound applies.
    /// </summary>
    public bool PlainSteps { get; init; }

    /// <summary>The theorem that is followed; null unless `Schedule = theory` or `Theorem` asked for one.</summary>
    public TheoryChoice? Theory { get; init; }
}
