using Descent.StepSizes;

namespace Descent.Parallel;

/// <summary>The step sizes of one of several workers that take turns: its k-th step is step <c>First + k·Stride</c> of the run.
/// Its first step is set before every block; nothing is allocated a block.</summary>
/// <param name="inner">η_t of the run.</param>
/// <param name="stride">How many workers take turns.</param>
sealed class InterleavedSteps(IStepSize inner, int stride) : IStepSize
{
    /// <summary>Number of its step 0 within the run.</summary>
    public long First { get; set; }

    /// <inheritdoc/>
    public double Next(in StepInfo now) => inner.Next(now with { Step = First + (now.Step * stride) });
}
