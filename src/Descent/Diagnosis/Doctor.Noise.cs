namespace Descent.Diagnosis;

// Noise and budget: whether more steps would have helped.
public static partial class Doctor
{
    static Finding? Floor(CaseHistory h)
    {
        double eta = h.Trace[^1].StepSize, norm = h.Trace[^1].GradientNorm;
        if (!h.Noisy || h.Averaged || !h.ExactValues || !h.Missed || !(h.NoiseVariance > 0) || !(eta > 0)) return null;
        // One plain step changes F in mean by −η‖∇F‖² + ½Hη²(‖∇F‖² + σ²/B): the floor is where the second outweighs the first.
        double gain = eta * norm * norm, loss = 0.5 * h.Smoothness * eta * eta * h.NoiseVariance;
        (double drift, double error) = Stationarity(h);
        if (!(drift < 2 * error) || loss < 0.3 * gain) return null;
        return new Finding(Ailment.NoiseFloor,
            $"over the second half of the run F fell by {Figure(drift)} ± {Figure(error)}, which cannot be told from standing still; "
            + $"a step with η = {Figure(eta)} gains η‖∇F‖² = {Figure(gain)} and loses ½Hη²σ²/B = {Figure(loss)} to sampling "
            + $"noise in mean{Gap(h)}.",
            $"Reducing η by 4, or a batch of {16L * h.Batch}, lowers the floor about 4 to 16 times; steps that fall to 0 over the run "
            + "(`Schedule = linear`) have none at the end, and svrg and lbfgs never.", Set("Schedule", "linear"));
    }

    // Fall of the mean of F from the third to the last quarter of the trace, with its standard error.
    static (double Drift, double Error) Stationarity(CaseHistory h)
    {
        double[] f = [.. h.Trace.Skip(h.Trace.Count / 2).Select(p => p.Value)];
        if (f.Length < 8) return (double.PositiveInfinity, 0);
        double[] a = f[..(f.Length / 2)], b = f[(f.Length / 2)..];
        static double Spread(double[] x) => x.Sum(v => (v - x.Average()) * (v - x.Average())) / (x.Length - 1.0) / x.Length;
        return (a.Average() - b.Average(), Math.Sqrt(Spread(a) + Spread(b)));
    }

    static Finding? Budget(CaseHistory h)
    {
        if (!h.Missed || !h.ExactValues || !StillFalling(h)) return null;
        double reference = h.Trace[^1].LowerBound;
        if (!double.IsFinite(reference)) return null;
        double now = h.Trace[^1].Gradients, need = Forecast.To(h.Trace, reference, h.Goal * Math.Abs(h.Trace[^1].Value)).Gradients,
            epochs = need / Math.Max(1, h.Count);
        string state = $"F was still falling when the budget ended after {Figure(now / Math.Max(1, h.Count))} epochs{Gap(h)}, "
            + $"where {Figure(h.Goal)} was {(h.AskedGap > 0 ? "asked for" : "to be expected")}.";
        if (!double.IsFinite(need) || need > 100 * now)
        {
            return h.MethodGiven
                ? new Finding(Ailment.BudgetTooSmall, state,
                    $"{(double.IsFinite(need) ? $"At this rate about {Figure(epochs)} epochs are needed" : "Its trace gives no rate")}: "
                    + "`Method = auto` takes a faster method.",
                    [new("Method", null), new("StepSize", null), new("Schedule", null), new("Batch", null), new("Order", null),
                        new("Epochs", null), new("Steps", null)])
                : new Finding(Ailment.BudgetTooSmall, state,
                    "The trace is too short to tell how many are needed: without `Epochs`, `Steps` and `Time` the run ends by itself.",
                    [new("Epochs", null), new("Steps", null), new("Time", null)]);
        }
        double give = Math.Ceiling(1.5 * epochs) + 1;
        return new Finding(Ailment.BudgetTooSmall, state,
            $"Extrapolated, about {Figure(epochs)} epochs are needed: `Epochs = {Figure(give)}`.",
            [new("Epochs", Figure(give)), new("Steps", null), new("Time", null)]);
    }
}
