using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Descent.Mpi.Tests;

/// <summary>The command as ranks: the same bytes as one process, said once.</summary>
[Collection(nameof(MpiCollection))]
public class FitTests(TestData data)
{
    // SGD, Adam, SVRG, L-BFGS, Newton, softmax and a network, after every call of the binding: one job a number of ranks.
    [MpiTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Ranks_of_Open_MPI_give_the_bytes_of_one_process(int ranks) =>
        SameAsAlone(MpiKind.OpenMpi, ranks, "OpenMpi", "MPI_ERR_ROOT");

    [MpiTheory(MpiKind.Mpich)]
    [InlineData(1)]
    [InlineData(3)]
    public void Ranks_of_MPICH_give_the_bytes_of_one_process(int ranks) => SameAsAlone(MpiKind.Mpich, ranks, "Mpich", "Invalid root");

    // The command itself: its words, its reading, its file.
    [MpiFact]
    public void The_command_writes_the_bytes_of_one_process()
    {
        string[] words = ["fit", data.Sparse, "--model", "logistic", "--method", "sgd", "--batch", "256", "--micro-batches", "4",
            "--epochs", "2"];
        Assert.Equal(data.Single(words), Fit(MpiKind.OpenMpi, 3, words));
    }

    // Real delays: the gap that synchronous rounds of as many simulated workers reach, within twice their gradients.
    [MpiTheory]
    [InlineData(MpiKind.OpenMpi, 3, 3)]
    [InlineData(MpiKind.OpenMpi, 4, 1)]
    public void Servers_of_Open_MPI_reach_the_certified_gap_of_synchronous_rounds(MpiKind kind, int ranks, int slack) =>
        Serves(kind, ranks, slack);

    [MpiTheory(MpiKind.Mpich)]
    [InlineData(MpiKind.Mpich, 3, 3)]
    [InlineData(MpiKind.Mpich, 4, 1)]
    public void Servers_of_MPICH_reach_the_certified_gap_of_synchronous_rounds(MpiKind kind, int ranks, int slack) =>
        Serves(kind, ranks, slack);

    [MpiFact]
    public void The_engines_own_order_gives_the_same_to_rounding()
    {
        string[] words = ["fit", data.Sparse, "--model", "logistic", "--method", "newton"];
        double[] one = Weights(data.Single(words)), many = Weights(Fit(MpiKind.OpenMpi, 3, [.. words, "--fast-sum"]));
        for (int j = 0; j < one.Length; j++) Assert.Equal(one[j], many[j], 1e-9 * (1 + Math.Abs(one[j])));
    }

    // What follows the run, a proof among it, asks nothing of the other ranks. And what travelled, by rank and by step.
    [MpiFact]
    public void Rank_0_alone_prints_what_travelled_too_and_proves()
    {
        string place = data.NewFolder();
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 3, place, "fit", data.Sparse, "--model", "logistic", "--l2", "0.1", "--proof",
            "p.json", "--run", "R");
        (int code, string text, string error) = job.End();
        Assert.True(code == 0, text + error);
        Assert.DoesNotContain("internal", error, StringComparison.Ordinal);
        Assert.Matches(@"^3 ranks, Open MPI \d+\.\d+", text);
        Assert.Equal(2, text.Split("Certificate").Length);
        Assert.Equal(2, text.Split("Travelled").Length);
        Assert.Contains("rank 2 gave ", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.True(File.Exists(Path.Combine(place, "p.json")));
        string[] trace = File.ReadAllLines(Path.Combine(place, "R", "trace.csv"));
        Assert.EndsWith(",bytes_given,bytes_received", trace[0], StringComparison.Ordinal);
        long[][] bytes = [.. trace[1..].Select(l => l.Split(',')[^2..].Select(long.Parse).ToArray())];
        Assert.All(bytes.Zip(bytes.Skip(1)), p => Assert.True(p.First[0] < p.Second[0] && p.First[1] < p.Second[1]));
    }

    [MpiFact]
    public void A_fault_is_said_once_and_ends_the_job()
    {
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 3, data.NewFolder(), "fit", "nowhere.csv");
        (int code, _, string error) = job.End();
        Assert.Equal(2, code);
        Assert.Equal(2, error.Split("nowhere.csv: no such file").Length);
    }

