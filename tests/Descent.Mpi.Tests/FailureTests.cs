namespace Descent.Mpi.Tests;

/// <summary>What goes wrong with ranks: killed, asked to stop, silent, or started by the wrong launcher.</summary>
[Collection(nameof(MpiCollection))]
public class FailureTests(TestData data)
{
    // Long enough to be met on the way, and its checkpoints are looked at every step.
    string[] Words(int steps) => ["fit", data.Sparse, "--model", "logistic", "--method", "gd", "--lr", "0.02", "--steps", $"{steps}",
        "--gap", "1e-12", "--quiet", "--run", "R", "--checkpoint", "steps=10", "--watchdog", "2s"];

    [MpiFact]
    public void A_run_that_lost_a_rank_goes_on_in_one_process_to_the_same_bytes() => Lost(MpiKind.OpenMpi, 150, ("KILL", 137, 2));

    // One run in several jobs: a rank that stands still, a rank that is killed, a rank that is asked to stop, and one process to the end.
    [MpiFact(slow: true)]
    [Trait("Tier", "Slow")]
    public void A_run_that_lost_ranks_goes_on_with_other_numbers_of_ranks() =>
        Lost(MpiKind.OpenMpi, 1500, ("STOP", 75, 2), ("KILL", 137, 3), ("TERM", 130, 2));

    [MpiFact(MpiKind.Mpich, slow: true)]
    [Trait("Tier", "Slow")]
    public void A_run_that_lost_ranks_of_MPICH_goes_on() => Lost(MpiKind.Mpich, 1500, ("STOP", 75, 2), ("KILL", 9, 3), ("TERM", 130, 2));

    void Lost(MpiKind kind, int steps, params (string Signal, int Code, int Ranks)[] losses)
    {
        string whole = data.NewFolder(), broken = data.NewFolder(), kept = Path.Combine(broken, "R", "checkpoint.bin");
        string[] words = Words(steps);
        using (MpiJob one = MpiJob.Alone(whole, words)) Assert.Equal(4, one.End().Code);
        foreach (var (signal, expected, ranks) in losses)
        {
            DateTime before = File.GetLastWriteTimeUtc(kept);
            using MpiJob job = MpiJob.Ranks(kind, ranks, broken, words);
            Await(() => File.GetLastWriteTimeUtc(kept) != before || job.HasEnded);
            MpiJob.Signal(signal, job.Children()[^1]);
            (int code, string text, string error) = job.End();
            Assert.True(code == expected, $"{signal}: {code}: {text}{error}");
            Assert.True(File.Exists(kept));
            if (signal == "STOP")
                Assert.Contains("the other ranks have not answered for 2 s (--watchdog): the run ends.", error, StringComparison.Ordinal);
            words = ["resume", "R"];
        }
        using (MpiJob rest = MpiJob.Alone(broken, words)) Assert.Equal(4, rest.End().Code);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "R", "model.json")), File.ReadAllBytes(Path.Combine(broken, "R", "model.json")));
    }

    [Fact]
    public void Without_MPI_the_message_says_how_to_install_it()
    {
        using MpiJob job = MpiJob.Alone(data.NewFolder(), ["fit", data.Sparse, "--mpi", "/nowhere/libmpi.so.40"]);
        (int code, _, string error) = job.End();
        Assert.Equal(1, code);
        Assert.Equal("descent: no MPI library /nowhere/libmpi.so.40 could be loaded. Install Open MPI (apt install openmpi-bin) or MPICH "
            + "(apt install mpich), or name the library in DESCENT_MPI.\n", error);
    }

    // The library of another launcher sees one process, N times: N trainings that write the same files.
    [MpiFact(MpiKind.Mpich)]
    public void Ranks_that_do_not_see_each_other_are_refused()
    {
        using MpiJob job = MpiJob.Alone(data.NewFolder(), ["fit", data.Sparse, "--mpi", "mpich"],
            new Dictionary<string, string?> { ["OMPI_COMM_WORLD_SIZE"] = "4" });
        (int code, string text, string error) = job.End();
        Assert.Equal((1, ""), (code, text));
        Assert.Contains("mpirun of Open MPI started 4 processes, but MPICH 4", error, StringComparison.Ordinal);
    }

    [MpiFact]
    public void A_time_that_is_none_is_a_sentence()
    {
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 2, data.NewFolder(), "fit", data.Sparse, "--watchdog", "soon");
        (int code, _, string error) = job.End();
        Assert.Equal(1, code);
        Assert.Contains("soon", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    static void Await(Func<bool> there)
    {
        for (int i = 0; i < 6000 && !there(); i++) Thread.Sleep(20);
        Assert.True(there());
    }
}
