using System.Diagnostics;
using Descent.Diagnosis;
using Descent.Runs;

namespace Descent.Cli.Output;

/// <summary>A line on the error stream now and then while a run is long.</summary>
sealed class Progress(Fitter fitter, int examples)
{
    readonly List<TracePoint> trace = [];
    readonly HashSet<Ailment> said = [];
    readonly Stopwatch watch = Stopwatch.StartNew();
    TimeSpan next = TimeSpan.FromSeconds(1);

    /// <summary>A λ of a path was solved.</summary>
    /// <param name="place">Its place, from 0.</param>
    /// <param name="fold">The fold, from 0; −1 for all training rows.</param>
    /// <param name="p">The optimum.</param>
    public void Show(int place, int fold, PathPoint p)
    {
        if (!IsTime()) return;
        PathSpec path = fitter.Spec.Path!;
        string where = fold < 0 ? "" : $"fold {fold + 1} of {path.Folds}, ";
        Console.Error.WriteLine($"{where}λ {place + 1} of {path.Count} = "
            + $"{Text.Number(p.Lambda, "G4")}: F = {Text.Number(p.Certificate.Value, "G8")}, {Text.Count(p.NonZeros)} away from zero");
    }

    public void Show(TracePoint p)
    {
        trace.Add(p);
        if (!IsTime()) return;
        double rate = p.Gradients / Math.Max(p.Seconds, 1e-9);
        long left = fitter.MaxSteps == long.MaxValue ? -1 : fitter.MaxSteps - p.Step;
        string eta = left >= 0 && p.Step > 0 ? $", at most {Text.Seconds(p.Seconds / p.Step * left)} left" : "";
        string gap = double.IsFinite(p.LowerBound) ? $", gap ≤ {Text.Number(p.Gap, "G3")}" : "";
        Console.Error.WriteLine($"step {Text.Count(p.Step)}, epoch {Text.Number((double)p.Gradients / examples, "0.#")}: "
            + $"{fitter.ValueName} = {Text.Number(p.Value, "G8")}{gap}, {Text.Number(rate, "G3")} gradients/s{eta}");
        // What can be told before the end is a matter of the step sizes; the budget is not spent yet.
        if (fitter.HistorySoFar(trace) is not { } history) return;
        foreach (Finding f in Doctor.Examine(history)
            .Where(f => f.Ailment is Ailment.Diverged or Ailment.EdgeOfStability or Ailment.TooSlow or Ailment.WrongHorizon))
            if (said.Add(f.Ailment)) Console.Error.WriteLine($"doctor: {f.Sentence}");
    }

    // After one second, then ever more seldom.
    bool IsTime()
    {
        if (watch.Elapsed < next) return false;
        next = watch.Elapsed + TimeSpan.FromSeconds(Math.Min(30, watch.Elapsed.TotalSeconds));
        return true;
    }
}
