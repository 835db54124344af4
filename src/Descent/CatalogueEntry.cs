using Descent.Algorithms;

namespace Descent;

/// <summary>One method of the catalogue.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Id">Id in the catalogue of the notes; § 8 when the method is beyond the notes.</param>
/// <param name="Title">Standard name.</param>
/// <param name="Recursion">The recursion in short.</param>
/// <param name="Needs">What it asks of the objective.</param>
/// <param name="Cost">Cost of a step.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Aliases">Other names that are understood.</param>
public sealed record CatalogueEntry(string Name, string Id, string Title, string Recursion, Needs Needs, string Cost, string Source,
    IReadOnlyList<string> Aliases)
{
    /// <summary>Builds the method.</summary>
    public required Func<MethodSettings, IDescribed> Make { get; init; }

    /// <summary>The numbers that can be set, with their defaults.</summary>
    public IReadOnlyList<MethodParameter> Parameters { get; init; } = [];

    /// <summary>Step size when none is given; null for methods that find their own.</summary>
    public DefaultStep? Step { get; init; }

    /// <summary>Batch size when none is given.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Order of visits when none is given.</summary>
    public Oracles.SampleOrder Order { get; init; } = Oracles.SampleOrder.Shuffle;

    /// <summary>Average of the iterates that is reported when none is asked for.</summary>
    public Averaging? Average { get; init; }

    /// <summary>Whether it can handle an objective with a proximal part (L1).</summary>
    public bool Proximal { get; init; }

    /// <summary>Whether an L1 penalty is taken up as further pieces of the loss, and not by proximal steps.</summary>
    public bool PenaltyAsPieces { get; init; }

    /// <summary>What it does with an L1 penalty, in words.</summary>
    public string PenaltyText => !Proximal ? "no" : PenaltyAsPieces ? "as further pieces of the loss" : "by proximal steps";

    /// <summary>Whether its radius is the half-width of a box, which a ball of √d times that radius holds.</summary>
    public bool IsInBox { get; init; }

    /// <summary>Whether it can be used on losses with kinks.</summary>
    public bool Subgradients { get; init; } = true;

    /// <summary>Single gradients that a step takes for every example of its batch, full passes spread over the steps.</summary>
    public double GradientsPerExample { get; init; } = 1;

    /// <summary>Relative certified gap at which a fit stops when none is asked for; 0 for none.</summary>
    public double Gap { get; init; }

    /// <summary>When a step costs what the non-zeros of its sample cost on sparse rows, not what d does:
    /// "always", or a condition in words; null for never.</summary>
    public string? Lazy { get; init; }

    /// <summary>The cost of a step in words, with what it is on sparse rows.</summary>
    public string FullCost =>
        Lazy is null ? Cost : $"{Cost}; on sparse rows the non-zeros of its sample{(Lazy == Always ? "" : ", " + Lazy)}";

    internal const string Always = "always", OneExampleNoL1 = "with batch 1 and no L1 penalty",
        OneExampleNoPenalty = "with batch 1 and no penalty";

    /// <summary>Whether its recursion is made of the smoothness of what is sampled, so that none can be built without one.</summary>
    public bool NeedsSmoothness { get; init; }

    /// <summary>Whether its default step size decays, which is what makes plain SGD converge.</summary>
    public bool Decays { get; init; }

    /// <summary>Whether the method can be driven by sampled gradients.</summary>
    public bool CanSample => Needs is Needs.Samples or Needs.Rows or Needs.SamplesOrGradient or Needs.FiniteSum;

    /// <summary>Whether the method's own noise vanishes at the optimum of a finite sum.</summary>
    public bool ReducesVariance => Needs == Needs.FiniteSum;

    /// <summary>What it asks of the objective, in words.</summary>
    public string NeedsText => Needs switch
    {
        Needs.Gradient => "gradient",
        Needs.Samples => "samples",
        Needs.Rows => "rows of one margin",
        Needs.SamplesOrGradient => "samples or gradient",
        Needs.FiniteSum => "finite sum",
        Needs.HessianMatrix => "Hessian matrix",
        Needs.HessianMatrixOrColumns => "Hessian matrix, or columns",
        Needs.HessianProduct => "Hessian product",
        _ => "piecewise linear loss",
    };

    /// <summary>Steps at most when no budget is given and a step costs full passes; at least 1.</summary>
    public long Steps { get; init; } = 5_000;

    /// <summary>Whether a fit gives it centred and scaled columns:
    /// it solves with a Hessian, or builds one, and penalties keep their meaning.</summary>
    public bool ScalesColumns { get; init; }

    /// <summary>Whether columns stay as they are even when the program chooses it:
    /// a stream is seen once, before its scales are known.</summary>
    public bool KeepsColumns { get; init; }

    /// <summary>Whether a fit may start it where the intercept alone explains the mean.</summary>
    public bool StartsAtMean { get; init; }

    /// <summary>Whether its last iterate is as near to the infimum as rounding lets it be,
    /// so that an infimum at infinity is known by its value.</summary>
    public bool SolvesExactly { get; init; }

    /// <summary>Whether a step is −η times a plain sampled gradient,
    /// so that theorems of one pass over independent examples speak of it.</summary>
    public bool PlainSamples { get; init; }

    /// <summary>The method whose iterates it averages, and whose theorems about averages are its own; null for none.</summary>
    public string? AveragedOf { get; init; }

    /// <summary>Why its results depend on the machine when it runs on more than one thread, as a clause; null when they never do.</summary>
    public string? Races { get; init; }

    /// <summary>Whether its results are the same every time, in words.</summary>
    public string DeterminismText => Races is null ? "the same bits every time, whatever the number of threads"
        : $"NOT deterministic on more than one thread: {Races}";

    /// <summary>
    /// Whether it can learn from a stream: it takes one sampled gradient a step, needs neither the number of rows nor their smoothness, and
    /// its last point is its answer. On a table of many columns its step costs what <see cref="FullCost"/> says.
    /// </summary>
    public bool LearnsOnline => Needs is Needs.Samples or Needs.Rows or Needs.SamplesOrGradient && Races is null && !NeedsSmoothness
        && Average is null
        && !IsParallel && !NeedsManyRows;

    /// <summary>Whether a step takes one example, whatever the size of a batch.</summary>
    public bool TakesOne { get; init; }

    /// <summary>Whether a batch of that size has a meaning: none does to a method without samples, only 1 to one that takes one example.
    /// </summary>
    public bool HasBatches(int batch) => CanSample && (!TakesOne || batch == 1);

    /// <summary>Whether a step gathers several samples, or is made of constants that all rows have a say in.</summary>
    public bool NeedsManyRows { get; init; }

    /// <summary>Whether it is of several workers, on threads or simulated, which share the rows among them.</summary>
    public bool IsParallel { get; init; }

    /// <summary>Place among the methods that a plan tries by itself, from 1; 0 for those tried only when named.</summary>
    public int Rank { get; init; }

    /// <summary>Whether a plan tries it by itself only where there is an L1 penalty.</summary>
    public bool ForL1 { get; init; }

    /// <summary>
    /// Largest stable step size on a quadratic of smoothness H: 2/H for plain steps, 2(1+β)/H with heavy-ball momentum; an average of
    /// gradients takes the heavy ball's over 1−β. It has a meaning only where the default step size follows from the smoothness.
    /// </summary>
    public Func<MethodSettings, double> StableStep { get; init; } = s => 2 / s.Smoothness;
}
