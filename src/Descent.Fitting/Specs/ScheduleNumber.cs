namespace Descent.Fitting;

/// <summary>A number of a schedule: plain, or per cent of the run.</summary>
/// <param name="Value">The number ≥ 0.</param>
/// <param name="IsPercent">Whether it is per cent of the run; lengths are epochs otherwise.</param>
public readonly record struct ScheduleNumber(double Value, bool IsPercent);
