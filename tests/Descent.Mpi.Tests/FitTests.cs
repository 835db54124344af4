using System.Text.Json;

namespace Descent.Mpi.Tests;

/// <summary>The command as ranks: the same bytes as one process, said once.</summary>
public class FitTests(TestData data) : IClassFixture<TestData>
{
    [MpiTheory]
    [InlineData(2, "sgd", "--batch 256 --micro-batches 4 --epochs 2")]
    [InlineData(4, "sgd", "--batch 256 --micro-batches 4 --epochs 2")]
    [InlineData(3, "adam", "--batch 512 --micro-batches 5 --epochs 2 --valid 0.1")]
    [InlineData(2, "svrg", "--epochs 6")]
    [InlineData(1, "lbfgs", "")]
    [InlineData(3, "lbfgs", "")]
    [InlineData(4, "newton", "")]
    public void Ranks_give_the_bytes_of_one_process(int ranks, string method, string more)
    {
        string[] words = ["fit", data.Sparse, "--model", "logistic", "--method", method,
            .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(data.Single(words), Fit(MpiKind.OpenMpi, ranks, words));
    }

    [MpiTheory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_network_learns_the_same_in_ranks(int ranks)
    {
        string[] words = ["fit", data.Table, "--target", "y", "--model", "mlp", "--hidden", "16", "--method", "adam", "--batch", "128",
            "--micro-batches", "4", "--epochs", "1"];
        Assert.Equal(data.Single(words), Fit(MpiKind.OpenMpi, ranks, words));
    }

    [MpiFact]
    public void Several_classes_and_a_table_are_shared_too()
    {
        string[] words = ["fit", data.Table, "--target", "y", "--model", "softmax", "--l2", "0.01", "--method", "lbfgs"];
        Assert.Equal(data.Single(words), Fit(MpiKind.OpenMpi, 2, words));
    }

    [MpiFact(MpiKind.Mpich)]
    public void MPICH_gives_the_same_bytes()
    {
        string[] words = ["fit", data.Sparse, "--model", "logistic", "--method", "lbfgs"];
        Assert.Equal(data.Single(words), Fit(MpiKind.Mpich, 2, words));
    }

    [MpiFact]
    public void The_engines_own_order_gives_the_same_to_rounding()
    {
        string[] words = ["fit", data.Sparse, "--model", "logistic", "--method", "newton"];
        double[] one = Weights(data.Single(words)), many = Weights(Fit(MpiKind.OpenMpi, 3, [.. words, "--fast-sum"]));
        for (int j = 0; j < one.Length; j++) Assert.Equal(one[j], many[j], 1e-9 * (1 + Math.Abs(one[j])));
    }

    [MpiFact]
    public void Rank_0_alone_prints_and_the_first_line_names_the_engine()
    {
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 3, data.NewFolder(), "fit", data.Sparse, "--model", "logistic");
        (int code, string text, string error) = job.End();
        Assert.Equal((0, ""), (code, string.Join('\n', error.Split('\n').Where(l => l.Contains("internal", StringComparison.Ordinal)))));
        Assert.Matches(@"^3 ranks, Open MPI \d+\.\d+", text);
        Assert.Equal(2, text.Split("Certificate").Length);
        Assert.DoesNotContain('\u001b', text);
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
