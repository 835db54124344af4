using System.Globalization;
using System.Text.RegularExpressions;

namespace Descent.Mpi.Tests;

/// <summary>Fits in ranks: the same bytes as one process, said once; and servers with real delays.</summary>
[Collection(nameof(MpiCollection))]
public class FitTests(TestData data)
{
    const string All = "sgd,adam,svrg,lbfgs,newton,em,softmax,mlp,fast-newton";

    // One job a number of ranks: every call of the binding, then several fits in the same processes.
    [MpiTheory]
    [InlineData(1, "newton")]
    [InlineData(2, "sgd,em")]
    [InlineData(3, "lbfgs,server")]
    public void Ranks_of_Open_MPI_give_what_one_process_gives(int ranks, string fits) => SameAsAlone(MpiKind.OpenMpi, ranks, fits);

    [MpiFact(MpiKind.Mpich)]
    public void Ranks_of_MPICH_give_what_one_process_gives() => SameAsAlone(MpiKind.Mpich, 2, "newton");

    [MpiTheory(slow: true)]
    [Trait("Tier", "Slow")]
    [InlineData(1, All)]
    [InlineData(2, All)]
    [InlineData(3, All + ",server")]
    [InlineData(4, All + ",server")]
    public void Every_method_in_ranks_of_Open_MPI(int ranks, string fits) => SameAsAlone(MpiKind.OpenMpi, ranks, fits);

    [MpiTheory(MpiKind.Mpich, slow: true)]
    [Trait("Tier", "Slow")]
    [InlineData(1, All)]
    [InlineData(2, All)]
    [InlineData(3, All + ",server")]
    [InlineData(4, All + ",server")]
    public void Every_method_in_ranks_of_MPICH(int ranks, string fits) => SameAsAlone(MpiKind.Mpich, ranks, fits);

    // What follows the run, a proof among it, asks nothing of the other ranks. What each read, and what travelled, by rank and by step.
    [MpiFact]
    public void Rank_0_alone_prints_what_was_read_and_travelled_and_writes_the_bytes_of_one_process() =>
        Printed(MpiKind.OpenMpi, "Open MPI");

    [MpiFact(MpiKind.Mpich, slow: true)]
    [Trait("Tier", "Slow")]
    public void Rank_0_alone_prints_under_MPICH_too() => Printed(MpiKind.Mpich, "MPICH");

    [MpiFact]
    public void A_fault_is_said_once_and_ends_the_job() => Faulty(MpiKind.OpenMpi);

    [MpiFact(MpiKind.Mpich, slow: true)]
    [Trait("Tier", "Slow")]
    public void A_fault_is_said_once_and_ends_the_job_under_MPICH_too() => Faulty(MpiKind.Mpich);

    // A line that is wrong has the number that it has in the file, not in the range of the rank that met it.
    [MpiFact]
    public void A_fault_in_a_range_has_the_line_of_the_file()
    {
        string place = data.NewFolder(), file = Path.Combine(place, "bad.svm");
        string[] lines = File.ReadAllLines(data.Sparse);
        lines[9_000] = "1 3:word";
        File.WriteAllLines(file, lines);
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 3, place, "fit", file, "--model", "logistic");
        (int code, _, string error) = job.End();
        Assert.Equal(2, code);
        Assert.Contains("bad.svm, line 9001, character 3: found '3:word'", error, StringComparison.Ordinal);
    }

    [MpiFact(slow: true)]
    [Trait("Tier", "Slow")]
    public void Commands_of_one_process_say_so()
    {
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 2, data.NewFolder(), "inspect", data.Table);
        (int code, _, string error) = job.End();
        Assert.Equal(1, code);
        Assert.Contains("'inspect' runs in one process; mpirun and srun are for fit, resume and plan --ranks.", error,
            StringComparison.Ordinal);
    }

    [MpiFact(slow: true)]
    [Trait("Tier", "Slow")]
    public void A_plan_in_ranks_measures_the_link_between_them()
    {
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 2, data.NewFolder(), "plan", data.Sparse, "--model", "logistic", "--l2", "0.1",
            "--accuracy", "1e-2", "--methods", "gd", "--epochs", "3", "--ranks", "2,8");
        (int code, string text, string error) = job.End();
        Assert.True(code == 0, text + error);
        Assert.Matches(@"α = \S+ µs a message, 1/β = \S+( GB/s)? \(measured here, in sums over 2 ranks of Open MPI", text);
        Assert.Equal(2, text.Split("Ranks: gd").Length);
    }

    void SameAsAlone(MpiKind kind, int ranks, string fits)
    {
        using MpiJob job = MpiJob.Of(kind, ranks, data.NewFolder(), "descent-mpi-bench.dll", "fits", data.Sparse, data.Table, fits);
        (int code, string text, string error) = job.End();
        Assert.True(code == 0, text + error);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.StartsWith($"checked {ranks} ranks, ", lines[0], StringComparison.Ordinal);
        Assert.Contains($"{kind}", lines[0], StringComparison.Ordinal);
        Assert.Contains(kind == MpiKind.OpenMpi ? "MPI_ERR_ROOT" : "Invalid root", lines[0], StringComparison.Ordinal);
        Assert.Equal(fits.Split(',').Order(StringComparer.Ordinal), lines[1..].Select(l => l.Split(' ')[0]).Order(StringComparer.Ordinal));
        foreach (string line in lines[1..]) Same(data.Alone(line.Split(' ')[0]), line);
    }

    void Printed(MpiKind kind, string engine)
    {
        string place = data.NewFolder();
        string[] words = ["fit", data.Sparse, "--model", "logistic", "--l2", "0.1", "--proof", "p.json", "--run", "R", "--out", "m.json"];
        using MpiJob job = MpiJob.Ranks(kind, 3, place, words);
        (int code, string text, string error) = job.End();
        Assert.True(code == 0, text + error);
        Assert.DoesNotContain("internal", error, StringComparison.Ordinal);
        Assert.Matches($@"^3 ranks, {engine} \d+\.\d+", text);
        Assert.Equal(2, text.Split("Certificate").Length);
        Assert.Equal(2, text.Split("Travelled").Length);
        Assert.Contains("rank 2 gave ", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^Read +rank 0 \d\S* \S+, rank 1 \d\S* \S+, rank 2 \d\S* \S+ of \d\S* \S+ on the disk", text);
        Assert.DoesNotContain('\u001b', text);
        Assert.True(File.Exists(Path.Combine(place, "p.json")));
        Assert.Equal(data.Single(words[..^2]), File.ReadAllBytes(Path.Combine(place, "m.json")));
        ReadingTests.IsShared(Path.Combine(place, "R"), 3, new FileInfo(data.Sparse).Length);
        string[] trace = File.ReadAllLines(Path.Combine(place, "R", "trace.csv"));
        Assert.EndsWith(",bytes_given,bytes_received", trace[0], StringComparison.Ordinal);
        long[][] bytes = [.. trace[1..].Select(l => l.Split(',')[^2..].Select(long.Parse).ToArray())];
        Assert.All(bytes.Zip(bytes.Skip(1)), p => Assert.True(p.First[0] < p.Second[0] && p.First[1] < p.Second[1]));
    }

    void Faulty(MpiKind kind)
    {
        using MpiJob job = MpiJob.Ranks(kind, 3, data.NewFolder(), "fit", "nowhere.csv");
        (int code, _, string error) = job.End();
        Assert.Equal(2, code);
        Assert.Equal(2, error.Split("nowhere.csv: no such file").Length);
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
