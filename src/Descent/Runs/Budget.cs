namespace Descent.Runs;

/// <summary>
/// The limits of a run, with a default where none is given: 10,000 steps and 100 passes over the examples, whichever is later;
/// a hundred times that when an accuracy is asked for, which then ends most runs before. Schedules with phases end with the last whole one.
/// </summary>
sealed class Budget
{
    const long DefaultSteps = 10_000, DefaultPasses = 100;
    readonly long gradients;
    readonly TimeSpan time;
    readonly long given, passes;
    readonly bool isDefault;

    public Budget(long steps, long gradients, TimeSpan time, int examples, bool seeksAccuracy, Func<long, long> bestEnd)
    {
        (this.gradients, this.time, given) = (gradients, time, steps);
        isDefault = steps == long.MaxValue && gradients == long.MaxValue && time == TimeSpan.MaxValue;
        int more = seeksAccuracy ? 100 : 1;
        if (isDefault) (given, passes) = (DefaultSteps * more, DefaultPasses * more * examples);
        Steps = isDefault ? long.MaxValue : steps == long.MaxValue ? steps : bestEnd(steps);
    }

    /// <summary>Most steps.</summary>
    public long Steps { get; }

    /// <summary>What has run out, in words; null while nothing has.</summary>
    public string? Spent(long steps, long asked, TimeSpan spent)
    {
        if (isDefault)
        {
            return steps >= given && (asked >= passes || asked == 0)
                ? string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"{steps} steps, the default where no limit is given; set MaxSteps, MaxGradients or TimeLimit for another")
                : null;
        }
        if (steps >= Steps) return Steps < given ? $"{Steps} steps, the last whole phase within {given}" : $"{Steps} steps";
        if (asked >= gradients) return $"{gradients} single gradients";
        return spent >= time ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:G6} s") : null;
    }
}
