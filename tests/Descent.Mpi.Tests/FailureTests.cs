namespace Descent.Mpi.Tests;

/// <summary>What goes wrong with ranks: killed, asked to stop, silent, or started by the wrong launcher.</summary>
[Collection(nameof(MpiCollection))]
public class FailureTests(TestData data)
{
    // Long enough to be met on the way, and its checkpoints are looked at every step.
    string[] Long => ["fit", data.Sparse, "--model", "logistic", "--method", "gd", "--lr", "0.02", "--steps", "1500", "--gap", "1e-12",
        "--quiet", "--run", "R", "--checkpoint", "steps=50", "--watchdog", "2s"];

    // One run in four jobs: a rank that stands still, a rank that is killed, a rank that is asked to stop, and one process to the end.
    [MpiFact]
    public void A_run_that_lost_ranks_goes_on_with_other_numbers_of_ranks_to_the_same_bytes()
    {
        string whole = data.NewFolder(), broken = data.NewFolder();
        using (MpiJob one = MpiJob.Alone(whole, Long)) Assert.Equal(4, one.End().Code);
        string error = Broken("STOP", 75, 2, Long);
        Assert.Contains("the other ranks have not answered for 2 s (--watchdog): the run ends.", error, StringComparison.Ordinal);
        Broken("KILL", 137, 3, ["resume", "R"]);
        Broken("TERM", 130, 2, ["resume", "R"]);
        using (MpiJob rest = MpiJob.Alone(broken, ["resume", "R"])) Assert.Equal(4, rest.End().Code);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "R", "model.json")), File.ReadAllBytes(Path.Combine(broken, "R", "model.json")));

        string Broken(string signal, int expected, int ranks, string[] words)
        {
            string kept = Path.Combine(broken, "R", "checkpoint.bin");
            DateTime before = File.GetLastWriteTimeUtc(kept);
            using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, ranks, broken, words);
            Await(() => File.GetLastWriteTimeUtc(kept) != before || job.HasEnded);
            MpiJob.Signal(signal, job.Children()[^1]);
            (int code, string text, string said) = job.End();
            Assert.True(code == expected, $"{signal}: {code}: {text}{said}");
            Assert.True(File.Exists(kept));
            return said;
        }
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
