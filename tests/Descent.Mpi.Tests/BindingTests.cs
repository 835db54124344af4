namespace Descent.Mpi.Tests;

public class BindingTests
{
    [Theory]
    [InlineData("Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4", "Open MPI 4.1.4")]
    [InlineData("MPICH Version:\t4.0.2\nMPICH Release date:\tThu Apr  7", "MPICH 4.0.2")]
    public void A_library_is_named_in_two_words(string text, string name) => Assert.Equal(name, MpiWorld.Short(text));

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=4", "mpirun of Open MPI", 4, MpiKind.OpenMpi)]
    [InlineData("PMI_SIZE=3", "mpirun of MPICH", 3, MpiKind.Mpich)]
    [InlineData("PMI_SIZE=3 SLURM_PROCID=0", "srun", 3, null)]
    [InlineData("SLURM_PROCID=1 SLURM_STEP_NUM_TASKS=8", "srun", 8, null)]
    public void A_launcher_is_told_by_its_variables(string variables, string name, int size, MpiKind? kind)
    {
        Dictionary<string, string> all = variables.Split(' ').Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(new Launcher(name, size, kind), Launcher.Find(v => all.GetValueOrDefault(v)));
        Assert.Null(Launcher.Find(_ => null));
    }

    [Fact]
    public void The_library_of_the_launcher_comes_first()
    {
        Assert.Equal("libmpi.so.40", LibraryChoice.Names(null, MpiKind.OpenMpi)[0]);
        Assert.Equal("libmpich.so.12", LibraryChoice.Names(null, MpiKind.Mpich)[0]);
        Assert.DoesNotContain("libmpi.so.40", LibraryChoice.Names(null, MpiKind.Mpich));
        Assert.Equal(["/opt/libmpi.so"], LibraryChoice.Names("/opt/libmpi.so", MpiKind.Mpich));
    }

    // The values of mpi.h of the MPI Forum's binary interface (MPI 5.0).
    [Fact]
    public void The_standard_interface_has_its_published_handles()
    {
        Handles h = Handles.Of(0, "/usr/lib/libmpi_abi.so.1");
        Assert.Equal((MpiKind.Standard, 0x101, 0x247, 0x210, 0x214), (h.Kind, (int)h.World, (int)h.Byte, (int)h.Float, (int)h.Double));
        Assert.Equal((0x21, 0x142, 1, -1, -2, 1024),
            ((int)h.Sum, (int)h.ErrorsReturn, (int)h.InPlace, h.AnySource, h.AnyTag, h.Funnelled));
    }
}
