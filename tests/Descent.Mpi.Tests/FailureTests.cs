namespace Descent.Mpi.Tests;

/// <summary>What goes wrong with ranks: killed, asked to stop, silent, or started by the wrong launcher.</summary>
public class FailureTests(TestData data) : IClassFixture<TestData>
{
    // Long enough to be met on the way, and its checkpoints are looked at every step.
    string[] Long => ["fit", data.Sparse, "--model", "logistic", "--method", "gd", "--lr", "0.02", "--steps", "1500", "--gap", "1e-12",
        "--quiet", "--run", "R", "--checkpoint", "steps=50"];

    [MpiTheory]
    [InlineData("KILL", 3, 2)]
    [InlineData("TERM", 2, 3)]
    public void A_run_that_lost_a_rank_goes_on_with_another_number_of_ranks_to_the_same_bytes(string signal, int ranks, int later)
    {
        string whole = data.NewFolder(), broken = data.NewFolder();
        using (MpiJob one = MpiJob.Alone(whole, Long)) Assert.Equal(4, one.End().Code);
        using (MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, ranks, broken, Long))
        {
            Await(() => File.Exists(Path.Combine(broken, "R", "checkpoint.bin")) || job.HasEnded);
            MpiJob.Signal(signal, job.Children()[^1]);
            Assert.Equal(signal == "KILL" ? 137 : 130, job.End().Code);
        }
        Assert.True(File.Exists(Path.Combine(broken, "R", "checkpoint.bin")));
        using (MpiJob rest = MpiJob.Ranks(MpiKind.OpenMpi, later, broken, "resume", "R")) Assert.Equal(4, rest.End().Code);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "R", "model.json")), File.ReadAllBytes(Path.Combine(broken, "R", "model.json")));
    }

    [MpiFact]
    public void Ranks_that_wait_too_long_end_the_run_and_say_so()
    {
        string place = data.NewFolder();
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 2, place, [.. Long, "--watchdog", "2s"]);
        Await(() => File.Exists(Path.Combine(place, "R", "checkpoint.bin")) || job.HasEnded);
        MpiJob.Signal("STOP", job.Children()[^1]);
        (int code, _, string error) = job.End();
        Assert.Equal(75, code);
        Assert.Contains("the other ranks have not answered for 2 s (--watchdog): the run ends.", error, StringComparison.Ordinal);
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

    // What follows the run, a proof among it, asks nothing of the other ranks.
    [MpiFact]
    public void A_proof_is_made_by_rank_0_alone()
    {
        string place = data.NewFolder();
        using MpiJob job = MpiJob.Ranks(MpiKind.OpenMpi, 2, place, "fit", data.Sparse, "--model", "logistic", "--l2", "0.1", "--proof",
            "p.json", "--watchdog", "60s");
        (int code, string text, string error) = job.End();
        Assert.True(code == 0, text + error);
        Assert.True(File.Exists(Path.Combine(place, "p.json")));
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
        for (int i = 0; i < 1200 && !there(); i++) Thread.Sleep(100);
        Assert.True(there());
    }
}
