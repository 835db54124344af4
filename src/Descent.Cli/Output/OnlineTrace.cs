using Descent.Fitting.Online;

namespace Descent.Cli.Output;

/// <summary>
/// The progressive loss while a stream is learnt from: its mean since the start and since the line before, which shows drift that the one
/// since the start hides.
/// </summary>
sealed class OnlineTrace(OnlineRun run, long? every, bool loud)
{
    readonly List<ProgressiveLoss> doublings = [];
    ProgressiveLoss last;
    OnlineRow latest;
    long next = every ?? 1, doubling = 1;

    /// <summary>The losses at rows 1, 2, 4, 8, …: a few dozen, however long the stream is.</summary>
    public IReadOnlyList<ProgressiveLoss> Doublings => doublings;

    public void Begin()
    {
        if (!loud) return;
        Console.Out.WriteLine(run.MethodText + "\n");
        Console.Out.WriteLine(Line("mean loss", "since last", "rows", "weight", "label", "predicted", "entries"));
    }

    public void Add(OnlineRow row)
    {
        latest = row;
        if (run.Loss.Rows == doubling)
        {
            doublings.Add(run.Loss);
            doubling *= 2;
        }
        if (run.Loss.Rows != next) return;
        Show();
        next = every is { } n ? next + n : next * 2;
    }

    /// <summary>The last line, and what came of it.</summary>
    public string End(string? path)
    {
        if (run.Loss.Rows > last.Rows) Show();
        return $"\n{Text.Plural(run.Loss.Rows, "row")}: progressive loss {Text.Number(run.Loss.Mean)}\n"
            + (path is null ? "" : $"model written to {path}\n");
    }

    void Show()
    {
        ProgressiveLoss now = run.Loss, since = now.Since(last);
        last = now;
        if (!loud) return;
        Console.Out.WriteLine(Line(Mean(now), Mean(since), Text.Count(now.Rows), Text.Number(now.Weight),
            Text.Number(latest.Label), Text.Number(latest.Prediction), Text.Count(latest.Entries)));
        Console.Out.Flush();
    }

    // Rows of weight 0 have no mean.
    static string Mean(ProgressiveLoss of) => of.Weight > 0 ? Text.Number(of.Mean) : "–";

    static string Line(string mean, string since, string rows, string weight, string label, string predicted, string entries) =>
        $"{mean,12} {since,12} {rows,12} {weight,12} {label,10} {predicted,12} {entries,8}";
}
