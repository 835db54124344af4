namespace Descent.StepSizes;

/// <summary>Composition of schedules: <c>Schedule.WarmUp(500).Then(new Cosine(0.1, 0, 10_000))</c>.</summary>
public static class Schedule
{
    /// <summary>The beginning of a warm-up; <see cref="Ramp.Then"/> says into what.</summary>
    public static Ramp WarmUp(long steps) => new(steps);

    /// <summary>This schedule for some steps, then the next one counted from its own beginning.</summary>
    public static Sequence Then(this IStepSize first, long steps, IStepSize next) => new(first, steps, next);

    /// <summary>A constant step size for some steps, then this schedule:
    /// warm-up–stable–decay is <c>new Linear(η, 0, T_d).After(T_s, η)</c> behind a warm-up.</summary>
    public static Sequence After(this IStepSize next, long steps, double eta) => new(new Constant(eta), steps, next);

    /// <summary>S11: η ∝ B at an equal number of epochs.</summary>
    public static BatchScaled ScaledToBatch(this IStepSize inner, double from, double to) => new(inner, from, to);

    /// <summary>Warm-up, stable, decay (WSD): a ramp, a constant, and a linear decay to zero.
    /// Source: Hu et al. 2024; Schaipp et al. 2025 for the decay's bound.</summary>
    /// <param name="max">η of the stable phase.</param>
    /// <param name="warmUp">Steps of the ramp, ≥ 1.</param>
    /// <param name="stable">Steps of the stable phase, ≥ 0.</param>
    /// <param name="decay">Steps of the decay, ≥ 1.</param>
    public static WarmUp WarmUpStableDecay(double max, long warmUp, long stable, long decay) =>
        WarmUp(warmUp).Then(new Linear(max, 0, decay).After(stable, max));
}
