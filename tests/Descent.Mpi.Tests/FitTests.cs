using System.Globalization;
using System.Text.RegularExpressions;

namespace Descent.Mpi.Tests;

/// <summary>Fits in ranks: the same bytes as one process, said once; and servers with real delays.</summary>
[Collection(nameof(MpiCollection))]
public class FitTests(TestData data)
{
    // One job a number of ranks: every call of the binding, then several fits in the same processes.
    [MpiTheory]
    [InlineData(1, "lbfgs")]
    [InlineData(2, "sgd,svrg,mlp")]
    [InlineData(3, "adam,lbfgs,softmax,fast-newton,server")]
    [InlineData(4, "sgd,newton,server")]
    public void Ranks_of_Open_MPI_give_what_one_process_gives(int ranks, string fits) =>
        SameAsAlone(MpiKind.OpenMpi, ranks, fits, "OpenMpi", "MPI_ERR_ROOT");

    [MpiTheory(MpiKind.Mpich)]
    [InlineData(3, "lbfgs,server")]
    [InlineData(4, "sgd,server")]
    public void Ranks_of_MPICH_give_what_one_process_gives(int ranks, string fits) =>
        SameAsAlone(MpiKind.Mpich, ranks, fits, "Mpich", "Invalid root");

    // What follows the run, a proof among it, asks nothing of the other ranks. And what travelled, by rank and by step.
    [MpiFact]
    public void Rank_0_alone_prints_what_travelled_too_and_writes_the_bytes_of_one_process()
    {
        string place = data.NewFolder();
        string[] words = ["fit", data.Sparse, "--model", "logistic", "--l2", "0.1", "--proof", "p.json", "--run", "R", "--out", "m.json"];
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 3, place, words);
        (int code, string text, string error) = job.End();
        Assert.True(code == 0, text + error);
        Assert.DoesNotContain("internal", error, StringComparison.Ordinal);
        Assert.Matches(@"^3 ranks, Open MPI \d+\.\d+", text);
        Assert.Equal(2, text.Split("Certificate").Length);
        Assert.Equal(2, text.Split("Travelled").Length);
        Assert.Contains("rank 2 gave ", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.True(File.Exists(Path.Combine(place, "p.json")));
        Assert.Equal(data.Single(words[..^2]), File.ReadAllBytes(Path.Combine(place, "m.json")));
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
        Assert.Contains("'inspect' runs in one process; mpirun and srun are for fit, resume and plan --ranks.", error,
            StringComparison.Ordinal);
    }

    [MpiFact]
    public void A_plan_in_ranks_measures_the_link_between_them()
    {
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 2, data.NewFolder(), "plan", data.Sparse, "--model", "logistic", "--l2", "0.1",
            "--accuracy", "1e-2", "--methods", "gd", "--epochs", "3", "--ranks", "2,8");
        (int code, string text, string error) = job.End();
        Assert.True(code == 0, text + error);
        Assert.Matches(@"α = \S+ µs a message, 1/β = \S+( GB/s)? \(measured here, in sums over 2 ranks of Open MPI", text);
        Assert.Equal(2, text.Split("Ranks: gd").Length);
    }

    void SameAsAlone(MpiKind kind, int ranks, string fits, string name, string words)
    {
        using MpiJob job = MpiJob.Of(kind, ranks, data.NewFolder(), "descent-mpi-bench.dll", "fits", data.Sparse, data.Table, fits);
        (int code, string text, string error) = job.End();
        Assert.True(code == 0, text + error);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.StartsWith($"checked {ranks} ranks, ", lines[0], StringComparison.Ordinal);
        Assert.Contains(name, lines[0], StringComparison.Ordinal);
        Assert.Contains(words, lines[0], StringComparison.Ordinal);
        Assert.Equal(fits.Split(',').Order(StringComparer.Ordinal), lines[1..].Select(l => l.Split(' ')[0]).Order(StringComparer.Ordinal));
        foreach (string line in lines[1..]) Same(data.Alone.Single(l => l.Split(' ')[0] == line.Split(' ')[0]), line);
    }

    static void Same(string alone, string ranks)
    {
        string[] one = alone.Split(' '), many = ranks.Split(' ');
        if (one[0] == "fast-newton")
            foreach (var (a, b) in one[1..].Zip(many[1..], (a, b) => (Number(a), Number(b)))) Assert.Equal(a, b, 1e-9 * (1 + Math.Abs(a)));
        else if (one[0] == "server") Served(alone, ranks);
        else Assert.Equal(alone, ranks);
    }

    // Real delays: the gap that synchronous rounds of simulated workers reach, within twice their gradients.
    static void Served(string rounds, string ranks)
    {
        Assert.Equal(("Converged", "Converged"), (rounds.Split(' ')[2], ranks.Split(' ')[2]));
        Assert.InRange(Number(ranks.Split(' ')[1]), 1, 2 * Number(rounds.Split(' ')[1]));
        Match said = Regex.Match(ranks, @"missed \S+ pushes in mean, (\d+) at most \(the slack allows (\d+)\)");
        Assert.True(said.Success, ranks);
        Assert.InRange(Number(said.Groups[1].Value), 0, 8);
        Assert.InRange(Number(said.Groups[2].Value), 6, 8);
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
