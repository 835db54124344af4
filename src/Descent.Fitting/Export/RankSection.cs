using System.Text.Json;
using Descent.Reports.Charts;

namespace Descent.Fitting.Export;

/// <summary>What ranks are expected to give, as a table, as JSON and as a chart.</summary>
static class RankSection
{
    static string[] Titles => ["ranks", "bytes a step", "step", "epoch", "efficiency", "engine adds up: bytes", "epoch", "efficiency"];

    /// <summary>Titles, rows, and the sentences around them.</summary>
    public static (string Head, string[] Titles, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Notes) Parts(
        Forecasts f) =>
        ($"Ranks: {f.Step.Method}, {Text.Seconds(f.Step.Seconds)} a step in one process, {Text.Number(f.Step.StepsAnEpoch, "G4")} steps an "
            + $"epoch; {f.Link.Words}",
        Titles, [.. f.Ranks.Select(Row)],
        [.. RankForecast.Assumptions(f.Step).Select((a, i) => (i == 0 ? "Assumed: " : "         ") + a + ";"),
            "         a message of b bytes takes α + βb, parts are gathered by a ring, sums are made by halving and doubling."]);

    public static string Write(Forecasts forecasts)
    {
        var (head, titles, rows, notes) = Parts(forecasts);
        return $"\n{head}\n{TextTable.Render(titles, rows)}{string.Join('\n', notes)}\n";
    }

    public static void Write(Utf8JsonWriter w, Forecasts forecasts)
    {
        (StepCost step, LinkModel link, IReadOnlyList<RankForecast> ranks) = forecasts;
        w.WriteStartObject("ranks");
        w.WriteString("method", step.Method);
        FitJson.Number(w, "latency", link.Latency);
        FitJson.Number(w, "secondsPerByte", link.SecondsPerByte);
        w.WriteString("link", link.Origin);
        FitJson.Number(w, "stepSeconds", step.Seconds);
        FitJson.Number(w, "stepsAnEpoch", step.StepsAnEpoch);
        FitJson.Number(w, "sumsAStep", step.Passes);
        w.WriteNumber("parts", step.Parts);
        w.WriteStartArray("forecasts");
        foreach (RankForecast f in ranks)
        {
            w.WriteStartObject();
            w.WriteNumber("ranks", f.Ranks);
            FitJson.Number(w, "computeSeconds", f.Compute);
            FitJson.Number(w, "waitSeconds", f.Wait);
            FitJson.Number(w, "bytesAStep", f.Bytes);
            FitJson.Number(w, "epochSeconds", f.Epoch);
            FitJson.Number(w, "efficiency", f.Efficiency);
            FitJson.Number(w, "fastSumWaitSeconds", f.FastWait);
            FitJson.Number(w, "fastSumBytesAStep", f.FastBytes);
            FitJson.Number(w, "fastSumEpochSeconds", f.FastEpoch);
            FitJson.Number(w, "fastSumEfficiency", f.FastEfficiency);
            w.WriteEndObject();
        }
        w.WriteEndArray();
        w.WriteStartArray("assumptions");
        foreach (string a in RankForecast.Assumptions(step)) w.WriteStringValue(a);
        w.WriteEndArray();
        w.WriteEndObject();
    }

    /// <summary>Seconds an epoch against ranks; dashed what M ranks would give that wait for nothing.</summary>
    public static Chart Chart(Forecasts forecasts)
    {
        (StepCost step, LinkModel link, IReadOnlyList<RankForecast> ranks) = forecasts;
        int most = Math.Max(2, ranks.Max(r => r.Ranks));
        int[] at = [.. Enumerable.Range(0, 1 + (int)Math.Ceiling(Math.Log2(most))).Select(k => 1 << k)];
        RankForecast[] f = [.. at.Select(m => RankForecast.Of(step, link, m))];
        double[] x = [.. at.Select(m => (double)m)];
        return new Chart
        {
            Title = $"An epoch of {step.Method} in ranks, by the model; dashed: without waiting",
            XLabel = "ranks",
            YLabel = "seconds an epoch",
            LogX = true,
            LogY = true,
            Width = 560,
            Height = 360,
            Series =
            [
                new Series("bits of one process", x, [.. f.Select(r => r.Epoch)]),
                new Series("the engine adds up", x, [.. f.Select(r => r.FastEpoch)]),
                new Series("", x, [.. x.Select(m => f[0].Epoch / m)], Mark.Dashed),
            ],
        };
    }

    static IReadOnlyList<string> Row(RankForecast f) =>
    [
        Text.Count(f.Ranks), Text.Bytes(f.Bytes), Text.Seconds(f.Compute + f.Wait), Text.Seconds(f.Epoch), Percent(f.Efficiency),
        Text.Bytes(f.FastBytes), Text.Seconds(f.FastEpoch), Percent(f.FastEfficiency),
    ];

    static string Percent(double e) => Text.Number(100 * e, "G3") + " %";
}
