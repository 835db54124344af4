using System.Diagnostics;
using Descent.Cli.Fitting;
using Descent.Runs;

namespace Descent.Cli.Output;

/// <summary>A line on the error stream now and then while a run is long.</summary>
sealed class Progress(Plan plan, int examples)
{
    readonly Stopwatch watch = Stopwatch.StartNew();
    TimeSpan next = TimeSpan.FromSeconds(1);

    public void Show(TracePoint p)
    {
        if (watch.Elapsed < next) return;
        next = watch.Elapsed + TimeSpan.FromSeconds(Math.Min(30, watch.Elapsed.TotalSeconds));
        double rate = p.Gradients / Math.Max(p.Seconds, 1e-9);
        long left = plan.MaxSteps == long.MaxValue ? -1 : plan.MaxSteps - p.Step;
        string eta = left >= 0 && p.Step > 0 ? $", at most {Text.Seconds(p.Seconds / p.Step * left)} left" : "";
        string gap = double.IsFinite(p.LowerBound) ? $", gap ≤ {Text.Number(p.Gap, "G3")}" : "";
        Console.Error.WriteLine($"step {Text.Count(p.Step)}, epoch {Text.Number((double)p.Gradients / examples, "0.#")}: F = {Text.Number(p.Value, "G8")}{gap}, {Text.Number(rate, "G3")} gradients/s{eta}");
    }
}
