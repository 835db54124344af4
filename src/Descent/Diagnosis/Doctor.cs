using Descent.Runs;

namespace Descent.Diagnosis;

/// <summary>
/// Names what went wrong with a run, with the evidence and one remedy each; silent about healthy runs.
/// The first finding is the one to act on. Thresholds are in docs/doctor.md.
/// </summary>
public static partial class Doctor
{
    /// <summary>Everything found, the gravest first.</summary>
    public static IReadOnlyList<Finding> Examine(CaseHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Trace.Count == 0 || history.Outcome == OutcomeKind.Interrupted) return [];
        List<Finding> found = [];
        void Add(Finding? f)
        {
            if (f is not null) found.Add(f);
        }
        if (history.Outcome == OutcomeKind.Diverged)
        {
            Add(Diverged(history));
            return found;
        }
        Add(Separable(history));
        Add(Horizon(history));
        Add(Edge(history));
        Add(Slow(history));
        Add(Conditioning(history));
        if (found.Count == 0) Add(Floor(history));
        Add(OverFitting(history));
        Add(Dead(history));
        if (found.Count == 0) Add(Budget(history));
        return found;
    }

    static string Figure(double x) => x.ToString("G4", System.Globalization.CultureInfo.InvariantCulture);

    static SettingChange[] Set(string setting, string? value) => [new(setting, value)];

    static double FirstStep(CaseHistory h) => h.Trace.Select(p => p.StepSize).FirstOrDefault(s => s > 0, double.NaN);

    // Whether F still falls at the end: the last quarter of the trace lies below the quarter before it.
    static bool StillFalling(CaseHistory h)
    {
        TracePoint[] t = [.. h.Trace.Where(p => double.IsFinite(p.Value))];
        return t.Length < 4 || t[^1].Value < t[^Math.Max(2, t.Length / 4)].Value;
    }
}
