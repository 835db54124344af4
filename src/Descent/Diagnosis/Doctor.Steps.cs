using Descent.Runs;

namespace Descent.Diagnosis;

// Step sizes: too large, at the limit, too small, at the wrong time.
public static partial class Doctor
{
    static Finding Diverged(CaseHistory h)
    {
        double eta = FirstStep(h);
        TracePoint last = h.Trace.LastOrDefault(p => double.IsFinite(p.Value));
        string where = $"F went from {Figure(h.Trace[0].Value)} to {Figure(h.Trace[^1].Value)} (last finite value {Figure(last.Value)} "
            + $"at step {last.Step})";
        if (double.IsNaN(eta))
            return new Finding(Ailment.Diverged, where + ".", "`Method = auto` takes a method that cannot run away on this problem.",
                [new("Method", null), new("StepSize", null), new("Schedule", null)]);
        if (h.StableStep > 0 && eta > h.StableStep)
            return new Finding(Ailment.Diverged,
                $"{where} with step size {Figure(eta)}; with curvature up to {Figure(h.Smoothness)} the largest stable step is "
                + $"{Figure(h.StableStep)}.", $"`StepSize = auto` takes {Figure(h.DefaultStep)}.", Set("StepSize", null));
        if (h.StepGiven && h.DefaultStep > 0 && h.DefaultStep < eta)
            return new Finding(Ailment.Diverged, $"{where} with step size {Figure(eta)}.",
                $"`StepSize = auto` takes {Figure(h.DefaultStep)}.", Set("StepSize", null));
        // Without a curvature nothing says whether it allows the step; columns whose squares overflow have none.
        if (!double.IsFinite(h.Smoothness) || !(h.StableStep > 0))
            return new Finding(Ailment.Diverged, $"{where} with step size {Figure(eta)}"
                + (double.IsFinite(h.Smoothness) ? "." : "; the curvature is not known, or beyond the range of doubles."),
                $"Smaller steps: `StepSize = {Figure(eta / 30)}`; columns of extreme size want another unit.",
                Set("StepSize", Figure(eta / 30)));
        return new Finding(Ailment.Diverged,
            $"{where} with step size {Figure(eta)}, which the curvature at the start allows: it grows along the path.",
            $"Smaller steps: `StepSize = {Figure(eta / 30)}`.", Set("StepSize", Figure(eta / 30)));
    }

    static Finding? Horizon(CaseHistory h)
    {
        TracePoint[] steps = [.. h.Trace.Where(p => p.StepSize >= 0)];
        if (h.Schedule is null or "theory" || steps.Length < 4 || !(h.Missed || !h.ExactValues)) return null;
        double top = steps.Max(p => p.StepSize);
        long end = steps[^1].Step;
        // The first look from which on nothing but a thousandth of the largest step was taken.
        int from = steps.Length;
        while (from > 0 && steps[from - 1].StepSize <= 1e-3 * top) from--;
        if (from < steps.Length && steps[from].Step < 0.6 * end)
            return new Finding(Ailment.WrongHorizon,
                $"the step sizes of '{h.Schedule}' had fallen below a thousandth of {Figure(top)} at step {steps[from].Step} of {end}: "
                + $"the rest of the run stood still{Gap(h)}.", "Let the schedule span the run: leave its over=… away.",
                Set("Schedule", Stretched(h.Schedule)));
        bool ends = h.Schedule.StartsWith("linear", StringComparison.Ordinal) || h.Schedule.StartsWith("cosine:", StringComparison.Ordinal)
            || h.Schedule.StartsWith("one-cycle", StringComparison.Ordinal) || h.Schedule.StartsWith("wsd", StringComparison.Ordinal);
        if (h.Noisy && ends && h.Schedule.Contains("over=", StringComparison.Ordinal) && steps[^1].StepSize > 0.3 * top)
            return new Finding(Ailment.WrongHorizon,
                $"'{h.Schedule}' was still at {Figure(steps[^1].StepSize)} of {Figure(top)} when the run ended at step {end}, "
                + $"so sampling noise never died out{Gap(h)}.", "Let the schedule span the run: leave its over=… away.",
                Set("Schedule", Stretched(h.Schedule)));
        return null;
    }

    static string Gap(CaseHistory h) => double.IsNaN(h.RelativeGap) ? "" : $"; the certified gap is {Figure(h.RelativeGap)} of F";

    // The same schedule over the whole run; a constant phase that gives way to nothing is taken back altogether.
    static string Stretched(string schedule)
    {
        string[] halves = schedule.Split(':', 2);
        string[] kept = halves.Length == 1
            ? []
            : [.. halves[1].Split(',').Where(k => !k.TrimStart().StartsWith("over=", StringComparison.Ordinal))];
        bool fades = halves[0].Trim() is "exp" or "exponential" or "1/t" or "step";
        if (fades) return "linear";
        return kept.Length == 0 ? halves[0] : halves[0] + ":" + string.Join(',', kept);
    }

    static Finding? Edge(CaseHistory h)
    {
        double eta = h.Trace[^1].StepSize;
        if (h.Noisy || !h.StepGiven || !(h.StableStep > 0) || !(eta >= 0.93 * h.StableStep) || h.Outcome == OutcomeKind.Converged)
            return null;
        if (!double.IsNaN(h.RelativeGap) && !h.Missed) return null;
        TracePoint[] tail = [.. h.Trace.Skip(h.Trace.Count / 2)];
        double norm = tail[^1].GradientNorm;
        return new Finding(Ailment.EdgeOfStability,
            $"η = {Figure(eta)} is {Figure(eta / h.StableStep)} of the largest stable step {Figure(h.StableStep)}, so along the steepest "
            + $"direction every step jumps across the valley; ‖∇F‖ is still {Figure(norm)}{Gap(h)}.",
            $"`StepSize = auto` takes {Figure(h.DefaultStep)}, which crosses it once.", Set("StepSize", null));
    }

    static Finding? Slow(CaseHistory h)
    {
        double eta = FirstStep(h);
        if (!h.StepGiven || !(h.DefaultStep > 0) || !(eta < 0.1 * h.DefaultStep)) return null;
        double first = h.Trace[0].Value, last = h.Trace[^1].Value, left = h.Trace[^1].LowerBound;
        bool proved = double.IsFinite(left);
        if (proved ? !h.Missed : !(last > 0.5 * first)) return null;
        string way = proved
            ? $"{Figure(100 * (first - last) / Math.Max(first - left, double.Epsilon))} % of the way from the start to the proved bound"
            : $"the loss went from {Figure(first)} to {Figure(last)}";
        return new Finding(Ailment.TooSlow,
            $"η = {Figure(eta)} is {Figure(h.DefaultStep / eta)} times below what the problem allows ({Figure(h.DefaultStep)}); "
            + $"after {h.Trace[^1].Step} steps {way}.", $"`StepSize = auto` takes {Figure(h.DefaultStep)}.", Set("StepSize", null));
    }
}
