using Descent.Diagnosis;
using Descent.Runs;

namespace Descent.Cli.Output;

/// <summary>A line on the error stream now and then while a run is long.</summary>
sealed class Progress(Fitter fitter, int examples)
{
    readonly List<TracePoint> trace = [];
    readonly HashSet<Ailment> said = [];
    readonly Pace pace = new();

    /// <summary>A part of work that is made of several runs is done; the words are made only where they are shown.</summary>
    public void Show(Func<string> words)
    {
        if (pace.IsDue()) Console.Error.WriteLine(words());
    }

    /// <summary>A run has come to a point of its trace.</summary>
    public void Show(TracePoint p)
    {
        trace.Add(p);
        if (!pace.IsDue()) return;
        double rate = p.Gradients / Math.Max(p.Seconds, 1e-9);
        long left = fitter.MaxSteps == long.MaxValue ? -1 : fitter.MaxSteps - p.Step;
        string eta = left >= 0 && p.Step > 0 ? $", at most {Text.Seconds(p.Seconds / p.Step * left)} left" : "";
        string gap = double.IsFinite(p.LowerBound) ? $", gap ≤ {Text.AtMost(p.Gap, 3)}" : "";
        Console.Error.WriteLine($"step {Text.Count(p.Step)}, epoch {Text.Number((double)p.Gradients / examples, "0.#")}: "
            + $"{fitter.ValueName} = {Text.Number(p.Value, "G8")}{gap}, {Text.Number(rate, "G3")} gradients/s{eta}");
        // What can be told before the end is a matter of the step sizes; the budget is not spent yet.
        if (fitter.HistorySoFar(trace) is not { } history) return;
        foreach (Finding f in Doctor.Examine(history)
            .Where(f => f.Ailment is Ailment.Diverged or Ailment.EdgeOfStability or Ailment.TooSlow or Ailment.WrongHorizon))
            if (said.Add(f.Ailment)) Console.Error.WriteLine($"doctor: {f.Sentence}");
    }
}
