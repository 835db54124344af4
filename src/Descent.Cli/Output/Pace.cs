using System.Diagnostics;

namespace Descent.Cli.Output;

/// <summary>
/// When a line about long work is due: after one second, then ever more seldom, twice the time each, at most thirty seconds apart.
/// </summary>
sealed class Pace
{
    readonly Stopwatch watch = Stopwatch.StartNew();
    TimeSpan next = TimeSpan.FromSeconds(1);

    /// <summary>Whether one is due now; then the next is due later.</summary>
    public bool IsDue()
    {
        if (watch.Elapsed < next) return false;
        next = watch.Elapsed + TimeSpan.FromSeconds(Math.Min(30, watch.Elapsed.TotalSeconds));
        return true;
    }
}
