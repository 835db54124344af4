using System.Text.Json;

namespace Descent.Fitting.Export;

/// <summary>What travelled between ranks, as it is printed.</summary>
static class TrafficSection
{
    const int MostRanks = 8;

    /// <summary>One sentence; the ranks with the smallest and largest counts where there are many.</summary>
    public static string Words(RankTraffic t)
    {
        IEnumerable<string> each = Shown(t, s => s.Given).Select(r => t.Steps == 0
            ? $"rank {r} gave {Text.Bytes(t.Ranks[r].Given)} and got {Text.Bytes(t.Ranks[r].Received)}"
            : $"rank {r} gave {Text.Bytes(t.GivenAStep(r))} and got {Text.Bytes(t.ReceivedAStep(r))}");
        return $"{(t.Steps == 0 ? "in all" : "a step")}: {string.Join(", ", each)}; {Text.Count(t.Ranks[0].Calls)} calls of {t.Engine} "
            + $"by rank 0, {Text.Bytes(t.Ranks.Sum(r => (double)r.Given))} given in all (looks and the clock included)";
    }

    /// <summary>What each rank read of the files, in one sentence; null where it is not known.</summary>
    public static string? Read(RankTraffic t) => t.FileBytes is not { } all ? null
        : $"{string.Join(", ", Shown(t, s => s.Read).Select(r => $"rank {r} {Text.Bytes(t.Ranks[r].Read)}"))} of {Text.Bytes(all)} on the "
            + "disk";

    static IEnumerable<int> Shown(RankTraffic t, Func<RankShare, long> count)
    {
        int[] all = [.. Enumerable.Range(0, t.Ranks.Count)];
        return all.Length <= MostRanks ? all
            : new[] { 0, all.MinBy(r => count(t.Ranks[r])), all.MaxBy(r => count(t.Ranks[r])) }.Distinct();
    }

    public static void Write(Utf8JsonWriter w, RankTraffic t)
    {
        w.WriteStartObject("traffic");
        w.WriteString("engine", t.Engine);
        w.WriteNumber("steps", t.Steps);
        if (t.FileBytes is { } files) w.WriteNumber("fileBytes", files);
        w.WriteStartArray("ranks");
        for (int r = 0; r < t.Ranks.Count; r++)
        {
            w.WriteStartObject();
            w.WriteNumber("given", t.Ranks[r].Given);
            w.WriteNumber("received", t.Ranks[r].Received);
            w.WriteNumber("calls", t.Ranks[r].Calls);
            if (t.FileBytes is not null) w.WriteNumber("read", t.Ranks[r].Read);
            FitJson.Number(w, "givenAStep", t.GivenAStep(r));
            FitJson.Number(w, "receivedAStep", t.ReceivedAStep(r));
            w.WriteEndObject();
        }
        w.WriteEndArray();
        w.WriteStartArray("course");
        foreach (var (step, given, received) in t.Course)
        {
            w.WriteStartObject();
            w.WriteNumber("step", step);
            w.WriteNumber("given", given);
            w.WriteNumber("received", received);
            w.WriteEndObject();
        }
        w.WriteEndArray();
        w.WriteEndObject();
    }
}
