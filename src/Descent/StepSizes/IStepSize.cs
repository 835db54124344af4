namespace Descent.StepSizes;

/// <summary>The step size η_t, as a pure function of what is known at step t; so schedules compose and resume by themselves.</summary>
public interface IStepSize
{
    /// <summary>Whether <see cref="StepInfo.SquaredNorm"/> is used; it is computed only then.</summary>
    bool UsesGradient => false;

    /// <summary>p of the tail <c>η_t ~ c·t^(−p)</c>:
    /// 0 when it tends to a positive number, ∞ when it decays faster than every power, NaN when that is not determined.</summary>
    double DecayPower => double.NaN;

    /// <summary>How many of at most <paramref name="steps"/> steps are best taken:
    /// up to the end of the last whole phase, where a schedule has phases; all of them otherwise.</summary>
    long BestEnd(long steps) => steps;

    /// <summary>The step size η_t ≥ 0 of the present step.</summary>
    double Next(in StepInfo now);
}