    [MpiFact]
    public void Commands_of_one_process_say_so()
    {
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 2, data.NewFolder(), "inspect", data.Table);
        (int code, _, string error) = job.End();
        Assert.Equal(1, code);
        Assert.Contains("'inspect' runs in one process; mpirun and srun are for fit and resume.", error, StringComparison.Ordinal);
    }

    void SameAsAlone(MpiKind kind, int ranks, string name, string words)
    {
        using MpiJob job = MpiJob.Of(kind, ranks, data.NewFolder(), "descent-mpi-bench.dll", "fits", data.Sparse, data.Table);
        (int code, string text, string error) = job.End();
        Assert.True(code == 0, text + error);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.StartsWith($"checked {ranks} ranks, ", lines[0], StringComparison.Ordinal);
        Assert.Contains(name, lines[0], StringComparison.Ordinal);
        Assert.Contains(words, lines[0], StringComparison.Ordinal);
        Assert.Equal(data.Alone, lines[1..]);
    }

    void Serves(MpiKind kind, int ranks, int slack)
    {
        string[] words = ["fit", data.Sparse, "--model", "logistic", "--l2", "0.1", "--method", "parameter-server", "--batch", "4000",
            "--lr", "0.3", "--gap", "2e-3", "--epochs", "60", "--json"];
        using MpiJob job = MpiJob.Ranks(kind, ranks, data.NewFolder(), [.. words, "--set", $"servers=1,slack={slack}"]);
        JsonElement one = Rounds([.. words, "--set", $"workers={ranks - 1},slack=0"]), many = Json(job.End());
        Assert.Equal("Converged", one.GetProperty("outcome").GetString());
        Assert.Equal("Converged", many.GetProperty("outcome").GetString());
        Assert.True(many.GetProperty("gradients").GetInt64() <= 2 * one.GetProperty("gradients").GetInt64(),
            $"{many.GetProperty("gradients")} of {one.GetProperty("gradients")}");
        Match said = Regex.Match(many.GetProperty("sentence").GetString()!,
            @"missed \S+ pushes in mean, (\d+) at most \(the slack allows (\d+)\)");
        Assert.True(said.Success, many.GetProperty("sentence").GetString());
        Assert.InRange(int.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture), 0, 8);
        Assert.InRange(int.Parse(said.Groups[2].Value, CultureInfo.InvariantCulture), 6, 8);
    }

    static readonly Dictionary<string, JsonElement> known = [];

    JsonElement Rounds(string[] words)
    {
        string key = string.Join(' ', words);
        if (known.TryGetValue(key, out JsonElement before)) return before;
        using MpiJob alone = MpiJob.Alone(data.NewFolder(), words);
        return known[key] = Json(alone.End());
    }

    static JsonElement Json((int Code, string Out, string Error) end)
    {
        Assert.True(end.Code == 0, end.Out + end.Error);
        return JsonDocument.Parse(end.Out).RootElement;
    }

    byte[] Fit(MpiKind kind, int ranks, string[] words)
    {
        string place = data.NewFolder();
        using MpiJob job = MpiJob.Ranks(kind, ranks, place, [.. words, "--out", "m.json"]);
        (int code, string text, string error) = job.End();
        Assert.True(code is 0 or 4, $"{code}: {text}{error}");
        return File.ReadAllBytes(Path.Combine(place, "m.json"));
    }

    static double[] Weights(byte[] model)
    {
        using JsonDocument file = JsonDocument.Parse(model);
        List<double> numbers = [];
        Collect(file.RootElement.GetProperty("weights"), numbers);
        return [.. numbers];
    }

    static void Collect(JsonElement at, List<double> numbers)
    {
        if (at.ValueKind == JsonValueKind.Number) numbers.Add(at.GetDouble());
        else if (at.ValueKind == JsonValueKind.Array) foreach (JsonElement e in at.EnumerateArray()) Collect(e, numbers);
        else if (at.ValueKind == JsonValueKind.Object) foreach (JsonProperty e in at.EnumerateObject()) Collect(e.Value, numbers);
    }
}
